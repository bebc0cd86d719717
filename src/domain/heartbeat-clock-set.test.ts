import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterClockSet } from './heartbeat-clock-set.ts'
import type { HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

const plan: HeartbeatPlan = {
  schedule: null,
  timezone: 'UTC',
  intervalMs: 600_000,
  gracePeriodMs: 20_000,
  maxDurationMs: 60_000,
}
const state: HeartbeatState = {
  lastPingAtMs: 1_000_000,
  expectedAtMs: 1_600_000,
  deadlineAtMs: 1_620_000,
  runs: [{ rid: 'a', startedAtMs: 1_000_000, overdueAtMs: 1_060_000 }],
}

test('an interval goes on from where it was when the clock is set forward or back', () => {
  for (const jumpMs of [30_000, -3_600_000]) {
    const after = afterClockSet(state, plan, jumpMs)
    assert.equal(after.deadlineAtMs, 1_620_000 + jumpMs)
    assert.equal(after.expectedAtMs, 1_600_000 + jumpMs)
    assert.deepEqual(after.runs, [{ rid: 'a', startedAtMs: 1_000_000 + jumpMs, overdueAtMs: 1_060_000 + jumpMs }])
  }
})

test('a schedule is kept by the clock that is right now', () => {
  const after = afterClockSet(state, { ...plan, schedule: '*/10 * * * *' }, 30_000)
  assert.equal(after.deadlineAtMs, state.deadlineAtMs)
})
