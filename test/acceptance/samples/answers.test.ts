import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Client, clientOf, eventually, field, textField } from '../client.ts'
import { startTarget, type Target } from '../peers.ts'
import { Installation, type RunningServer } from '../server.ts'
import { NO_REFERENCE, referenceBlock } from './document.ts'
import { unlike } from './like.ts'

suite("answers have the form of the reference's examples", { skip: NO_REFERENCE }, () => {
  let installation: Installation
  let server: RunningServer
  let client: Client
  let target: Target
  let monitorId: string
  let jobId: string
  let shaky: Target
  const example = (heading: string, index = 0): unknown => JSON.parse(referenceBlock(heading, 'json', index))
  const ping = (path: string, init: RequestInit) => fetch(`${server.url}/api/v1/heartbeat/${jobId}${path}`, init)

  before(async () => {
    installation = await Installation.make()
    const permissions = 'read,write,delete'
    const key = (await installation.run('keys', 'create', '--name', 'ci', '--permissions', permissions)).trim()
    server = await installation.serve({ STATUSAPP_REGION: 'us-east-1' })
    client = clientOf(server.url, key)
    target = await startTarget()
    const made = await client.post('/monitors', { name: 'Production API', url: target.url, type: 'API' })
    monitorId = textField(made.body, 'id')
    await client.post(`/monitors/${monitorId}/check`)
    shaky = await startTarget()
    const set = { type: 'API', confirmationChecks: 1 }
    const shakyId = textField((await client.post('/monitors', { name: 'Shaky', url: shaky.url, ...set })).body, 'id')
    for (const code of [500, 200]) {
      shaky.status = code
      await client.post(`/monitors/${shakyId}/check`)
    }
    jobId = textField((await client.post('/monitors', { name: 'Backup', type: 'CRON', interval: 60 })).body, 'id')
    await ping('/fail', { method: 'POST', body: JSON.stringify(example('Report Heartbeat Failure')) })
    await ping('', { method: 'POST' })
    await eventually('both incidents are over', async () => {
      return field((await client.get('/incidents?status=resolved')).body, 'count') === 2
    })
  })
  after(async () => {
    await target.close()
    await shaky.close()
    await installation.remove()
  })

  test('the list of monitors', async () => {
    assert.deepEqual(unlike(example('List All Monitors'), (await client.get('/monitors')).body), [
      // A job has no address.
      'answer.monitors.0.url is null, not like "https://api.example.com"',
    ])
  })

  test('a monitor, with figures once it was checked', async () => {
    const { body } = await eventually('there are figures', async () => {
      const answer = await client.get(`/monitors/${monitorId}`)
      return field(answer.body, 'uptime90d') !== null && answer
    })
    const { expectedStatusCode, ...rest } = Object(example('Get Monitor by ID'))
    assert.deepEqual(unlike(rest, body), [])
    assert.equal(expectedStatusCode, 200)
    assert.equal(field(body, 'uptime90d'), 100)
    // Nobody set it; a number that is set comes back as it was given.
    assert.equal(field(body, 'expectedStatusCode'), '200-299')
  })

  test("the reference's body makes a monitor, and every field of it comes back", async () => {
    const asked = Object(example('Create Monitor', 0))
    const { status, body, headers } = await client.post('/monitors', { ...asked, url: target.url })
    assert.equal(status, 201)
    assert.deepEqual(unlike(example('Create Monitor', 1), body), [])
    assert.equal(headers.get('location'), `/api/v1/monitors/${field(body, 'id')}`)
    const shown = (await client.get(`/monitors/${field(body, 'id')}`)).body
    assert.equal(field(shown, 'status'), 'UP')
    for (const [name, value] of Object.entries({ ...asked, url: target.url }))
      assert.deepEqual(field(shown, name), value, name)
  })

  test('pausing, resuming and deleting', async () => {
    const { body } = await client.post('/monitors', { name: 'Short', type: 'CRON', interval: 60 })
    const id = textField(body, 'id')
    const paused = (await client.post(`/monitors/${id}/pause`)).body
    assert.deepEqual(unlike(example('Pause/Resume Monitor'), paused), [])
    assert.equal(field(paused, 'isPaused'), true)
    assert.equal(field((await client.post(`/monitors/${id}/resume`)).body, 'isPaused'), false)
    assert.deepEqual((await client.delete(`/monitors/${id}`)).body, example('Delete Monitor'))
  })

  test('a heartbeat, by each of its methods', async () => {
    for (const method of ['POST', 'GET']) {
      const body: unknown = await (await ping('', { method })).json()
      assert.deepEqual(unlike(example('Ping Heartbeat (Success)'), body), [])
      assert.deepEqual([field(body, 'success'), field(body, 'monitorId')], [true, jobId])
    }
    const head = await ping('', { method: 'HEAD' })
    assert.deepEqual([head.status, await head.text()], [200, ''])
    const log = JSON.stringify(example('Log Heartbeat Message'))
    const headers = { 'Content-Type': 'application/json' }
    assert.equal((await ping('/log', { method: 'POST', body: log, headers })).status, 200)
    assert.equal((await ping('/start', { method: 'POST' })).status, 200)
  })

  test('incidents, in a list and alone', async () => {
    const list = (await client.get('/incidents')).body
    assert.deepEqual(unlike(example('List Incidents'), list), [])
    const [job, outage] = ['Backup', 'Shaky'].map((name) => rowNamed(field(list, 'incidents'), name))
    assert.equal(field(outage, 'status'), 'resolved')
    assert.equal(field(outage, 'mttr'), field(outage, 'duration'))
    const one = (await client.get(`/incidents/${field(outage, 'id')}`)).body
    assert.deepEqual(unlike(example('Get Incident by ID'), one), [])
    assert.deepEqual(field(one, 'affectedRegions'), ['us-east-1'])
    const ofJob = (await client.get(`/incidents/${field(job, 'id')}`)).body
    assert.equal(field(ofJob, 'rootCause'), field(example('Report Heartbeat Failure'), 'error'))
  })

  test('status pages', async () => {
    const body = { name: 'Public Status', slug: 'status', customDomain: 'status.example.com', monitorIds: [monitorId] }
    assert.equal((await client.post('/status-pages', body)).status, 201)
    const list = (await client.get('/status-pages')).body
    assert.deepEqual(unlike(example('List Status Pages'), list), [])
    assert.equal(field(list, 'statusPages.0.monitorCount'), 1)
    const shown = await client.get(`/status-pages/${field(list, 'statusPages.0.id')}`)
    assert.equal(field(shown.body, 'monitors.0.monitorId'), monitorId)
  })

  test("regions, with the reference's own row to the last digit", async () => {
    const { body } = await client.get('/worker-regions')
    const rows = field(body, 'regions')
    assert.ok(Array.isArray(rows))
    const wanted = field(example('List Available Regions'), 'regions.0')
    const row = rows.find((each: unknown) => field(each, 'id') === field(wanted, 'id'))
    for (const [name, value] of Object.entries(Object(wanted))) assert.equal(field(row, name), value, name)
  })

  test('health, and errors', async () => {
    const health = await (await fetch(`${server.url}/api/v1/health`)).json()
    assert.deepEqual(unlike(example('API Health'), health), [])
    assert.equal(field(health, 'status'), 'ok')
    const refused = await client.get('/monitors?limit=0')
    assert.deepEqual(unlike(example('Error Response Format'), refused.body), [])
    assert.equal(field(refused.body, 'statusCode'), 400)
  })
})

function rowNamed(rows: unknown, monitorName: string): unknown {
  assert.ok(Array.isArray(rows))
  return rows.find((row: unknown) => field(row, 'monitorName') === monitorName)
}
