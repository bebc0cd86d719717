import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isInMaintenance,
  type MaintenanceWindow,
  maintenanceStatus,
  nextMaintenanceChangeMs,
} from './maintenance-window.ts'

const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 2, 2, 2)

function build(rest: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    id: 'mw_aaaaaaaaaaaaaaaa',
    accountId: 'acc_aaaaaaaaaaaaaaaa',
    title: 'Upgrade',
    description: null,
    startsAtMs: START_MS,
    endsAtMs: START_MS + HOUR_MS,
    timezone: 'UTC',
    recurrence: null,
    allMonitors: false,
    monitorIds: ['mon_a'],
    cancelledAtMs: null,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...rest,
  }
}

const DAILY = { frequency: 'daily', interval: 1, untilMs: null, count: 2 } as const

test('scheduled, in progress from its first moment, completed from its end, and cancelled whenever it was', () => {
  const at = (offsetMs: number, window = build()) => maintenanceStatus(window, START_MS + offsetMs)
  assert.deepEqual(
    [at(-1), at(0), at(HOUR_MS - 1), at(HOUR_MS)],
    ['SCHEDULED', 'IN_PROGRESS', 'IN_PROGRESS', 'COMPLETED'],
  )
  assert.equal(at(0, build({ cancelledAtMs: 1 })), 'CANCELLED')
  const daily = build({ recurrence: DAILY })
  assert.deepEqual([at(HOUR_MS, daily), at(25 * HOUR_MS, daily)], ['SCHEDULED', 'COMPLETED'])
})

test('the next change is a start, then an end, then none', () => {
  const window = build({ recurrence: { ...DAILY, count: 1 } })
  const changes = [START_MS - 1, START_MS, START_MS + HOUR_MS].map((atMs) => nextMaintenanceChangeMs(window, atMs))
  assert.deepEqual(changes, [START_MS, START_MS + HOUR_MS, null])
  assert.equal(nextMaintenanceChangeMs(build({ cancelledAtMs: 1 }), 0), null)
})

test('a window is about its own monitors, or about all of them', () => {
  const windows = [build()]
  assert.equal(isInMaintenance(windows, 'mon_a', START_MS), true)
  assert.equal(isInMaintenance(windows, 'mon_b', START_MS), false)
  assert.equal(isInMaintenance([build({ allMonitors: true, monitorIds: [] })], 'mon_b', START_MS), true)
  assert.equal(isInMaintenance([build({ cancelledAtMs: 1 })], 'mon_a', START_MS), false)
})

test('10,000 windows that began long ago are looked through at once', () => {
  const recurrence = { ...DAILY, count: null }
  const windows = Array.from({ length: 10_000 }, (_, index) =>
    build({ startsAtMs: Date.UTC(1990, 0, 1, 0, index % 600), endsAtMs: Date.UTC(1990, 0, 1, 11), recurrence }),
  )
  const startedMs = performance.now()
  assert.equal(isInMaintenance(windows, 'mon_a', Date.UTC(2026, 0, 1, 12)), false)
  assert.ok(performance.now() - startedMs < 3_000)
})
