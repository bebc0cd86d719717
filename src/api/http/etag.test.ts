import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiRig } from '../testing/api-rig.ts'

test('a GET whose tag is known answers 304 without a body, until something changes', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  for (const path of ['/monitors', `/monitors/${body.id}`, '/worker-regions']) {
    const etag = (await rig.ask('GET', path)).headers.get('etag') ?? ''
    assert.match(etag, /^"[\w.-]+"$/)
    const unchanged = await rig.ask('GET', path, undefined, { 'if-none-match': `"other", W/${etag}` })
    assert.equal(unchanged.status, 304)
    assert.equal(unchanged.text, '')
    assert.equal(unchanged.headers.get('etag'), etag)
  }
  const etag = (await rig.ask('GET', `/monitors/${body.id}`)).headers.get('etag') ?? ''
  await rig.ask('PUT', `/monitors/${body.id}`, { name: 'b' })
  assert.equal((await rig.ask('GET', `/monitors/${body.id}`, undefined, { 'if-none-match': etag })).status, 200)
})

test('a PUT with a stale If-Match is 412 and changes nothing; a check in between makes none stale', async (t) => {
  const rig = await apiRig(t)
  const { body, headers } = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  const path = `/monitors/${body.id}`
  const first = headers.get('etag') ?? ''
  const state = rig.engine.states.get(body.id)
  if (state !== undefined) rig.engine.states.set(body.id, { ...state, status: 'DOWN', lastCheckedAtMs: 1 })
  const shown = (await rig.ask('GET', path)).headers.get('etag')
  assert.notEqual(shown, first)
  const changed = await rig.ask('PUT', path, { name: 'b' }, { 'if-match': first })
  assert.equal(changed.status, 200)
  const stale = await rig.ask('PUT', path, { name: 'c' }, { 'if-match': first })
  assert.equal(stale.status, 412)
  assert.equal(stale.body.code, 'PRECONDITION_FAILED')
  assert.equal((await rig.ask('GET', path)).body.name, 'b')
  assert.equal((await rig.ask('PUT', path, { name: 'd' }, { 'if-match': '*' })).status, 200)
})

test('of many PUTs at once with one If-Match exactly one wins', async (t) => {
  const rig = await apiRig(t)
  const { body, headers } = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  const etag = headers.get('etag') ?? ''
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const answer = await rig.ask('PUT', `/monitors/${body.id}`, { name: `n${n}` }, { 'if-match': etag })
      return answer.status
    }),
  )
  assert.equal(statuses.filter((status) => status === 200).length, 1)
  assert.equal(statuses.filter((status) => status === 412).length, 19)
})

test('PUTs of different fields at once lose none', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  const changes = [{ name: 'b' }, { interval: 60 }, { tags: ['x'] }, { description: 'd' }, { confirmationChecks: 5 }]
  await Promise.all(changes.map((change) => rig.ask('PUT', `/monitors/${body.id}`, change)))
  const after = (await rig.ask('GET', `/monitors/${body.id}`)).body
  assert.deepEqual(
    [after.name, after.interval, after.tags, after.description, after.confirmationChecks],
    ['b', 60, ['x'], 'd', 5],
  )
})

test('a channel has tags too, and a delivery of it makes none stale', async (t) => {
  const rig = await apiRig(t)
  const hook = { name: 'b', type: 'WEBHOOK', config: { url: 'https://b.example/' } }
  const made = await rig.ask('POST', '/notification-channels', hook)
  const path = `/notification-channels/${made.body.id}`
  const etag = made.headers.get('etag') ?? ''
  assert.equal((await rig.ask('PUT', path, { name: 'c' }, { 'if-match': etag })).status, 200)
  assert.equal((await rig.ask('PUT', path, { name: 'd' }, { 'if-match': etag })).status, 412)
})

test('a HEAD that names the tag it knows is answered 304, with the length that a GET would have', async (t) => {
  const rig = await apiRig(t)
  const whole = await rig.ask('GET', '/monitors')
  const tag = whole.headers.get('etag') ?? ''
  const known = await rig.ask('HEAD', '/monitors', undefined, { 'if-none-match': tag })
  assert.equal(known.status, 304)
  assert.equal(known.headers.get('etag'), tag)
  assert.equal(known.headers.get('content-length'), String(Buffer.byteLength(whole.text)))
  assert.equal((await rig.ask('HEAD', '/monitors', undefined, { 'if-none-match': '*' })).status, 304)
})
