import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { type Client, clientOf, field, textField } from '../client.ts'
import { startTarget, type Target } from '../peers.ts'
import { Installation, type RunningServer } from '../server.ts'
import { guideBlock, NO_REFERENCE, referenceBlock } from './document.ts'
import { type Given, hasProgram, output, sampleFunction } from './run-sample.ts'

/** More than two pages of a hundred. */
const MONITORS = 203

suite('samples that read lists and act on them', () => {
  let installation: Installation
  let server: RunningServer
  let key: string
  let client: Client
  let target: Target
  let downId: string

  before(async () => {
    installation = await Installation.make()
    key = (await installation.run('keys', 'create', '--name', 'samples', '--permissions', 'read,write')).trim()
    server = await installation.serve()
    client = clientOf(server.url, key)
    target = await startTarget()
    const bodies = [
      { name: 'Shop', url: target.url, type: 'WEBSITE' },
      ...Array.from({ length: MONITORS - 1 }, (_, n) => ({ name: `Job ${n}`, type: 'CRON', interval: 3_600 })),
    ]
    for (const body of bodies) {
      const created = await client.post('/monitors', body)
      assert.equal(created.status, 201, JSON.stringify(created.body))
      downId = textField(created.body, 'id')
    }
    const failed = await fetch(`${server.url}/api/v1/heartbeat/${downId}/fail`, { method: 'POST' })
    assert.equal(failed.status, 200)
  })
  after(async () => {
    await target.close()
    await installation.remove()
  })

  /** The reference leaves the key out of these samples: it is added here. */
  function reference(t: TestContext, heading: string, needs: string[], result: string) {
    const given: Given = {
      BASE_URL: `${server.url}/api/v1`,
      fetch: (url: string) => fetch(url, { headers: { 'X-API-Key': key } }),
    }
    const run = sampleFunction(t, referenceBlock(heading, 'javascript'), {
      needs: [...Object.keys(given), ...needs],
      result,
    })
    return async (more: Given = {}) => (await run)({ ...given, ...more })
  }

  function guide(t: TestContext, heading: string, needs: string[], result: string) {
    const process = { env: { STATUSAPP_URL: server.url, STATUSAPP_API_KEY: key } }
    const sample = `${guideBlock('A client', 'js')}\n${guideBlock(heading, 'js')}`
    const run = sampleFunction(t, sample, { needs: ['process', ...needs], result })
    return async (more: Given = {}) => (await run)({ process, ...more })
  }

  test("the reference's pagination sees every monitor once", { skip: NO_REFERENCE }, async (t) => {
    const seen: unknown[] = []
    const pages: number[] = []
    const sample = referenceBlock('4. Pagination', 'javascript').replace(
      '// Process data.monitors',
      'take(data.monitors)',
    )
    const run = await sampleFunction(t, sample, { needs: ['BASE_URL', 'fetch', 'take'], result: 'offset' })
    const end = await run({
      BASE_URL: `${server.url}/api/v1`,
      fetch: (url: string) => fetch(url, { headers: { 'X-API-Key': key } }),
      take: (monitors: unknown[]) => {
        pages.push(monitors.length)
        seen.push(...monitors.map((monitor) => field(monitor, 'id')))
      },
    })
    assert.deepEqual(pages, [100, 100, 3])
    assert.equal(end, 300)
    assert.equal(new Set(seen).size, MONITORS)
  })

  test("the guide's walk through a list sees every monitor once", async (t) => {
    const names = await guide(t, 'Walk through a list', [], 'await namesOfMonitors()')()
    assert.ok(Array.isArray(names))
    assert.equal(names.length, MONITORS)
    assert.equal(new Set(names).size, MONITORS)
  })

  test("the reference's dashboard counts all monitors, those that are UP, and open incidents", {
    skip: NO_REFERENCE,
  }, async (t) => {
    const run = reference(t, 'Custom Dashboard', [], 'await getDashboardData()')
    assert.deepEqual(await run(), { totalMonitors: MONITORS, upMonitors: 1, activeIncidents: 1 })
  })

  test("the guide's dashboard counts the same", async (t) => {
    const run = guide(t, 'The figures of a dashboard', [], 'await overview()')
    assert.deepEqual(await run(), { total: MONITORS, up: 1, activeIncidents: 1 })
  })

  test("the reference's Jira sync makes a ticket of each open incident", { skip: NO_REFERENCE }, async (t) => {
    const tickets: unknown[] = []
    const run = reference(t, 'Incident Reporting Integration', ['createTicketInJira'], 'await syncIncidents()')
    await run({ createTicketInJira: async (incident: unknown) => tickets.push(incident) })
    assert.deepEqual(
      tickets.map((incident) => [field(incident, 'monitorId'), field(incident, 'isResolved')]),
      [[downId, false]],
    )
  })

  test("the guide's sync makes one ticket of each open incident, however often it runs", async (t) => {
    const tickets: unknown[] = []
    const again = 'await syncIncidents(createTicket, await syncIncidents(createTicket))'
    await guide(
      t,
      'Carry incidents to an issue tracker',
      ['createTicket'],
      again,
    )({
      createTicket: async (ticket: unknown) => tickets.push(ticket),
    })
    assert.equal(tickets.length, 1)
    assert.match(textField(tickets[0], 'title'), /^INC-\d{5}: Job \d+ is down$/)
    assert.match(textField(tickets[0], 'since'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })

  test("the reference's deployment watches the new service in the regions that it names", {
    skip: NO_REFERENCE,
  }, async (t) => {
    const run = await sampleFunction(t, referenceBlock('Automated Monitor Creation', 'javascript'), {
      needs: ['createMonitor'],
      result: "await deployService('Checkout', 'https://checkout.example.com')",
    })
    const answers: unknown[] = []
    await run({
      createMonitor: async (body: unknown) => answers.push((await client.post('/monitors', body)).body),
    })
    const [made] = answers
    assert.equal(field(made, 'name'), 'Checkout - Production')
    assert.deepEqual(field(made, 'enabledRegions'), ['us-east-1', 'eu-west-1'])
    assert.match(String(field(made, 'warnings')), /us-east-1/)
  })

  test("the guide's deployment, tried again, makes no second monitor", async (t) => {
    const once = "(await watchService('Cart', url, 'r1')).id"
    const twice = `[${once}, ${once}]`
    const ids = await guide(t, 'Watch what you deploy', ['url'], twice)({ url: target.url })
    assert.ok(Array.isArray(ids))
    assert.equal(ids[0], ids[1])
    assert.equal(field((await client.get('/monitors?search=Cart')).body, 'count'), 1)
  })

  test("the reference's error handling tells what the server said, and what the network said", {
    skip: NO_REFERENCE,
  }, async (t) => {
    const said: unknown[][] = []
    const console = { error: (...words: unknown[]) => said.push(words) }
    const run = await sampleFunction(t, referenceBlock('3. Error Handling', 'javascript'), {
      needs: ['url', 'options', 'console'],
      result: 'null',
    })
    const options = { headers: { 'X-API-Key': 'sk_live_wrong' } }
    await run({ url: `${server.url}/api/v1/monitors`, options, console })
    assert.deepEqual(said, [['API Error:', 'This API key is not known.']])
    await run({ url: 'http://127.0.0.1:9/', options: {}, console })
    assert.equal(said[1]?.[0], 'Network Error:')
  })

  test("the reference's crontab line reports a job that ran, and says nothing of one that failed", {
    skip: NO_REFERENCE,
  }, async (t) => {
    const line =
      referenceBlock('Heartbeat Integration', 'bash')
        .split('\n')
        .find((text) => text.startsWith('0 2')) ?? ''
    const command = line.replace('0 2 * * * ', '').replace('https://statusapp.io', server.url)
    await reports(t, (id, job) => command.replace('mon_abc123', id).replace('/usr/local/bin/backup.sh', job), {})
  })

  test("the guide's crontab line reports a job that ran, and says nothing of one that failed", async (t) => {
    const command = guideBlock('Report from a cron job', '').trim().replace('0 2 * * * ', '')
    await reports(t, (_, job) => command.replace('/usr/local/bin/backup.sh', job), {
      heartbeatUrl: true,
    })
  })

  async function reports(
    t: TestContext,
    commandOf: (monitorId: string, job: string) => string,
    { heartbeatUrl = false }: { heartbeatUrl?: boolean },
  ): Promise<void> {
    if (!hasProgram('curl', '--version')) return t.skip('there is no curl on this machine')
    const { body } = await client.post('/monitors', { name: 'Backup', type: 'CRON', interval: 86_400 })
    const id = textField(body, 'id')
    const env = { HEARTBEAT_URL: textField(body, 'heartbeatUrl') }
    assert.equal(heartbeatUrl, commandOf(id, 'true').includes('$HEARTBEAT_URL'))
    await assert.rejects(output('sh', ['-c', commandOf(id, 'false')], { env }))
    const kinds = async () => field((await client.get(`/monitors/${id}/heartbeats`)).body, 'heartbeats')
    assert.deepEqual(await kinds(), [])
    await output('sh', ['-c', commandOf(id, 'true')], { env })
    const heartbeats = await kinds()
    assert.ok(Array.isArray(heartbeats))
    assert.deepEqual(
      heartbeats.map((each: unknown) => field(each, 'kind')),
      ['success'],
    )
  }
})
