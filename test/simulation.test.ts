import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EngineBatch } from '#storage'
import { type SimulationOptions, simulate } from './simulation/simulate.ts'

/** Seeds that found a fault once, each with what it was, and the world that it needs. */
const FOUND: readonly [story: string, seed: number, hours: number, monitors: number][] = [
  ['after a stall every verdict was stale, and the first failing check ended the outage', 1, 2.4, 20],
  ['a batch sent again before the first copy was stored was stored twice', 5, 2.4, 20],
  ['a region that joined while it failed ended the outage of the one that had seen it', 6, 2.4, 20],
  ['after the clock was set back no check counted until it had caught up', 20, 2.4, 20],
  ['jobs that the failing store had refused were called late', 10, 2.4, 20],
  ['after a restart the regions that were not back yet had no say, and an outage ended', 22, 3, 30],
]

for (const [story, seed, hours, monitors] of FOUND) {
  test(`seed ${seed} holds: ${story}`, async () => {
    assert.deepEqual(await violationOf({ seed, hours, monitors, maintenance: false }), null)
  })
}

/** Likewise, in a world where people plan maintenance. */
const FOUND_WITH_MAINTENANCE: typeof FOUND = [
  ['old successes, screened again after the store had failed, cleared a network that was away', 648, 3.4, 30],
  ['a window that was over was forgotten when the clock was set back into it', 13, 5.5, 30],
  ['after the clock was set back each failing check in maintenance asked for another one at once', 12, 7, 30],
]

for (const [story, seed, hours, monitors] of FOUND_WITH_MAINTENANCE) {
  test(`seed ${seed} holds with maintenance: ${story}`, async () => {
    assert.deepEqual(await violationOf({ seed, hours, monitors }), null)
  })
}

test('the same seed gives the same run, to the last line; another seed another one', async () => {
  const options = { seed: 7, hours: 1.5, monitors: 20 }
  const [first, second, other] = [
    await simulate(options),
    await simulate(options),
    await simulate({ ...options, seed: 8 }),
  ]
  assert.deepEqual(second, first)
  assert.notEqual(other.hash, first.hash)
  assert.ok(first.figures.checks > 1_000, 'something happened')
})

/** Damage that the rules must notice, and the invariant that it breaks. */
const DAMAGE: readonly [what: string, invariant: string, damage: NonNullable<SimulationOptions['damage']>][] = [
  ['a check that starts twice', '2', { doublesChecks: true }],
  ['a result that is stored twice', '3', { batch: (batch) => ({ ...batch, results: twice(batch.results) }) }],
  ['an incident after one failure fewer than asked', '5', { batch: askForOneMore }],
  ['an incident without its event', '6', { batch: (batch) => ({ ...batch, events: [] }) }],
  ['an incident without its state', '6', { batch: (batch) => ({ ...batch, states: [] }) }],
  ['a network of ours that is taken for the targets', '7', { believesItself: true }],
  ['an acknowledged heartbeat that is not stored', '8', { batch: (batch) => ({ ...batch, heartbeats: [] }) }],
  ['a delivery that is sent again after it was recorded', '8', { sendsAgain: true }],
  ['a result of an older version', '9', { batch: ageResults }],
  ["people's word on an incident that is lost", '6', { batch: forgetPeople }],
  ['a window that begins later than it was planned', 'maintenance', { batch: planEarlier }],
  ['a monitor that is not MAINTENANCE in it', 'maintenance', { batch: uncover }],
  ['a span that is lost', 'spans', { batch: (batch) => ({ ...batch, spans: { ended: [] } }) }],
]

for (const [what, invariant, damage] of DAMAGE) {
  test(`the rules notice ${what}`, async () => {
    const violation = await violationOf({ seed: 3, hours: 12, monitors: 25, damage })
    assert.equal(violation?.invariant, invariant)
  })
}

async function violationOf(options: SimulationOptions) {
  const { violation, lines } = await simulate(options)
  if (violation === null || options.damage !== undefined) return violation
  return { ...violation, lines, seed: options.seed }
}

function twice<T>(list: T[]): T[] {
  return list.flatMap((one) => [one, one])
}

/** The rules think that one failure more was asked for than the engine thinks. */
function askForOneMore(batch: EngineBatch): EngineBatch {
  const created = batch.monitors.created.map((monitor) => {
    const confirmationChecks = monitor.settings.confirmationChecks + 1
    return { ...monitor, settings: { ...monitor.settings, confirmationChecks } }
  })
  return { ...batch, monitors: { ...batch.monitors, created } }
}

/** When an incident ends, what people said of it is gone. */
function forgetPeople(batch: EngineBatch): EngineBatch {
  const changed = batch.incidents.changed.map((incident) =>
    incident.resolvedAtMs === null ? incident : { ...incident, ...incident.found, acknowledged: null },
  )
  return { ...batch, incidents: { ...batch.incidents, changed } }
}

/** The rules think that maintenance begins an hour before the engine thinks so. */
function planEarlier(batch: EngineBatch): EngineBatch {
  const saved = batch.maintenance.saved.map((window) => ({ ...window, startsAtMs: window.startsAtMs - 3_600_000 }))
  return { ...batch, maintenance: { ...batch.maintenance, saved } }
}

function uncover(batch: EngineBatch): EngineBatch {
  const states = batch.states.map(({ monitorId, state }) => {
    return { monitorId, state: { ...state, status: state.maintenance?.status ?? state.status } }
  })
  return { ...batch, states }
}

function ageResults(batch: EngineBatch): EngineBatch {
  return { ...batch, results: batch.results.map((report) => ({ ...report, version: report.version - 1 })) }
}
