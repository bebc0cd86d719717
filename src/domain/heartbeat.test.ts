import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyBeat, firstHeartbeatState, heartbeatDueAtMs, passDue } from './heartbeat.ts'
import type { Heartbeat, HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

const MINUTE = 60_000
const T = Date.parse('2025-01-21T10:30:00Z')
const everyFiveMinutes: HeartbeatPlan = {
  schedule: null,
  timezone: 'UTC',
  intervalMs: 5 * MINUTE,
  gracePeriodMs: 5 * MINUTE,
  maxDurationMs: null,
}
const atOne: HeartbeatPlan = { ...everyFiveMinutes, schedule: '0 1 * * *', timezone: 'Europe/Berlin' }

function beat(kind: Heartbeat['kind'], atMs: number, extra: Partial<Heartbeat> = {}): Heartbeat {
  return {
    monitorId: 'mon_a',
    atMs,
    kind,
    rid: null,
    message: null,
    exitStatus: null,
    durationMs: null,
    source: null,
    ...extra,
  }
}

function after(plan: HeartbeatPlan, beats: Heartbeat[]): HeartbeatState {
  return beats.reduce((state, next) => applyBeat(state, plan, next).state, firstHeartbeatState(plan, T))
}

test('an interval waits for the first ping, a schedule does not', () => {
  assert.equal(heartbeatDueAtMs(firstHeartbeatState(everyFiveMinutes, T)), null)
  const state = firstHeartbeatState(atOne, T)
  assert.equal(state.expectedAtMs, Date.parse('2025-01-22T00:00:00Z'))
  assert.equal(heartbeatDueAtMs(state), Date.parse('2025-01-22T00:05:00Z'))
})

test('a success is alive and moves the deadline to its time + interval + grace', () => {
  const { state, verdict } = applyBeat(firstHeartbeatState(everyFiveMinutes, T), everyFiveMinutes, beat('success', T))
  assert.deepEqual(verdict, { kind: 'alive' })
  assert.equal(state.expectedAtMs, T + 5 * MINUTE)
  assert.equal(state.deadlineAtMs, T + 10 * MINUTE)
})

test('a missed heartbeat is told once, in a sentence to act on', () => {
  const state = after(everyFiveMinutes, [beat('success', T)])
  assert.deepEqual(passDue(state, everyFiveMinutes, T + 10 * MINUTE - 1).failures, [])
  const missed = passDue(state, everyFiveMinutes, T + 11 * MINUTE)
  assert.deepEqual(missed.failures, [
    {
      kind: 'missed',
      sentence:
        'no heartbeat since 2025-01-21T10:30:00Z: expected by 2025-01-21T10:35:00Z (every 5 minutes, grace 5 minutes)',
      sinceMs: T + 10 * MINUTE,
    },
  ])
  assert.equal(missed.state.expectedAtMs, T + 5 * MINUTE)
  assert.equal(heartbeatDueAtMs(missed.state), null)
  assert.deepEqual(passDue(missed.state, everyFiveMinutes, T + 1_000 * MINUTE).failures, [])
})

test('a schedule that never saw a ping says so when its first one is missed', () => {
  const { failures } = passDue(firstHeartbeatState(atOne, T), atOne, Date.parse('2025-01-22T00:05:00Z'))
  assert.equal(
    failures[0]?.sentence,
    'no heartbeat yet: expected by 2025-01-22T00:00:00Z (schedule "0 1 * * *" in Europe/Berlin, grace 5 minutes)',
  )
})

test('a late success recovers, and the next one is expected at the next occurrence after it', () => {
  const missed = passDue(firstHeartbeatState(atOne, T), atOne, Date.parse('2025-01-22T00:05:00Z')).state
  const { state, verdict } = applyBeat(missed, atOne, beat('success', Date.parse('2025-01-22T02:00:00Z')))
  assert.deepEqual(verdict, { kind: 'alive' })
  assert.equal(state.expectedAtMs, Date.parse('2025-01-23T00:00:00Z'))
})

test('a success from a clock that runs a minute fast counts for the coming slot', () => {
  const early = after(atOne, [beat('success', Date.parse('2025-01-21T23:59:30Z'))])
  assert.equal(early.expectedAtMs, Date.parse('2025-01-23T00:00:00Z'))
  const tooEarly = after(atOne, [beat('success', Date.parse('2025-01-21T21:35:59Z'))])
  assert.equal(tooEarly.expectedAtMs, Date.parse('2025-01-22T00:00:00Z'))
})

test('the early window never reaches past half of a short period', () => {
  const eachMinute = { ...everyFiveMinutes, schedule: '* * * * *' }
  assert.equal(after(eachMinute, [beat('success', T + 29_999)]).expectedAtMs, T + MINUTE)
  assert.equal(after(eachMinute, [beat('success', T + 30_000)]).expectedAtMs, T + 2 * MINUTE)
})

test('a fail carries its own words, else the exit status, else a plain sentence', () => {
  const verdictOf = (extra: Partial<Heartbeat>) =>
    applyBeat(after(everyFiveMinutes, [beat('success', T)]), everyFiveMinutes, beat('fail', T + MINUTE, extra)).verdict
  assert.deepEqual(verdictOf({ message: ' disk full\n', exitStatus: 1 }), { kind: 'failed', sentence: 'disk full' })
  assert.deepEqual(verdictOf({ message: ' ', exitStatus: 3 }), {
    kind: 'failed',
    sentence: 'job reported exit status 3',
  })
  assert.deepEqual(verdictOf({}), { kind: 'failed', sentence: 'job reported a failure' })
})

test('a fail was a sign of life all the same: the next heartbeat is expected one period later', () => {
  assert.equal(after(everyFiveMinutes, [beat('success', T), beat('fail', T + MINUTE)]).expectedAtMs, T + 6 * MINUTE)
})

test('a start moves no deadline, except that a first ping sets the first', () => {
  const first = after(everyFiveMinutes, [beat('start', T)])
  assert.equal(first.expectedAtMs, T + 5 * MINUTE)
  const second = applyBeat(first, everyFiveMinutes, beat('start', T + MINUTE, { rid: 'r2' }))
  assert.equal(second.verdict, null)
  assert.equal(second.state.expectedAtMs, T + 5 * MINUTE)
  const missed = passDue(second.state, everyFiveMinutes, T + 10 * MINUTE).state
  assert.equal(applyBeat(missed, everyFiveMinutes, beat('start', T + 11 * MINUTE)).state.deadlineAtMs, null)
})

test('a missed heartbeat names the run that is still open', () => {
  const state = after(everyFiveMinutes, [beat('start', T)])
  assert.match(
    passDue(state, everyFiveMinutes, T + 10 * MINUTE).failures[0]?.sentence ?? '',
    /; run started at 2025-01-21T10:30:00Z and has not ended$/,
  )
})

test('a log changes nothing', () => {
  const state = after(everyFiveMinutes, [beat('success', T)])
  const logged = applyBeat(state, everyFiveMinutes, beat('log', T + MINUTE, { message: '1.2 GB' }))
  assert.deepEqual(logged.state, state)
  assert.equal(logged.verdict, null)
})

test('overlapping runs pair up, and a stuck one times out although a later one succeeded', () => {
  const plan = { ...everyFiveMinutes, intervalMs: 60 * MINUTE, maxDurationMs: 10 * MINUTE }
  const running = after(plan, [beat('start', T, { rid: 'r1' }), beat('start', T + MINUTE, { rid: 'r2' })])
  const ended = applyBeat(running, plan, beat('success', T + 3 * MINUTE, { rid: 'r2' }))
  assert.equal(ended.beat.durationMs, 2 * MINUTE)
  assert.equal(heartbeatDueAtMs(ended.state), T + 10 * MINUTE)
  const { state, failures } = passDue(ended.state, plan, T + 10 * MINUTE)
  assert.deepEqual(failures, [
    {
      kind: 'overdue-run',
      sentence: 'run "r1" started at 2025-01-21T10:30:00Z has not ended within 10 minutes',
      sinceMs: T + 10 * MINUTE,
    },
  ])
  assert.deepEqual(state.runs, [])
  assert.equal(state.deadlineAtMs, ended.state.deadlineAtMs)
})

test('a second start of the same run restarts its time', () => {
  const plan = { ...everyFiveMinutes, maxDurationMs: 2 * MINUTE }
  const state = after(plan, [beat('start', T), beat('start', T + MINUTE)])
  assert.deepEqual(state.runs, [{ rid: '', startedAtMs: T + MINUTE, overdueAtMs: T + 3 * MINUTE }])
  assert.equal(applyBeat(state, plan, beat('fail', T + 90_000)).beat.durationMs, 30_000)
})

test('an end without its start has no duration', () => {
  const state = after(everyFiveMinutes, [beat('start', T, { rid: 'r1' })])
  assert.equal(applyBeat(state, everyFiveMinutes, beat('success', T + 1, { rid: 'r2' })).beat.durationMs, null)
})

test('at most 100 runs stay open; the oldest gives way', () => {
  const starts = Array.from({ length: 101 }, (_, index) => beat('start', T + index, { rid: `r${index}` }))
  const { runs } = after(everyFiveMinutes, starts)
  assert.equal(runs.length, 100)
  assert.equal(runs[0]?.rid, 'r1')
})

test('what failed during a long silence comes in the order in which it failed', () => {
  const plan = { ...everyFiveMinutes, maxDurationMs: 2 * MINUTE }
  const state = after(plan, [beat('start', T, { rid: 'r1' })])
  const kinds = passDue(state, plan, T + 60 * MINUTE).failures.map((failure) => failure.kind)
  assert.deepEqual(kinds, ['overdue-run', 'missed'])
})

test('a yearly schedule and a period of 400 days keep their deadline', () => {
  const yearly = { ...atOne, schedule: '0 4 1 1 *', timezone: 'UTC' }
  assert.equal(firstHeartbeatState(yearly, T).expectedAtMs, Date.parse('2026-01-01T04:00:00Z'))
  const long = { ...everyFiveMinutes, intervalMs: 400 * 24 * 60 * MINUTE }
  assert.equal(after(long, [beat('success', T)]).expectedAtMs, T + 400 * 24 * 60 * MINUTE)
})

test('a stored schedule that can no longer be read is an error of ours, not a failure of the job', () => {
  assert.throws(() => firstHeartbeatState({ ...atOne, timezone: 'Mars/Olympus' }, T), { name: 'InvalidPlanError' })
})
