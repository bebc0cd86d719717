import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heartbeatDueAtMs } from './heartbeat.ts'
import { replan, suspendHeartbeat } from './heartbeat-replan.ts'
import type { HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

const MINUTE = 60_000
const T = Date.parse('2025-01-21T10:30:00Z')
const everyTenMinutes: HeartbeatPlan = {
  schedule: null,
  timezone: 'UTC',
  intervalMs: 10 * MINUTE,
  gracePeriodMs: MINUTE,
  maxDurationMs: null,
}
const atOne: HeartbeatPlan = { ...everyTenMinutes, schedule: '0 1 * * *' }
const waiting: HeartbeatState = {
  lastPingAtMs: T,
  expectedAtMs: T + 10 * MINUTE,
  deadlineAtMs: T + 11 * MINUTE,
  runs: [{ rid: 'r1', startedAtMs: T, overdueAtMs: null }],
}

test('a change that touches no time keeps the deadline, however often it comes', () => {
  const once = replan(waiting, everyTenMinutes, T + 10 * MINUTE)
  assert.deepEqual(replan(once, everyTenMinutes, T + 11 * MINUTE - 1), waiting)
})

test('a longer or shorter interval counts from the last ping', () => {
  const hourly = { ...everyTenMinutes, intervalMs: 60 * MINUTE }
  assert.equal(replan(waiting, hourly, T + 5 * MINUTE).deadlineAtMs, T + 61 * MINUTE)
  const shorter = { ...everyTenMinutes, intervalMs: 5 * MINUTE }
  assert.equal(replan(waiting, shorter, T + MINUTE).deadlineAtMs, T + 6 * MINUTE)
})

test('a deadline that would be over under the new plan counts from now', () => {
  const shorter = { ...everyTenMinutes, intervalMs: 2 * MINUTE }
  assert.equal(replan(waiting, shorter, T + 8 * MINUTE).deadlineAtMs, T + 11 * MINUTE)
})

test('a pause awaits nothing, and resuming counts from then on', () => {
  const paused = suspendHeartbeat(waiting)
  assert.equal(heartbeatDueAtMs(paused), null)
  assert.deepEqual(paused.runs, [])
  const nowMs = T + 5 * MINUTE
  assert.equal(replan(paused, everyTenMinutes, nowMs).expectedAtMs, nowMs + 10 * MINUTE)
  assert.equal(replan(paused, atOne, nowMs).expectedAtMs, Date.parse('2025-01-22T01:00:00Z'))
})

test('an interval without any ping so far goes on waiting for the first', () => {
  const silent = { lastPingAtMs: null, expectedAtMs: null, deadlineAtMs: null, runs: [] }
  assert.deepEqual(replan(silent, everyTenMinutes, T), silent)
  const wasScheduled = { ...silent, expectedAtMs: T, deadlineAtMs: T + MINUTE }
  assert.deepEqual(replan(wasScheduled, everyTenMinutes, T), silent)
})

test('a schedule without any ping so far keeps the slot that it waits for', () => {
  const oneMs = Date.parse('2025-01-22T01:00:00Z')
  const silent = { lastPingAtMs: null, expectedAtMs: oneMs, deadlineAtMs: oneMs + MINUTE, runs: [] }
  assert.deepEqual(replan(silent, atOne, oneMs + 30_000), silent)
  assert.equal(replan(silent, atOne, oneMs + 2 * MINUTE).expectedAtMs, oneMs + 24 * 60 * MINUTE)
})

test('a missed heartbeat is awaited anew once the plan changes', () => {
  const missed = { ...waiting, deadlineAtMs: null }
  assert.equal(replan(missed, everyTenMinutes, T + 30 * MINUTE).deadlineAtMs, T + 41 * MINUTE)
})

test('open runs are measured by the new limit, never as over already', () => {
  const limited = { ...everyTenMinutes, maxDurationMs: 3 * MINUTE }
  assert.equal(replan(waiting, limited, T + MINUTE).runs[0]?.overdueAtMs, T + 3 * MINUTE)
  assert.equal(replan(waiting, limited, T + 8 * MINUTE).runs[0]?.overdueAtMs, T + 11 * MINUTE)
  assert.equal(replan(replan(waiting, limited, T), everyTenMinutes, T).runs[0]?.overdueAtMs, null)
})
