import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AlertPayload } from '#domain'
import { emptyBatch } from '#storage'
import { type ApiRig, apiRig, START_MS } from '../testing/api-rig.ts'

const PATH = '/notification-channels'
const HOOK = {
  name: 'Ops',
  type: 'WEBHOOK',
  config: { url: 'https://user:pass@hook.example/a', headers: { 'X-Key': 'k' } },
}

async function create(rig: ApiRig, more: object = {}) {
  const made = await rig.ask('POST', PATH, { ...HOOK, ...more })
  assert.equal(made.status, 201, made.text)
  return { id: made.body.id, path: `${PATH}/${made.body.id}`, body: made.body, headers: made.headers }
}

test('a channel is made with a secret that is shown once, and masked from then on', async (t) => {
  const rig = await apiRig(t)
  const { id, path, body, headers } = await create(rig)
  assert.match(id, /^nc_[a-z0-9]{16}$/)
  assert.equal(headers.get('location'), `/api/v1${path}`)
  assert.ok(String(body.config['secret']).length > 20)
  assert.deepEqual([body['allMonitors'], body.isActive, body['lastStatus']], [true, true, null])
  assert.deepEqual(body['events'], [
    'monitor.down',
    'monitor.up',
    'monitor.degraded',
    'regression.detected',
    'regression.resolved',
    'ssl.expiring',
  ])
  const config = { url: 'https://••••@hook.example/a', secret: '••••', headers: { 'X-Key': '••••' } }
  assert.deepEqual((await rig.ask('GET', path)).body.config, config)
  const listed = (await rig.ask('GET', PATH)).body
  assert.deepEqual([listed.count, listed['hasMore'], listed.channels[0]?.config], [1, false, config])
  assert.ok(rig.engine.calls.some(([name, given]) => name === 'channelSaved' && given === id))
})

test('what GET answers can be PUT back; only given fields change and masks keep secrets', async (t) => {
  const rig = await apiRig(t)
  const { id, path, body } = await create(rig, { config: { ...HOOK.config, secret: 'own-secret' } })
  assert.equal(body.config['secret'], 'own-secret')
  const before = await rig.store.channels.get(rig.account.id, id)
  const got = (await rig.ask('GET', path)).body
  const put = await rig.ask('PUT', path, got)
  assert.equal(put.status, 200, put.text)
  assert.deepEqual(await rig.store.channels.get(rig.account.id, id), before)
  const renamed = await rig.ask('PUT', path, {
    name: 'b',
    events: 'monitor.down, incident.created',
    allMonitors: false,
  })
  assert.deepEqual(
    [renamed.body.name, renamed.body['events'], renamed.body['allMonitors']],
    ['b', ['monitor.down', 'incident.created'], false],
  )
  await rig.ask('PUT', path, { config: { url: 'https://••••@hook.example/b', headers: null } })
  const after = await rig.store.channels.get(rig.account.id, id)
  assert.deepEqual(after?.config, { url: 'https://user:pass@hook.example/b', secret: 'own-secret' })
})

test('bad channels are refused with every bad field, and nothing is stored', async (t) => {
  const rig = await apiRig(t)
  const bad: [object, RegExp][] = [
    [{ ...HOOK, type: 'PIGEON' }, /type: .*WEBHOOK/],
    [{ ...HOOK, config: { url: 'ftp://x', secrt: 'a' } }, /config\.url.*config\.secrt.*did you mean "secret"/s],
    [{ ...HOOK, config: undefined }, /config: is required/],
    [{ ...HOOK, name: ' ' }, /name/],
    [{ ...HOOK, events: ['monitor.dwn'] }, /monitor\.dwn/],
    [{ ...HOOK, alMonitors: true }, /alMonitors.*allMonitors/],
    [{ ...HOOK, config: { url: 'https://a.example', secret: '••••' } }, /config\.secret/],
    [{ ...HOOK, config: { url: 'https://a.example', headers: { Host: 'x' } } }, /config\.headers\.Host/],
  ]
  for (const [body, message] of bad) {
    const refused = await rig.ask('POST', PATH, body)
    assert.equal(refused.status, 400, refused.text)
    assert.match(refused.body.error, message)
  }
  const { path } = await create(rig)
  assert.equal((await rig.ask('PUT', path, { type: 'EMAIL' })).status, 400)
  assert.equal((await rig.ask('GET', PATH)).body.count, 1)
})

test('a test answers what the receiver said', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  rig.engine.channelTest = { success: false, statusCode: 404, responseTimeMs: 12.6, error: 'the receiver answered 404' }
  const tested = await rig.ask('POST', `${path}/test`)
  assert.equal(tested.status, 200)
  assert.deepEqual(tested.body, {
    success: false,
    statusCode: 404,
    responseTime: 13,
    error: 'the receiver answered 404',
  })
})

test('a test can be sent before a channel is saved: nothing is kept, and a bad one is refused as if it were', async (t) => {
  const rig = await apiRig(t)
  rig.engine.channelTest = { success: true, statusCode: 204, responseTimeMs: 3, error: null }
  const body = { name: 'a', type: 'WEBHOOK', config: { url: 'https://hooks.example/x' } }
  const tested = await rig.ask('POST', `${PATH}/test`, body)
  assert.equal(tested.status, 200)
  assert.deepEqual(tested.body, { success: true, statusCode: 204, responseTime: 3, error: null })
  assert.equal((await rig.ask('GET', PATH)).body.count, 0)
  assert.ok(!rig.engine.calls.some(([name]) => name === 'channelSaved'))
  const refused = await rig.ask('POST', `${PATH}/test`, { ...body, config: { url: 'ftp://a' } })
  assert.equal(refused.status, 400)
})

test('a channel that is deleted is gone, for the engine too', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await create(rig)
  assert.equal((await rig.ask('DELETE', path)).body['success'], true)
  assert.ok(rig.engine.calls.some(([name, given]) => name === 'channelDeleted' && given === id))
  for (const [method, end] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/test'],
    ['GET', '/deliveries'],
  ] as const)
    assert.equal((await rig.ask(method, `${path}${end}`)).status, 404, `${method} ${end}`)
})

test('deliveries are listed with their outcome, and can be sent again', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await create(rig)
  const monitor = (await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })).body
  const payload: AlertPayload = {
    event: 'monitor.down',
    timestamp: '2025-01-21T10:30:00Z',
    monitor: { id: monitor.id, name: 'a', url: null, type: 'WEBSITE', status: 'DOWN' },
    incident: null,
    check: null,
  }
  const event = {
    id: rig.newId('evt'),
    accountId: rig.account.id,
    monitorId: monitor.id,
    incidentId: null,
    name: 'monitor.down' as const,
    createdAtMs: START_MS,
    payload,
  }
  const deliveryId = rig.newId('del')
  const deliveries = [{ id: deliveryId, channelId: id }]
  await rig.store.commit({ ...emptyBatch(START_MS), events: [{ event, deliveries }] })
  await rig.store.deliveries.record(
    { deliveryId, atMs: START_MS + 1000, durationMs: 5, statusCode: 500, error: 'the receiver answered 500' },
    { status: 'pending', nextAttemptAtMs: START_MS + 6000, deliveredAtMs: null },
  )
  const listed = await rig.ask('GET', `${path}/deliveries`)
  const [row] = JSON.parse(listed.text).deliveries
  assert.deepEqual([listed.body.count, listed.body['hasMore']], [1, false])
  assert.deepEqual(
    [row.id, row.event, row.statusCode, row.attempts, row.nextAttemptAt, row.deliveredAt, row.error],
    [deliveryId, 'monitor.down', 500, 1, '2025-01-21T10:30:06Z', null, 'the receiver answered 500'],
  )
  const shown = (await rig.ask('GET', path)).body
  assert.deepEqual([shown['lastStatus'], shown['lastTriggeredAt']], ['pending', '2025-01-21T10:30:01Z'])
  const again = await rig.ask('POST', `${path}/deliveries/${deliveryId}/redeliver`)
  assert.equal(again.status, 200)
  assert.deepEqual([again.body['event'], again.body.status, again.body['attempts']], ['monitor.down', 'pending', 0])
  assert.ok(rig.engine.calls.some(([name]) => name === 'wakeNotifier'))
  assert.equal((await rig.ask('GET', `${path}/deliveries`)).body.count, 2)
  assert.equal((await rig.ask('POST', `${path}/deliveries/del_aaaaaaaaaaaaaaaa/redeliver`)).status, 404)
})
