import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { runHere } from '../../../src/cli/testing/run-cli.ts'
import { type Answer, type Client, clientOf, eventually, field, textField } from '../client.ts'
import { Installation, type RunningServer } from '../server.ts'
import { Stage } from './stage.ts'

type Status = 'UP' | 'DOWN' | 'DEGRADED' | 'UNKNOWN'
export type Fields = { [field: string]: unknown }

/** A monitor, and what each way of checking it must say. */
export interface VerdictCase {
  name: string
  /** `url` and the fields of the type; read when the servers are there. */
  body: () => Fields
  status: Status
  /** None for what is not DOWN. */
  category?: string
  /** None for UP. */
  error?: RegExp
  /** The same monitor as it is typed after `statusapp check`; else each field is given by `--set`. */
  address?: () => string
  /** The command line has no word for a field of it. */
  notOnCommandLine?: true
  /** What the incident's evidence must hold at least. */
  evidence?: (evidence: unknown) => void
  /** Looks at the answer to creating it. */
  created?: (answer: unknown) => void
  skip?: string | false
  /** It keeps the server's worker busy for so long that others would be judged wrongly beside it. */
  alone?: true
}

/** What one way of checking said. */
interface Verdict {
  status: unknown
  rootCauseCategory: unknown
  error: unknown
}

/**
 * A test for each case, against the real server: `POST /monitors/test`, the first check of a new monitor, a check on
 * demand, and the command line must agree; a DOWN opens an incident with the same reason and with evidence.
 */
export function verdicts(type: string, start: (stage: Stage) => Promise<void>, cases: readonly VerdictCase[]): void {
  describe(`${type}, as the API and the command line judge it`, () => {
    const stage = new Stage()
    let client: Client

    before(async () => {
      await start(stage)
      client = (await startServer(stage)).client
    })
    after(() => stage.close())

    for (const alone of cases.some((one) => one.alone) ? [false, true] : [false]) {
      describe(alone ? 'one by one' : 'side by side', { concurrency: alone ? 1 : 6 }, () => {
        for (const each of cases.filter((one) => (one.alone ?? false) === alone)) {
          test(`${each.status}: ${each.name}`, { skip: each.skip ?? false }, () => judgeCase(client, type, each))
        }
      })
    }
  })
}

/** The real server on a data folder of its own, and a client with its key. */
export async function startServer(stage: Stage): Promise<RunningServer & { client: Client }> {
  const installation = await Installation.make()
  stage.after(() => installation.remove())
  const args = ['keys', 'create', '--name', 'ci', '--permissions', 'read,write,delete']
  const { out: key } = await runHere(args, { STATUSAPP_DATA_DIR: installation.dataDir })
  const server = await installation.serve()
  return { ...server, client: clientOf(server.url, key.trim()) }
}

/** Checks one case by every way. */
export async function judgeCase(client: Client, type: string, wanted: VerdictCase): Promise<void> {
  const body = { timeout: 5, ...wanted.body(), type }
  const [tried, created, typed] = await Promise.all([
    measured(() => client.post('/monitors/test', body)),
    client.post('/monitors', { interval: 86_400, confirmationChecks: 1, name: wanted.name, ...body }),
    wanted.notOnCommandLine ? null : typedCheck(wanted, body),
  ])
  assert.equal(tried.status, 200, JSON.stringify(tried.body))
  assert.equal(created.status, 201, JSON.stringify(created.body))
  wanted.created?.(created.body)
  const id = textField(created.body, 'id')
  const first = await eventually('its first check is saved', async () => {
    const { body: saved } = await client.get(`/monitors/${id}/checks`)
    return field(saved, 'checks.0') ?? null
  })
  const asked = await measured(() => client.post(`/monitors/${id}/check`))
  const ways: [way: string, verdict: Verdict][] = [
    ['POST /monitors/test', verdictIn(field(tried.body, 'results.0'))],
    ...(isWithheld(first) ? [] : [['the first check', verdictIn(first)] satisfies [string, Verdict]]),
    ['POST /monitors/{id}/check', verdictIn(field(asked.body, 'results.0'))],
    ...(typed === null ? [] : [['statusapp check', typed] satisfies [string, Verdict]]),
  ]
  for (const [way, verdict] of ways) assertVerdict(way, verdict, wanted)
  const [, sample] = ways[0] ?? []
  for (const [way, { error }] of ways) assert.equal(withoutNumbers(error), withoutNumbers(sample?.error), way)
  if (wanted.status === 'DOWN') await assertIncident(client, id, wanted)
  else assert.equal(field((await client.get(`/incidents?monitorId=${id}`)).body, 'count'), 0)
}

/** On a machine without a free core the worker stands still now and then, and says so rather than blame the target. */
function isWithheld(check: unknown): boolean {
  return String(field(check, 'error')).startsWith('the worker stood still')
}

/** Asks again until a verdict comes that is not withheld, three times at most. */
async function measured(ask: () => Promise<Answer>): Promise<Answer> {
  const answers = [await ask()]
  while (answers.length < 3 && isWithheld(field(answers.at(-1)?.body, 'results.0'))) answers.push(await ask())
  return answers.at(-1) ?? ask()
}

function verdictIn(result: unknown): Verdict {
  const [status, rootCauseCategory, error] = ['status', 'rootCauseCategory', 'error'].map((name) => field(result, name))
  return { status, rootCauseCategory, error }
}

function assertVerdict(way: string, verdict: Verdict, { status, category, error }: VerdictCase): void {
  const said = `${way} says ${JSON.stringify(verdict)}`
  assert.equal(verdict.status, status, said)
  assert.equal(verdict.rootCauseCategory, category ?? null, said)
  if (error === undefined) assert.equal(verdict.error, null, said)
  else assert.match(String(verdict.error), error, said)
}

/** Times and ports differ from one check to the next, and what a deadline cut off; the other words may not. */
function withoutNumbers(error: unknown): string {
  return String(error)
    .replace(/(timed out after \d+ ms) while .*$/, '$1')
    .replace(/, without \d+ ms that were lost here$/, '')
    .replace(/\d+(?:\.\d+)?/g, 'N')
}

async function assertIncident(client: Client, monitorId: string, { error, category, evidence }: VerdictCase) {
  const id = await eventually('an incident is opened', async () => {
    const { body } = await client.get(`/incidents?monitorId=${monitorId}`)
    return field(body, 'incidents.0.id') ?? null
  })
  const { body } = await client.get(`/incidents/${id}`)
  assert.match(textField(body, 'rootCause'), error ?? /./)
  assert.equal(field(body, 'rootCauseCategory'), category)
  const kept = field(body, 'evidence')
  assert.ok(typeof kept === 'object' && kept !== null, 'evidence is kept')
  evidence?.(kept)
}

/** Runs `statusapp check` on the same monitor; its exit code must go with its verdict. */
async function typedCheck({ address }: VerdictCase, body: Fields): Promise<Verdict> {
  const { type, url, timeout, degradedThreshold, ...fields } = body
  const degraded = degradedThreshold === undefined ? [] : ['--degraded', String(degradedThreshold)]
  const sets = Object.entries(fields).flatMap(([name, value]) => ['--set', `${name}=${JSON.stringify(value)}`])
  const target = address === undefined ? [String(url), '--type', String(type), ...sets] : [address()]
  const run = await runHere(['check', ...target, '--timeout', String(timeout), ...degraded, '--json'])
  assert.equal(run.err, '')
  const verdict = verdictIn(JSON.parse(run.out))
  const exitCode = verdict.status === 'DOWN' ? 1 : verdict.status === 'UNKNOWN' ? 2 : 0
  assert.equal(run.exitCode, exitCode)
  return verdict
}
