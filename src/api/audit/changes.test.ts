import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

interface Told {
  action: string
  actor: { type: string; name: string }
  target: { type: string; id: string; name: string }
  before: { [name: string]: unknown } | null
  after: { [name: string]: unknown } | null
}

async function log(rig: ApiRig): Promise<Told[]> {
  return (await rig.ask('GET', '/audit-log')).body['entries'] as Told[]
}

test('each change of a monitor is told with what changed, and no secret', async (t) => {
  const rig = await apiRig(t)
  const made = await rig.ask('POST', '/monitors', {
    name: 'a',
    url: 'https://user:S3CRET@a.example',
    type: 'API',
    requestHeaders: { 'X-Auth-Token': 'S3CRET' },
    apiAuthConfig: { type: 'basic', username: 'me', password: 'S3CRET' },
  })
  assert.equal(made.status, 201, made.text)
  const path = `/monitors/${made.body.id}`
  const auth = { type: 'basic', username: 'me', password: 'S3CRET-2' }
  await rig.ask('PUT', path, { name: 'b', apiAuthConfig: auth })
  await rig.ask('PUT', path, { name: 'b' })
  await rig.ask('POST', `${path}/pause`)
  await rig.ask('POST', `${path}/pause`)
  await rig.ask('POST', `${path}/resume`)
  await rig.ask('PUT', path, { name: 3 })
  await rig.ask('DELETE', path)
  const entries = await log(rig)
  assert.deepEqual(
    entries.map(({ action }) => action),
    ['monitor.deleted', 'monitor.resumed', 'monitor.paused', 'monitor.updated', 'monitor.created'],
  )
  assert.doesNotMatch(JSON.stringify(entries), /S3CRET/)
  const [, , paused, updated, created] = entries
  assert.deepEqual([paused?.before, paused?.after], [{ isPaused: false }, { isPaused: true }])
  assert.deepEqual(updated?.before?.['name'], 'a')
  assert.deepEqual(updated?.after, { name: 'b', config: { apiAuthConfig: { password: '••••' } } })
  assert.equal(created?.before, null)
  assert.deepEqual(created?.target, { type: 'monitor', id: made.body.id, name: 'a' })
  assert.deepEqual(created?.actor, { ...created?.actor, type: 'key', name: 'test' })
})

test('a channel that is made with a monitor is told of too', async (t) => {
  const rig = await apiRig(t)
  const notifications = [{ type: 'WEBHOOK', enabled: true, config: { url: 'https://hooks.example/' } }]
  await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example', notifications })
  const { id } = (await rig.ask('POST', '/monitors', { name: 'b', url: 'https://b.example', notifications })).body
  const other = [{ type: 'WEBHOOK', enabled: true, config: { url: 'https://other.example/' } }]
  await rig.ask('PUT', `/monitors/${id}`, { notifications: other })
  assert.deepEqual(
    (await log(rig)).map(({ action }) => action),
    ['monitor.updated', 'channel.created', 'monitor.created', 'monitor.created', 'channel.created'],
  )
})

test('a new heartbeat address is told of, and not shown', async (t) => {
  const rig = await apiRig(t)
  const { id } = (await rig.ask('POST', '/monitors', { name: 'job', type: 'CRON', interval: 300 })).body
  const { heartbeatUrl } = (await rig.ask('POST', `/monitors/${id}/heartbeat-url`)).body
  const [entry] = await log(rig)
  assert.equal(entry?.action, 'monitor.heartbeatUrlRenewed')
  assert.deepEqual(entry?.after, { config: { heartbeatSecretHash: '••••' } })
  assert.ok(!JSON.stringify(entry).includes(heartbeatUrl.split('/').at(-1) ?? ''))
})

test('each change of a channel is told with what changed, and no secret', async (t) => {
  const rig = await apiRig(t)
  const config = { url: 'https://hooks.example/', secret: 'S3CRET-of-the-hook', headers: { 'X-Token': 'S3CRET' } }
  const { id } = (await rig.ask('POST', '/notification-channels', { name: 'a', type: 'WEBHOOK', config })).body
  await rig.ask('PUT', `/notification-channels/${id}`, { isActive: false })
  await rig.ask('DELETE', `/notification-channels/${id}`)
  const entries = await log(rig)
  assert.deepEqual(
    entries.map(({ action }) => action),
    ['channel.deleted', 'channel.updated', 'channel.created'],
  )
  assert.deepEqual([entries[1]?.before, entries[1]?.after], [{ isActive: true }, { isActive: false }])
  assert.doesNotMatch(JSON.stringify(entries), /S3CRET/)
})
