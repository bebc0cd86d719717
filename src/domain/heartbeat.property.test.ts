import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { applyBeat, firstHeartbeatState, heartbeatDueAtMs, passDue } from './heartbeat.ts'
import { afterBlindness } from './heartbeat-blindness.ts'
import { expectedFrom } from './heartbeat-plan.ts'
import { replan, suspendHeartbeat } from './heartbeat-replan.ts'
import type { Heartbeat, HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const HOUR = 3_600_000

const schedules = ['*/15 * * * *', '0 * * * *', '30 2 * * *', '30 1 * * *', '0 0 * * *', '0 9 * * 1-5', '30 2,14 * * *']
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC', 'America/St_Johns']
const limits = { maxDurationMs: fc.option(fc.integer({ min: 1_000, max: 4 * HOUR })) }
const intervalPlan = fc.record<HeartbeatPlan>({
  schedule: fc.constant(null),
  timezone: fc.constant('UTC'),
  intervalMs: fc.integer({ min: 5_000, max: 400 * 24 * HOUR }),
  gracePeriodMs: fc.integer({ min: 1_000, max: 30 * 24 * HOUR }),
  ...limits,
})
const cronPlan = fc.record<HeartbeatPlan>({
  schedule: fc.constantFrom(...schedules),
  timezone: fc.constantFrom(...zones),
  intervalMs: fc.constant(24 * HOUR),
  gracePeriodMs: fc.integer({ min: 1_000, max: 6 * HOUR }),
  ...limits,
})
const anyPlan = fc.oneof(intervalPlan, cronPlan)
const shares = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 50, maxLength: 300 })

function beat(kind: Heartbeat['kind'], atMs: number, rid: string | null = null): Heartbeat {
  return { monitorId: 'mon_a', atMs, kind, rid, message: null, exitStatus: null, durationMs: null, source: null }
}

/** Plays the pings, calling passDue whenever it is due, and counts what failed. */
function failuresOf(plan: HeartbeatPlan, pings: number[], fromMs: number): number {
  let state = firstHeartbeatState(plan, fromMs)
  let failures = 0
  for (const pingMs of [...pings].sort((a, b) => a - b)) {
    const dueMs = heartbeatDueAtMs(state)
    if (dueMs !== null && dueMs <= pingMs) failures += passDue(state, plan, dueMs).failures.length
    state = applyBeat(state, plan, beat('success', pingMs)).state
  }
  return failures
}

test('a job that pings at its interval, late by less than the grace, never fails', () => {
  fc.assert(
    fc.property(intervalPlan, shares, (plan, late) => {
      const pings = late.map((share, index) => START + index * plan.intervalMs + Math.floor(share * plan.gracePeriodMs))
      assert.equal(failuresOf(plan, pings, START), 0)
    }),
    { numRuns: 100 },
  )
})

test('a job that pings by its schedule, a little early or late by less than the grace, never fails over both changes', () => {
  const changes = fc.constantFrom(
    ...['2026-03-06T00:00Z', '2026-03-27T00:00Z', '2026-04-02T00:00Z', '2026-04-22T00:00Z', '2026-10-02T00:00Z'],
    ...['2026-10-23T00:00Z', '2026-10-28T00:00Z', '2026-10-30T00:00Z'],
  )
  fc.assert(
    fc.property(cronPlan, changes, shares, (plan, change, jitter) => {
      const fromMs = Date.parse(change)
      const pings: number[] = []
      let occurrence = expectedFrom(plan, fromMs)
      for (const share of jitter) {
        if (occurrence === null) break
        const shiftMs = share < 0.5 ? -60_000 * share * 2 : plan.gracePeriodMs * (share - 0.5) * 2
        pings.push(occurrence + Math.trunc(shiftMs))
        occurrence = expectedFrom(plan, occurrence)
      }
      assert.equal(failuresOf(plan, pings, fromMs), 0)
    }),
    { numRuns: 40 },
  )
})

test('a job that stops is found at most one period and the grace after its next due time, and told once', () => {
  fc.assert(
    fc.property(anyPlan, fc.nat(400 * 24 * HOUR), (plan, offsetMs) => {
      const lastMs = START + offsetMs
      const { state } = applyBeat(firstHeartbeatState(plan, START), plan, beat('success', lastMs))
      const dueMs = heartbeatDueAtMs(state)
      const nextMs = expectedFrom(plan, lastMs)
      assert.ok(dueMs !== null && nextMs !== null)
      const latestMs = plan.schedule === null ? nextMs : (expectedFrom(plan, nextMs) ?? Number.NaN)
      assert.ok(dueMs <= latestMs + plan.gracePeriodMs)
      assert.deepEqual(passDue(state, plan, dueMs - 1).failures, [])
      const missed = passDue(state, plan, dueMs)
      assert.deepEqual(
        missed.failures.map(({ kind }) => kind),
        ['missed'],
      )
      assert.equal(heartbeatDueAtMs(missed.state), null)
    }),
    { numRuns: 200 },
  )
})

test('a job that goes on through a long blind time causes no alarm', () => {
  fc.assert(
    fc.property(
      anyPlan.map((plan) => ({ ...plan, maxDurationMs: null })),
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.integer({ min: 60_001, max: 48 * HOUR }),
      (plan, periods, blindMs) => {
        const pings: number[] = []
        let next: number | null = START
        for (let index = 0; index < 300 && next !== null; index++) {
          pings.push(next)
          next = expectedFrom(plan, next)
        }
        const second = pings[1] ?? START
        const fromMs = START + 1 + Math.floor(periods * (second - START))
        const blind = { fromMs, toMs: fromMs + blindMs }
        const heard = pings.filter((ms) => ms < blind.fromMs || ms > blind.toMs)
        let state = firstHeartbeatState(plan, START - 1)
        let isTold = false
        for (const pingMs of heard) {
          if (!isTold && pingMs > blind.toMs) {
            state = afterBlindness(state, plan, blind)
            isTold = true
          }
          assert.deepEqual(passDue(state, plan, pingMs - 1).failures, [])
          state = applyBeat(state, plan, beat('success', pingMs)).state
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('after any sequence of events a deadline is never before its expected time, and changes never alarm at once', () => {
  const rid = fc.constantFrom(null, 'r1', 'r2')
  const event = fc.record({
    what: fc.constantFrom('success', 'fail', 'start', 'log', 'due', 'blind', 'replan', 'pause'),
    afterMs: fc.nat(3 * 24 * HOUR),
    rid,
    plan: anyPlan,
  })
  fc.assert(
    fc.property(anyPlan, fc.array(event, { maxLength: 40 }), (firstPlan, events) => {
      let plan = firstPlan
      let nowMs = START
      let state = firstHeartbeatState(plan, nowMs)
      for (const { what, afterMs, rid, plan: newPlan } of events) {
        const beforeMs = nowMs
        nowMs += afterMs
        if (what === 'due') {
          state = passDue(state, plan, nowMs).state
          assert.ok((heartbeatDueAtMs(state) ?? nowMs + 1) > nowMs)
        } else if (what === 'blind') state = afterBlindness(state, plan, { fromMs: beforeMs, toMs: nowMs })
        else if (what === 'pause') state = replan(suspendHeartbeat(state), plan, nowMs)
        else if (what === 'replan') {
          plan = newPlan
          state = replan(state, plan, nowMs)
        } else state = applyBeat(state, plan, beat(what, nowMs, rid)).state
        if (what === 'pause' || what === 'replan') assert.ok((heartbeatDueAtMs(state) ?? nowMs + 1) > nowMs)
        assertSound(state)
      }
    }),
    { numRuns: 150 },
  )
})

function assertSound({ expectedAtMs, deadlineAtMs, runs }: HeartbeatState): void {
  if (deadlineAtMs !== null) assert.ok(expectedAtMs !== null && deadlineAtMs >= expectedAtMs)
  assert.equal(new Set(runs.map(({ rid }) => rid)).size, runs.length)
  for (const { startedAtMs, overdueAtMs } of runs) assert.ok(overdueAtMs === null || overdueAtMs > startedAtMs)
}

test('durations pair each end with the newest start of its own run', () => {
  const signal = fc.record({
    kind: fc.constantFrom('start', 'success', 'fail'),
    rid: fc.constantFrom(null, 'r1', 'r2', 'r3'),
    afterMs: fc.nat(HOUR),
  })
  fc.assert(
    fc.property(intervalPlan, fc.array(signal, { maxLength: 60 }), (plan, signals) => {
      const started = new Map<string | null, number>()
      let state = firstHeartbeatState(plan, START)
      let nowMs = START
      for (const { kind, rid, afterMs } of signals) {
        nowMs += afterMs
        const applied = applyBeat(state, plan, beat(kind, nowMs, rid))
        state = applied.state
        const startMs = started.get(rid)
        if (kind === 'start') started.set(rid, nowMs)
        else {
          assert.equal(applied.beat.durationMs, startMs === undefined ? null : nowMs - startMs)
          started.delete(rid)
        }
        assert.equal(state.runs.length, started.size)
      }
    }),
  )
})
