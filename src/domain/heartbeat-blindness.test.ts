import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyBeat, firstHeartbeatState, heartbeatDueAtMs, passDue } from './heartbeat.ts'
import { afterBlindness } from './heartbeat-blindness.ts'
import type { Heartbeat, HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

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
const beat: Heartbeat = {
  monitorId: 'mon_a',
  atMs: T,
  kind: 'success',
  rid: null,
  message: null,
  exitStatus: null,
  durationMs: null,
  source: null,
}

/** Pinged at 10:30, expected at 10:40, deadline 10:41. */
const waiting: HeartbeatState = applyBeat(firstHeartbeatState(everyTenMinutes, T), everyTenMinutes, beat).state

test('a blind time that ends before the awaited ping may come changes nothing', () => {
  const blind = { fromMs: T + MINUTE, toMs: T + 9 * MINUTE - 1 }
  assert.equal(afterBlindness(waiting, everyTenMinutes, blind), waiting)
})

test('a long blind time over the awaited ping gives one full period and the grace from its end', () => {
  const blind = { fromMs: T + 5 * MINUTE, toMs: T + 15 * MINUTE }
  const after = afterBlindness(waiting, everyTenMinutes, blind)
  assert.equal(after.deadlineAtMs, T + 26 * MINUTE)
  assert.equal(after.expectedAtMs, waiting.expectedAtMs)
  assert.deepEqual(passDue(after, everyTenMinutes, blind.toMs).failures, [])
  assert.equal(passDue(after, everyTenMinutes, T + 26 * MINUTE).failures.length, 1)
})

test('a schedule that was blind gets until its next occurrence and the grace', () => {
  const state = firstHeartbeatState(atOne, T)
  const blind = { fromMs: Date.parse('2025-01-22T00:59:00Z'), toMs: Date.parse('2025-01-22T01:30:00Z') }
  assert.equal(afterBlindness(state, atOne, blind).deadlineAtMs, Date.parse('2025-01-23T01:01:00Z'))
})

test('a blind time as short as a restart moves the deadline only as far as it was long', () => {
  const blind = { fromMs: T + 10 * MINUTE + 30_000, toMs: T + 11 * MINUTE + 10_000 }
  assert.equal(afterBlindness(waiting, everyTenMinutes, blind).deadlineAtMs, blind.toMs + 40_000)
})

test('a short blind time never brings the deadline forward', () => {
  const blind = { fromMs: T + 9 * MINUTE + 30_000, toMs: T + 9 * MINUTE + 31_000 }
  assert.equal(afterBlindness(waiting, everyTenMinutes, blind).deadlineAtMs, waiting.deadlineAtMs)
})

test('a deadline that was over before the blind time stays over', () => {
  const blind = { fromMs: T + 11 * MINUTE, toMs: T + 60 * MINUTE }
  const after = afterBlindness(waiting, everyTenMinutes, blind)
  assert.equal(passDue(after, everyTenMinutes, blind.toMs).failures[0]?.sinceMs, T + 11 * MINUTE)
})

test('what was missed before stays missed, without a second failure', () => {
  const missed = passDue(waiting, everyTenMinutes, T + 11 * MINUTE).state
  const after = afterBlindness(missed, everyTenMinutes, { fromMs: T + 12 * MINUTE, toMs: T + 60 * MINUTE })
  assert.equal(after, missed)
  assert.equal(heartbeatDueAtMs(after), null)
})

test('open runs get the lost time on top, those over before it do not', () => {
  const run = (rid: string, startedAtMs: number, overdueAtMs: number | null) => ({ rid, startedAtMs, overdueAtMs })
  const state = {
    ...waiting,
    runs: [
      run('over', T, T + MINUTE),
      run('open', T, T + 3 * MINUTE),
      run('free', T, null),
      run('new', T + 4 * MINUTE, T + 9 * MINUTE),
    ],
  }
  const { runs } = afterBlindness(state, everyTenMinutes, { fromMs: T + 2 * MINUTE, toMs: T + 3 * MINUTE })
  assert.deepEqual(
    runs.map(({ rid, overdueAtMs }) => [rid, overdueAtMs]),
    [
      ['over', T + MINUTE],
      ['open', T + 4 * MINUTE],
      ['free', null],
      ['new', T + 9 * MINUTE],
    ],
  )
})

test('a run whose end may have been lost in more than a minute is waited for no longer', () => {
  const runs = [{ rid: 'open', startedAtMs: T, overdueAtMs: T + 3 * MINUTE }]
  const after = afterBlindness({ ...waiting, runs }, everyTenMinutes, { fromMs: T + MINUTE, toMs: T + 4 * MINUTE })
  assert.deepEqual(after.runs, [])
})

test('a blind time that ends before it begins, after a clock jumped, changes nothing', () => {
  assert.equal(afterBlindness(waiting, everyTenMinutes, { fromMs: T + 10 * MINUTE, toMs: T + 9 * MINUTE }), waiting)
})
