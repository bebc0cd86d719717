import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MaintenanceWindow, maintenanceStatus } from '#domain'
import { MaintenancePlan } from './maintenance-plan.ts'

const START_MS = Date.UTC(2026, 2, 2)
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NONE: ReadonlyMap<string, MaintenanceWindow> = new Map()
const DAILY = { frequency: 'daily', interval: 1, untilMs: null, count: null } as const
const MONITOR = { id: 'mon_a', accountId: 'acc_a' }

function windowOf(rest: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    id: 'mw_a',
    accountId: 'acc_a',
    title: 'Upgrade',
    description: null,
    startsAtMs: START_MS + HOUR_MS,
    endsAtMs: START_MS + 2 * HOUR_MS,
    timezone: 'Europe/Berlin',
    recurrence: null,
    allMonitors: true,
    monitorIds: [],
    cancelledAtMs: null,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...rest,
  }
}

function setUp(windows: MaintenanceWindow[], nowMs = START_MS) {
  const moved: string[] = []
  const plan = new MaintenancePlan((list) => moved.push(...list.map(({ id }) => id)))
  plan.advance(nowMs)
  for (const window of windows) plan.set(window, maintenanceStatus(window, nowMs))
  return { plan, moved }
}

test('every day of a year: 365 times begun and ended, and the plan does not grow', () => {
  const { plan, moved } = setUp([windowOf({ recurrence: DAILY })])
  let covered = 0
  for (let next = plan.nextChangeMs(); next !== null && next < START_MS + 365 * DAY_MS; next = plan.nextChangeMs()) {
    plan.advance(next)
    if (plan.coverOf(MONITOR, NONE) !== null) covered++
  }
  assert.deepEqual([covered, moved.length], [365, 2 * 365])
  assert.equal(plan.windows().length, 1)
})

test('a look between two changes moves nothing', () => {
  const { plan, moved } = setUp([windowOf()])
  plan.advance(START_MS + HOUR_MS - 1)
  assert.equal(plan.coverOf(MONITOR, NONE), null)
  plan.advance(START_MS + HOUR_MS)
  assert.deepEqual(plan.coverOf(MONITOR, NONE), { fromMs: START_MS + HOUR_MS, untilMs: START_MS + 2 * HOUR_MS })
  plan.advance(START_MS + 2 * HOUR_MS - 1)
  assert.deepEqual(moved, ['mw_a'])
  plan.advance(START_MS + 2 * HOUR_MS)
  assert.equal(plan.coverOf(MONITOR, NONE), null)
  assert.deepEqual(plan.unstored(['mw_a']), [{ windowId: 'mw_a', status: 'COMPLETED' }])
  plan.stored('mw_a', 'COMPLETED')
  assert.equal(plan.get('mw_a'), null)
})

test('a window of another account or another monitor covers nothing; one about to be stored counts as it will be', () => {
  const nowMs = START_MS + HOUR_MS
  const named = windowOf({ id: 'mw_b', allMonitors: false, monitorIds: ['mon_b'] })
  const { plan } = setUp([windowOf({ accountId: 'acc_b' }), named], nowMs)
  assert.equal(plan.coverOf(MONITOR, NONE), null)
  assert.notEqual(plan.coverOf({ ...MONITOR, id: 'mon_b' }, NONE), null)
  const cancelled = new Map([[named.id, { ...named, cancelledAtMs: nowMs }]])
  assert.equal(plan.coverOf({ ...MONITOR, id: 'mon_b' }, cancelled), null)
  assert.notEqual(plan.coverOf(MONITOR, new Map([['mw_c', windowOf({ id: 'mw_c' })]])), null)
})

test('what was missed is told in the order in which it began, and never of a time before the window was made', () => {
  const updatedAtMs = START_MS + 1.5 * HOUR_MS
  const running = windowOf({ id: 'mw_d', endsAtMs: START_MS + 9 * HOUR_MS })
  const late = windowOf({ id: 'mw_b', updatedAtMs })
  const made = windowOf({ id: 'mw_c', updatedAtMs: START_MS + 2 * HOUR_MS })
  const { plan } = setUp([late, windowOf(), made, running])
  const missed = (lookedUntilMs: number) =>
    plan.missed(lookedUntilMs, START_MS + 3 * HOUR_MS).map(({ window, fromMs, toMs }) => [window.id, fromMs, toMs])
  assert.deepEqual(missed(START_MS), [
    ['mw_a', START_MS + HOUR_MS, START_MS + 2 * HOUR_MS],
    ['mw_b', updatedAtMs, START_MS + 2 * HOUR_MS],
  ])
  assert.deepEqual(missed(START_MS + 2 * HOUR_MS), [])
})

test('a window that is changed a thousand times leaves no thousand changes behind', () => {
  const { plan, moved } = setUp([])
  for (let minute = 0; minute < 1_000; minute++) {
    plan.set(windowOf({ startsAtMs: START_MS + HOUR_MS - minute }), 'SCHEDULED')
  }
  plan.advance(START_MS + HOUR_MS)
  assert.deepEqual(moved, ['mw_a'])
})

test('10,000 windows: a look costs nothing between changes, and a change costs the same as with one', () => {
  const windows = Array.from({ length: 10_000 }, (_, index) =>
    windowOf({ id: `mw_${index}`, startsAtMs: Date.UTC(2000, 0, 1, 0, 0, index), recurrence: DAILY }),
  ).map((window) => ({ ...window, endsAtMs: window.startsAtMs + 1_000 }))
  const { plan } = setUp(windows, Date.UTC(2026, 0, 1, 12))
  const startedMs = performance.now()
  for (let look = 0; look < 100_000; look++) plan.advance(Date.UTC(2026, 0, 1, 12) + look)
  for (let ask = 0; ask < 100_000; ask++) plan.coverOf(MONITOR, NONE)
  assert.ok(performance.now() - startedMs < 2_000)
})
