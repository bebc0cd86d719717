import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { runHere } from '../../../src/cli/testing/run-cli.ts'
import { type Client, eventually, field, textField } from '../client.ts'
import { Stage } from './stage.ts'
import { type Fields, startServer } from './verdicts.ts'

/** A call of a job: path behind its heartbeat URL, and the body. */
type Call = readonly [path: string, init?: RequestInit]
const post = (body: string): RequestInit => ({ method: 'POST', body })

interface FailureCase {
  name: string
  fields?: Fields
  calls: readonly Call[]
  category?: string
  error: RegExp
  evidence: (kept: unknown) => void
  /** What brings it back. */
  remedy: Call
}

const ZULU = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ'
const seen = (facts: Fields) => (kept: unknown) => assert.partialDeepStrictEqual(kept, facts)

/** A heartbeat that comes no more takes an interval to be missed: main-story.test.ts waits for one. */
const FAILURES: readonly FailureCase[] = [
  {
    name: 'a failure with its reason',
    calls: [['/start'], ['/fail', post('{"error":"disk full"}')]],
    error: /^disk full$/,
    evidence: (kept) => {
      assert.partialDeepStrictEqual(kept, { message: 'disk full', exitStatus: null, rid: null })
      assert.equal(typeof field(kept, 'duration'), 'number')
    },
    remedy: [''],
  },
  {
    name: 'a failure without one',
    calls: [['/fail']],
    error: /^job reported a failure$/,
    evidence: seen({ message: 'job reported a failure', duration: null }),
    remedy: ['', { method: 'HEAD' }],
  },
  {
    name: 'an exit status',
    calls: [['/3']],
    error: /^job reported exit status 3$/,
    evidence: seen({ exitStatus: 3 }),
    remedy: ['/0'],
  },
  {
    name: 'an exit status with words',
    calls: [['/255', post('no such table')]],
    error: /^no such table$/,
    evidence: seen({ exitStatus: 255, message: 'no such table' }),
    remedy: ['', post('')],
  },
  {
    name: 'a failure in the query',
    calls: [['?status=down&msg=disk%2090%25']],
    error: /^disk 90%$/,
    evidence: seen({ message: 'disk 90%' }),
    remedy: ['?status=up'],
  },
  {
    name: 'a heartbeat that never came',
    fields: { schedule: '* * * * * *', gracePeriod: 1 },
    calls: [],
    category: 'MISSED_HEARTBEAT',
    error: new RegExp(`^no heartbeat yet: expected by ${ZULU} \\(`),
    evidence: (kept) => {
      assert.equal(field(kept, 'lastHeartbeatAt'), null)
      assert.match(String(field(kept, 'expectedAt')), new RegExp(`^${ZULU}$`))
    },
    remedy: [''],
  },
  {
    name: 'a run that takes too long, though another one ended',
    fields: { maxDuration: 1 },
    calls: [['/start?rid=r1'], ['/start?rid=r2'], ['?rid=r2']],
    error: new RegExp(`^run "r1" started at ${ZULU} has not ended within 1 second$`),
    evidence: (kept) => assert.match(String(field(kept, 'message')), /^run "r1"/),
    remedy: ['?rid=r1'],
  },
]

describe('CRON, as jobs report it', { concurrency: true }, () => {
  const stage = new Stage()
  let client: Client

  before(async () => {
    client = (await startServer(stage)).client
  })
  after(() => stage.close())

  /** Makes a monitor; returns its id, and a function that calls what stands behind its heartbeat URL. */
  async function job(name: string, fields: Fields = {}) {
    const { status, body } = await client.post('/monitors', { name, type: 'CRON', ...fields })
    assert.equal(status, 201, JSON.stringify(body))
    const heartbeatUrl = textField(body, 'heartbeatUrl')
    const call = async ([path, init]: Call) => assert.equal((await fetch(`${heartbeatUrl}${path}`, init)).status, 200)
    return { id: textField(body, 'id'), call }
  }
  const statusOf = async (id: string) => field((await client.get(`/monitors/${id}`)).body, 'status')

  for (const call of [[''], ['', { method: 'HEAD' }], ['', post('done')], ['/0'], ['?status=up']] as const) {
    const [path, init] = call
    test(`UP: ${init?.method ?? 'GET'} of ${path === '' ? 'the URL' : path}`, async () => {
      const { id, call: report } = await job('fine')
      assert.equal(await statusOf(id), 'PENDING')
      await report(call)
      assert.equal(await statusOf(id), 'UP')
    })
  }

  for (const { name, fields, calls, category = 'APPLICATION_ERROR', error, evidence, remedy } of FAILURES) {
    test(`DOWN: ${name}`, async () => {
      const { id, call } = await job(name, fields)
      for (const each of calls) await call(each)
      const incidentId = await eventually('an incident is opened', async () => {
        const { body } = await client.get(`/incidents?monitorId=${id}`)
        return field(body, 'incidents.0.id') ?? null
      })
      assert.equal(await statusOf(id), 'DOWN')
      const { body } = await client.get(`/incidents/${incidentId}`)
      assert.match(textField(body, 'rootCause'), error)
      assert.equal(field(body, 'rootCauseCategory'), category)
      evidence(field(body, 'evidence'))
      await call(remedy)
      assert.equal(field((await client.get(`/incidents/${incidentId}`)).body, 'isResolved'), true)
    })
  }

  test('it is not probed: each way of checking says so', async () => {
    const { id } = await job('waits')
    for (const answer of [
      await client.post('/monitors/test', { type: 'CRON' }),
      await client.post(`/monitors/${id}/check`),
    ]) {
      assert.equal(answer.status, 400)
      assert.match(textField(answer.body, 'error'), /^CRON monitors are not probed: they wait for heartbeats\.$/)
    }
    const run = await runHere(['check', 'example.com', '--type', 'CRON'])
    assert.equal(run.exitCode, 2)
    assert.match(run.err, /CRON can't be checked/)
  })
})
