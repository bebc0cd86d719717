import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type Client, clientOf, eventually, field, textField } from './client.ts'
import { type Receiver, startReceiver, startTarget, type Target } from './peers.ts'
import { Installation, killHard, type RunningServer, terminate } from './server.ts'

describe('a target goes down, people are told, it comes back', () => {
  let installation: Installation
  let server: RunningServer
  let client: Client
  let key: string
  let target: Target
  let receiver: Receiver
  let monitorId: string
  let secret: string

  before(async () => {
    installation = await Installation.make()
    target = await startTarget()
    receiver = await startReceiver()
    server = await installation.serve()
  })

  after(async () => {
    await target.close()
    await receiver.close()
    await installation.remove()
  })

  test('the command line prints a key and nothing else, while the server runs', async () => {
    const printed = await installation.run('keys', 'create', '--name', 'ci', '--permissions', 'read,write,delete')
    assert.match(printed, /^sk_live_\S+\n$/)
    key = printed.trim()
    client = clientOf(server.url, key)
  })

  test('a channel is made, its secret shown once, and its test arrives', async () => {
    const created = await client.post('/notification-channels', {
      name: 'Pager',
      type: 'WEBHOOK',
      config: { url: receiver.url },
    })
    assert.equal(created.status, 201, JSON.stringify(created.body))
    secret = textField(created.body, 'config.secret')
    const id = textField(created.body, 'id')
    const shown = await client.get(`/notification-channels/${id}`)
    assert.notEqual(field(shown.body, 'config.secret'), secret)
    const tested = await client.post(`/notification-channels/${id}/test`)
    assert.equal(field(tested.body, 'success'), true)
    assert.deepEqual(receiver.events(), ['test'])
  })

  test('a new monitor is checked at once and answers UP', async () => {
    const created = await client.post('/monitors', { name: 'Shop', url: target.url, type: 'WEBSITE', interval: 5 })
    assert.equal(created.status, 201, JSON.stringify(created.body))
    assert.equal(field(created.body, 'status'), 'UP')
    monitorId = textField(created.body, 'id')
    assert.equal(created.headers.get('location'), `/api/v1/monitors/${monitorId}`)
  })

  test('an outage is confirmed after 1 and 2 s and told by a signed webhook', async () => {
    target.status = 500
    const askedBefore = target.askedAtMs.length
    const down = await eventually('monitor.down arrives', () =>
      receiver.received.find(({ body }) => field(body, 'event') === 'monitor.down'),
    )
    const checks = target.askedAtMs.slice(askedBefore)
    assert.equal(checks.length, 3)
    assert.equal(field(down.body, 'monitor.id'), monitorId)
    assert.equal(field(down.body, 'monitor.status'), 'DOWN')
    assert.equal(field(down.body, 'incident.checksFailed'), 3)
    assert.equal(field(down.body, 'check.statusCode'), 500)
    const signature = createHmac('sha256', secret).update(JSON.stringify(down.body)).digest('hex')
    assert.equal(down.headers['x-webhook-signature'], signature)
  })

  test('one incident is open and says why', async () => {
    const { body } = await client.get(`/incidents?monitorId=${monitorId}&status=active`)
    assert.equal(field(body, 'count'), 1)
    const incident = await client.get(`/incidents/${textField(body, 'incidents.0.id')}`)
    assert.equal(field(incident.body, 'rootCause'), 'expected status 200-299, got 500')
    assert.equal(field(incident.body, 'rootCauseCategory'), 'SERVER_ERROR')
    assert.equal(field(incident.body, 'severity'), 'HIGH')
    assert.equal(field(incident.body, 'mttr'), null)
    assert.deepEqual(field(incident.body, 'affectedRegions'), ['local'])
  })

  test('a killed server comes back to the same state, and tells nothing twice', async () => {
    const before = receiver.received.length
    const port = new URL(server.url).port
    await killHard(server)
    server = await installation.serve({ PORT: port })
    const askedBefore = target.askedAtMs.length
    const readyMs = Date.now()
    await eventually('the monitor is checked again', () => target.askedAtMs.length > askedBefore, 6_000)
    assert.ok((target.askedAtMs[askedBefore] ?? 0) - readyMs < 5_500)
    await eventually('two more checks', () => target.askedAtMs.length > askedBefore + 1)
    assert.equal(field((await client.get(`/monitors/${monitorId}`)).body, 'status'), 'DOWN')
    assert.equal(receiver.received.length, before)
  })

  test('the recovery resolves the incident and is told once', async () => {
    target.status = 200
    const up = await eventually('monitor.up arrives', () =>
      receiver.received.find(({ body }) => field(body, 'event') === 'monitor.up'),
    )
    assert.equal(field(up.body, 'monitor.status'), 'UP')
    assert.equal(field((await client.get(`/monitors/${monitorId}`)).body, 'status'), 'UP')
    const { body } = await client.get(`/incidents?monitorId=${monitorId}&status=resolved`)
    assert.equal(field(body, 'count'), 1)
    assert.equal(field(body, 'incidents.0.status'), 'resolved')
    assert.equal(field(body, 'incidents.0.isResolved'), true)
    assert.deepEqual(receiver.events(), ['test', 'monitor.down', 'monitor.up'])
  })

  test('saved checks show what was seen, newest first', async () => {
    const { body } = await client.get(`/monitors/${monitorId}/checks?limit=100`)
    const checks = field(body, 'checks')
    assert.ok(Array.isArray(checks) && checks.length >= 5)
    const statuses = new Set(checks.map((check: unknown) => field(check, 'status')))
    assert.deepEqual(statuses, new Set(['UP', 'DOWN']))
    const failing = checks.find((check: unknown) => field(check, 'status') === 'DOWN')
    assert.equal(field(failing, 'error'), 'expected status 200-299, got 500')
    assert.equal(typeof field(failing, 'phases.firstByte'), 'number')
  })

  test('pausing stops the checks and resuming checks at once', async () => {
    const paused = await client.post(`/monitors/${monitorId}/pause`)
    assert.deepEqual([field(paused.body, 'id'), field(paused.body, 'isPaused')], [monitorId, true])
    const asked = target.askedAtMs.length
    await new Promise((resolve) => setTimeout(resolve, 5_500))
    assert.equal(target.askedAtMs.length, asked)
    await client.post(`/monitors/${monitorId}/resume`)
    await eventually('it is checked again', () => target.askedAtMs.length > asked, 2_000)
  })

  test('deleting ends the checks and leaves no open incident', async () => {
    const { body, status } = await client.delete(`/monitors/${monitorId}`)
    assert.equal(status, 200)
    assert.deepEqual(body, { success: true, message: 'Monitor deleted successfully' })
    assert.equal((await client.get(`/monitors/${monitorId}`)).status, 404)
    assert.equal(field((await client.get('/incidents?status=active')).body, 'count'), 0)
  })

  test('SIGTERM drains and exits 0; the server printed its one line', async () => {
    assert.equal(await terminate(server), 0)
    assert.equal(server.printed.length, 1)
  })
})

describe('a cron job pings its heartbeat', () => {
  let installation: Installation
  let server: RunningServer
  let client: Client
  let receiver: Receiver
  let monitorId: string
  const ping = (path = '', init: RequestInit = { method: 'POST' }) =>
    fetch(`${server.url}/api/v1/heartbeat/${monitorId}${path}`, init)
  const told = (name: string) => receiver.received.find(({ body }) => field(body, 'event') === name)

  before(async () => {
    installation = await Installation.make()
    receiver = await startReceiver()
    const key = (await installation.run('keys', 'create', '--name', 'ci', '--permissions', 'read,write')).trim()
    server = await installation.serve()
    client = clientOf(server.url, key)
    await client.post('/notification-channels', { name: 'Pager', type: 'WEBHOOK', config: { url: receiver.url } })
    const created = await client.post('/monitors', { name: 'Backup', type: 'CRON', interval: 5, gracePeriod: 1 })
    assert.equal(created.status, 201, JSON.stringify(created.body))
    monitorId = textField(created.body, 'id')
  })

  after(async () => {
    await receiver.close()
    await installation.remove()
  })

  test('a ping without a key is taken, and the monitor is UP', async () => {
    const answer = await ping()
    assert.equal(answer.status, 200)
    const body: unknown = await answer.json()
    assert.equal(field(body, 'success'), true)
    assert.equal(field(body, 'monitorId'), monitorId)
    assert.match(textField(body, 'timestamp'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    assert.equal(field((await client.get(`/monitors/${monitorId}`)).body, 'status'), 'UP')
  })

  test('an acknowledged ping survives a kill right after the answer', async () => {
    await ping('/log', { method: 'POST', body: '{"message":"halfway"}' })
    const port = new URL(server.url).port
    await killHard(server)
    server = await installation.serve({ PORT: port })
    const { body } = await client.get(`/monitors/${monitorId}/heartbeats`)
    assert.equal(field(body, 'heartbeats.0.message'), 'halfway')
    assert.equal(field(body, 'heartbeats.1.kind'), 'success')
  })

  test('a missed beat opens an incident at the deadline, and the next ping resolves it', async () => {
    await ping()
    const pingedAtMs = Date.now()
    const down = await eventually('the missed beat is told', () => told('monitor.down'), 12_000)
    const lateMs = down.atMs - pingedAtMs - 6_000
    assert.ok(lateMs > -1_000 && lateMs < 1_500, `told ${lateMs} ms after the deadline`)
    const { body } = await client.get('/incidents?status=active')
    assert.equal(
      field((await client.get(`/incidents/${textField(body, 'incidents.0.id')}`)).body, 'rootCauseCategory'),
      'MISSED_HEARTBEAT',
    )
    await ping('', { method: 'GET' })
    await eventually('the recovery is told', () => told('monitor.up'), 3_000)
  })

  test('a reported failure opens an incident at once, in the words of the job', async () => {
    receiver.received.length = 0
    await ping('/fail', { method: 'POST', body: JSON.stringify({ error: 'Database backup failed: disk full' }) })
    await eventually('the failure is told', () => told('monitor.down'), 2_000)
    const { body } = await client.get('/incidents?status=active')
    const incident = await client.get(`/incidents/${textField(body, 'incidents.0.id')}`)
    assert.equal(field(incident.body, 'rootCause'), 'Database backup failed: disk full')
  })

  test('a start and its end give the duration of the run', async () => {
    await ping('/start?rid=r1')
    await ping('/0?rid=r1')
    const { body } = await client.get(`/monitors/${monitorId}/heartbeats?limit=1`)
    assert.equal(field(body, 'heartbeats.0.kind'), 'success')
    assert.equal(typeof field(body, 'heartbeats.0.duration'), 'number')
    await eventually('the recovery is told', () => told('monitor.up'), 3_000)
  })
})
