import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { StorageError } from '#storage'
import { buildApi } from '../app.ts'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'
import { storedIdempotency } from './idempotency-store.ts'

const BODY = { name: 'a', url: 'https://a.example' }
const KEY = { 'idempotency-key': 'deploy-42' }

test('ten creations at once with one key make one monitor and get one answer', async (t) => {
  const rig = await apiRig(t)
  const hold = Promise.withResolvers<void>()
  rig.engine.hold = hold.promise
  const asked = Array.from({ length: 10 }, () => rig.ask('POST', '/monitors', BODY, KEY))
  while (rig.engine.calls.length === 0) await new Promise(setImmediate)
  hold.resolve()
  const answers = await Promise.all(asked)
  assert.ok(answers.every(({ status }) => status === 201))
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length, 9)
  assert.equal(new Set(answers.map(({ headers }) => headers.get('location'))).size, 1)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 1)
})

test('without a key the same creation twice makes two', async (t) => {
  const rig = await apiRig(t)
  await Promise.all([rig.ask('POST', '/monitors', BODY), rig.ask('POST', '/monitors', BODY)])
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 2)
})

test('the same key with another body is 409; in another account or on another route it is another key', async (t) => {
  const rig = await apiRig(t)
  assert.equal((await rig.ask('POST', '/monitors', BODY, KEY)).status, 201)
  const other = await rig.ask('POST', '/monitors', { ...BODY, name: 'b' }, KEY)
  assert.equal(other.status, 409)
  assert.equal(other.body.code, 'CONFLICT')
  const key = await rig.newKey(await rig.newAccount())
  assert.equal((await rig.ask('POST', '/monitors', { ...BODY, name: 'b' }, { ...KEY, 'x-api-key': key })).status, 201)
  const hook = { name: 'b', type: 'WEBHOOK', config: { url: 'https://b.example/' } }
  const made = await rig.ask('POST', '/notification-channels', hook, KEY)
  assert.equal(made.status, 201)
  const again = await rig.ask('POST', '/notification-channels', hook, KEY)
  assert.equal(again.text, made.text)
})

test('a refused creation does not use the key up', async (t) => {
  const rig = await apiRig(t)
  rig.engine.createMonitor = () => Promise.reject(new Error('lost'))
  assert.equal((await rig.ask('POST', '/monitors', BODY, KEY)).status, 500)
  const rig2 = await apiRig(t)
  assert.equal((await rig2.ask('POST', '/monitors', { ...BODY, tags: 3 }, KEY)).status, 400)
  assert.equal((await rig2.ask('POST', '/monitors', BODY, KEY)).status, 201)
  assert.equal((await rig2.ask('POST', '/monitors', BODY, { 'idempotency-key': 'a b' })).status, 400)
})

test('a restart forgets neither the answer nor that another body is another request', async (t) => {
  const rig = await apiRig(t)
  const made = await rig.ask('POST', '/monitors', BODY, KEY)
  const again = await restarted(t, rig)
  const repeat = await again('POST', '/monitors', BODY)
  assert.equal(repeat.statusCode, 201)
  assert.equal(repeat.payload, made.text)
  assert.equal(repeat.headers['location'], made.headers.get('location'))
  assert.equal(repeat.headers['idempotency-replayed'], 'true')
  assert.equal((await again('POST', '/monitors', { ...BODY, name: 'b' })).statusCode, 409)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 1)
})

test('a creation whose answer a crash cut off is answered with what it made, and made where it had not', async (t) => {
  const rig = await apiRig(t)
  const never = Promise.withResolvers<never>()
  rig.engine.firstResult = () => never.promise
  void rig.ask('POST', '/monitors', BODY, KEY).catch(() => undefined)
  while (rig.engine.states.size === 0) await new Promise(setImmediate)
  const again = await restarted(t, rig)
  const repeat = await again('POST', '/monitors', BODY)
  assert.equal(repeat.statusCode, 201)
  const [id] = rig.engine.states.keys()
  assert.equal(repeat.json()['id'], id)
  assert.equal(repeat.headers['location'], `/api/v1/monitors/${id}`)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 1)

  const create = rig.engine.createMonitor
  const cut = Promise.withResolvers<void>()
  rig.engine.createMonitor = () => {
    cut.resolve()
    return never.promise
  }
  const other = { 'idempotency-key': 'deploy-43' }
  void rig.ask('POST', '/monitors', BODY, other).catch(() => undefined)
  await cut.promise
  rig.engine.createMonitor = create
  rig.engine.firstResult = async () => null
  const retried = await (await restarted(t, rig))('POST', '/monitors', BODY, other)
  assert.equal(retried.statusCode, 201)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 2)
})

test('whatever has an address of its own is found again after a crash', async (t) => {
  const rig = await apiRig(t)
  const hook = { name: 'b', type: 'WEBHOOK', config: { url: 'https://b.example/' } }
  const begins = { startsAt: '2025-02-01T00:00:00Z', endsAt: '2025-02-01T01:00:00Z' }
  for (const [path, body] of [
    ['/notification-channels', hook],
    ['/status-pages', { name: 'a', slug: 'a-page' }],
    ['/maintenance-windows', { title: 'a', allMonitors: true, ...begins }],
    ['/incidents', { title: 'a', message: 'It is down.' }],
  ] as const) {
    const { finish } = rig.store.idempotency
    rig.store.idempotency.finish = () => Promise.reject(new StorageError('closed', 'the process died'))
    const made = await rig.ask('POST', path, body, KEY)
    rig.store.idempotency.finish = finish
    assert.equal(made.status, 201, made.text)
    const repeat = await (await restarted(t, rig))('POST', path, body)
    assert.equal(repeat.statusCode, 201, path)
    assert.equal(repeat.json()['id'], made.body.id)
    assert.equal(repeat.headers['location'], made.headers.get('location'))
  }
})

test('an answer is repeated to the key that it was given to, and to no other of the account', async (t) => {
  const rig = await apiRig(t)
  const body = { name: 'a', permissions: 'read' }
  const made = await rig.ask('POST', '/api-keys', body, KEY)
  const second = { ...KEY, 'x-api-key': await rig.newKey() }
  assert.notEqual((await rig.ask('POST', '/api-keys', body, second)).body.id, made.body.id)
  const again = await rig.ask('POST', '/api-keys', body, KEY)
  assert.deepEqual([again.body, again.headers.get('cache-control')], [made.body, 'no-store'])
})

test('the path is part of the request: a key that was used for another thing is 409', async (t) => {
  const rig = await apiRig(t)
  const [one, two] = [await rig.ask('POST', '/api-keys', BODY_OF_KEY), await rig.ask('POST', '/api-keys', BODY_OF_KEY)]
  assert.equal((await rig.ask('POST', `/api-keys/${one.body.id}/rotate`, {}, KEY)).status, 201)
  assert.equal((await rig.ask('POST', `/api-keys/${two.body.id}/rotate`, {}, KEY)).status, 409)
})

test('a key is forgotten after 24 hours, and the oldest beyond the bound', async (t) => {
  const { store, clock, newId } = await apiRig(t)
  const repeats = storedIdempotency({ idempotency: store.idempotency, clock, newId, keptMax: 5 })
  const answer = { statusCode: 201, headers: {}, body: '{}' }
  const begin = async (key: string) => {
    const verdict = await repeats.begin({ accountId: 'acc', scope: 'key_a /monitors', key, fingerprint: 'print' })
    if (verdict.kind === 'first') await verdict.ticket.finish(answer)
    return verdict.kind
  }
  assert.equal(await begin('k'), 'first')
  await clock.advanceBy(24 * 3_600_000 - 1)
  assert.equal(await begin('k'), 'repeat')
  await clock.advanceBy(1)
  assert.equal(await begin('k'), 'first')
  await clock.advanceBy(1)
  for (let n = 0; n < 500; n++) await begin(`n${n}`)
  assert.equal(await begin('k'), 'first')
})

test('an answer that can’t be kept goes out all the same', async (t) => {
  const rig = await apiRig(t)
  rig.store.idempotency.finish = () => Promise.reject(new StorageError('full', 'no space'))
  const made = await rig.ask('POST', '/monitors', BODY, KEY)
  assert.equal(made.status, 201)
  assert.equal((await rig.ask('POST', '/monitors', BODY, KEY)).body.id, made.body.id)
})

const BODY_OF_KEY = { name: 'a', permissions: 'read' }

/** Asks another server on the same store, as after a restart. */
async function restarted(t: TestContext, rig: ApiRig) {
  const app = buildApi(rig.deps)
  t.after(() => app.close())
  return (method: 'POST', path: string, payload: object, headers: { [name: string]: string } = KEY) =>
    app.inject({ method, url: `/api/v1${path}`, payload, headers: { 'x-api-key': rig.ownKey, ...headers } })
}
