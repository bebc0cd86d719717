import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckReport, NO_PHASES, pendingState } from '#domain'
import { buildMonitor } from '#domain/kit'
import type { Entry } from './book.ts'
import { Dispatcher } from './dispatcher.ts'
import type { Input } from './ingest/input.ts'
import { silentLog } from './kit/silent-log.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import { Regions } from './regions.ts'
import { simulatedClock } from './simulated-clock.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')

/** A dispatcher whose workers are lists of what they were told. */
function setUp() {
  const clock = simulatedClock({ startMs: START_MS })
  const regions = new Regions(clock, 'local')
  const pushed: Input[] = []
  const push = (input: Input) => void pushed.push(input)
  const dispatcher = new Dispatcher({ clock, log: silentLog, regions, push, appliedSequence: async () => 0 }, true)
  async function attach(region: string, entries: Entry[]) {
    const told: ToWorker[] = []
    let say: (message: FromWorker) => void = () => undefined
    const line = {
      send: (message: ToWorker) => void told.push(message),
      onMessage(listener: (message: FromWorker) => void) {
        say = listener
      },
      close: () => undefined,
    }
    const link = { region, workerId: region, line, resends: true, lastSeenAtMs: clock.nowMs(), lateMs: 0 }
    await dispatcher.attach(link, entries, null)
    const assignments = () =>
      told.flatMap((message) =>
        message.kind === 'assign' ? [[message.add.map((one) => one.monitorId), message.remove]] : [],
      )
    return { told, assignments, say: (message: FromWorker) => say(message) }
  }
  return { clock, regions, pushed, dispatcher, attach }
}

function entry(id: string, enabledRegions: string[] | null): Entry {
  const monitor = buildMonitor({ enabledRegions }, { id })
  return { monitor, state: pendingState(START_MS, null), openIncident: null }
}

const report: CheckReport = {
  monitorId: 'mon_a',
  version: 1,
  region: 'local',
  kind: 'planned',
  scheduledAtMs: START_MS,
  startedAtMs: START_MS,
  result: {
    status: 'UP',
    responseTimeMs: 1,
    phases: NO_PHASES,
    statusCode: 200,
    error: null,
    category: null,
    localFault: false,
    details: null,
    evidence: null,
  },
}

test('a batch that is sent again before the first copy is stored is taken once', async () => {
  const { attach, pushed } = setUp()
  const worker = await attach('local', [entry('mon_a', null)])
  for (const sequence of [1, 1, 2, 1]) worker.say({ kind: 'results', sequence, reports: [report] })
  assert.equal(pushed.length, 2)
})

test('a worker that is let in again is told that it has nothing but what it is given', async () => {
  const { attach } = setUp()
  const { told } = await attach('local', [entry('mon_a', null)])
  const assign = told.find((message) => message.kind === 'assign')
  assert.equal(assign?.isAll, true)
})

test('when the only region of a monitor falls silent the own one stands in, until it is heard again', async () => {
  const { attach, clock, regions, dispatcher } = setUp()
  const entries = [entry('mon_a', ['eu'])]
  const remote = await attach('eu', entries)
  const own = await attach('local', entries)
  await clock.advanceBy(61_000)
  regions.heard('local')
  dispatcher.rebalance(entries)
  assert.deepEqual(own.assignments(), [
    [[], []],
    [['mon_a'], []],
  ])
  remote.say({ kind: 'alive', atMs: clock.nowMs(), inFlight: 0, lateMs: 0, overdue: 0 })
  dispatcher.rebalance(entries)
  assert.deepEqual(own.assignments().at(-1), [[], ['mon_a']])
  assert.equal(remote.assignments().length, 1)
})
