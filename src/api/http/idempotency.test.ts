import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiRig, START_MS } from '../testing/api-rig.ts'
import { memoryIdempotencyStore } from './idempotency-store.ts'

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

test('a key is forgotten after 24 hours, and the oldest beyond the bound', async () => {
  const store = memoryIdempotencyStore()
  const answer = { statusCode: 201, headers: {}, body: '{}' }
  const begin = async (key: string, atMs: number) => {
    const verdict = await store.begin('acc', key, 'print', atMs)
    if (verdict.kind === 'first') verdict.ticket.finish(answer)
    return verdict.kind
  }
  assert.equal(await begin('k', START_MS), 'first')
  assert.equal(await begin('k', START_MS + 24 * 3_600_000 - 1), 'repeat')
  assert.equal(await begin('k', START_MS + 24 * 3_600_000), 'first')
  for (let n = 0; n < 10_000; n++) await begin(`n${n}`, START_MS + 25 * 3_600_000)
  assert.equal(await begin('k', START_MS + 25 * 3_600_000), 'first')
})
