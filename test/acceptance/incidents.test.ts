import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Client, clientOf, eventually, field, textField } from './client.ts'
import { type Receiver, startReceiver, startTarget, type Target } from './peers.ts'
import { Installation, killHard, type RunningServer } from './server.ts'

describe('people work on an outage, and resolve it before it is over', () => {
  let installation: Installation
  let server: RunningServer
  let client: Client
  let key: string
  let target: Target
  let receiver: Receiver
  let monitorId: string
  let path: string

  const told = () => receiver.received.map(({ body }) => String(field(body, 'event')))
  const status = async () => field((await client.get(`/monitors/${monitorId}`)).body, 'status')
  const count = async (query: string) => field((await client.get(`/incidents?${query}`)).body, 'count')

  before(async () => {
    installation = await Installation.make()
    target = await startTarget()
    receiver = await startReceiver()
    server = await installation.serve()
    key = (await installation.run('keys', 'create', '--name', 'ana', '--permissions', 'read,write,delete')).trim()
    client = clientOf(server.url, key)
    const events = 'monitor.down,monitor.up,incident.created,incident.updated,incident.resolved'
    await client.post('/notification-channels', {
      name: 'Hook',
      type: 'WEBHOOK',
      config: { url: receiver.url },
      events,
    })
    const settings = { interval: 5, timeout: 2, confirmationChecks: 1 }
    const made = await client.post('/monitors', { name: 'Shop', url: target.url, ...settings })
    monitorId = textField(made.body, 'id')
    target.status = 503
    path = await eventually('an incident opens', async () => {
      const { body } = await client.get(`/incidents?monitorId=${monitorId}&status=open`)
      return field(body, 'count') === 1 && `/incidents/${textField(body, 'incidents.0.id')}`
    })
  })

  after(async () => {
    await target.close()
    await receiver.close()
    await installation.remove()
  })

  test('what they set and say is shown, told, and still there after a power cut', async () => {
    assert.equal(field((await client.post(`${path}/acknowledge`)).body, 'acknowledgedBy.name'), 'ana')
    const edit = { severity: 'CRITICAL', rootCauseCategory: 'DEPLOYMENT_ISSUE', assignee: 'ana@example.com' }
    assert.equal(field((await client.put(path, edit)).body, 'severity'), 'CRITICAL')
    const said = await client.post(`${path}/updates`, { status: 'identified', message: 'The last release.' })
    assert.equal(said.status, 201)
    await killHard(server)
    server = await installation.serve()
    client = clientOf(server.url, key)
    const { body } = await client.get(path)
    assert.deepEqual(
      ['severity', 'rootCauseCategory', 'assignee', 'stage', 'status'].map((name) => field(body, name)),
      ['CRITICAL', 'DEPLOYMENT_ISSUE', 'ana@example.com', 'identified', 'active'],
    )
    const updates = field(body, 'updates')
    assert.ok(Array.isArray(updates))
    assert.deepEqual(
      updates.map((update) => [field(update, 'status'), field(update, 'message'), field(update, 'by.name') ?? null]),
      [
        ['investigating', 'Checks are failing.', null],
        ['update', 'Acknowledged by ana.', 'ana'],
        ['identified', 'The last release.', 'ana'],
      ],
    )
    await eventually('all of it is told', () => told().filter((name) => name === 'incident.updated').length >= 3)
    const update = receiver.received.find(({ body: sent }) => field(sent, 'details.update.status') === 'identified')
    assert.equal(field(update?.body, 'details.update.message'), 'The last release.')
    assert.equal(field(update?.body, 'monitor.id'), monitorId)
  })

  test('resolved by hand, the incident is over, the monitor is not, and nothing opens again', async () => {
    const resolved = await client.post(`${path}/resolve`, { message: 'Rolled back.' })
    assert.match(textField(resolved.body, 'warnings.0'), /still DOWN/)
    assert.equal(field(resolved.body, 'resolution'), 'manual')
    const asked = target.askedAtMs.length
    await eventually('two more checks fail', () => target.askedAtMs.length >= asked + 2, 20_000)
    await new Promise((resolve) => setTimeout(resolve, 200))
    assert.deepEqual([await count('status=all'), await count('status=active'), await status()], [1, 0, 'DOWN'])
    const again = await client.post(`${path}/resolve`)
    assert.equal(field(again.body, 'resolvedAt'), field(resolved.body, 'resolvedAt'))
  })

  test('the recovery is told once, and the next outage is an incident of its own', async () => {
    target.status = 200
    await eventually('it is UP', async () => (await status()) === 'UP')
    target.status = 503
    await eventually('another incident opens', async () => (await count('status=active')) === 1)
    await eventually('it is told', () => told().filter((name) => name === 'monitor.down').length === 2)
    const order = told().filter((name) => name !== 'incident.updated')
    const first = ['incident.created', 'monitor.down', 'incident.resolved', 'monitor.up']
    assert.deepEqual(order, [...first, 'incident.created', 'monitor.down'])
  })

  test('an incident that people open lives beside that of its monitor', async () => {
    const body = { title: 'Payment provider is slow', monitorIds: [monitorId], severity: 'LOW', isPublic: false }
    const opened = await client.post('/incidents', body, { 'Idempotency-Key': 'once' })
    const repeated = await client.post('/incidents', body, { 'Idempotency-Key': 'once' })
    assert.deepEqual([opened.status, field(repeated.body, 'id')], [201, field(opened.body, 'id')])
    assert.equal(field(opened.body, 'incidentNumber'), 'INC-00003')
    assert.deepEqual([await count(`monitorId=${monitorId}&status=active`), await count('search=PAYMENT')], [2, 1])
    const deleted = await client.delete(`/incidents/${textField(opened.body, 'id')}`)
    assert.equal(field(deleted.body, 'success'), true)
    assert.equal((await client.delete(path)).status, 409)
    assert.equal(await count('status=all'), 2)
  })

  test('a monitor that is deleted ends its incident, which can still be edited and read', async () => {
    const { body } = await client.get('/incidents?status=active')
    const last = `/incidents/${textField(body, 'incidents.0.id')}`
    await client.delete(`/monitors/${monitorId}`)
    const edited = await client.put(last, { postMortem: 'It was the release.' })
    assert.deepEqual(
      ['resolution', 'postMortem', 'monitors.0.status'].map((name) => field(edited.body, name)),
      ['monitor deleted', 'It was the release.', null],
    )
  })
})
