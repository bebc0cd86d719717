import { durationWords } from './duration-words.ts'
import { awaiting, expectedAfterPing, expectedFrom, overdueAt, planWords } from './heartbeat-plan.ts'
import type { Heartbeat, HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'
import { isoSeconds } from './payload.ts'

/** What a heartbeat says of its job; null when it says nothing (start, log). */
export type HeartbeatVerdict = { kind: 'alive' } | { kind: 'failed'; sentence: string } | null

/** A failure that no signal told: one did not come. */
export interface HeartbeatFailure {
  kind: 'missed' | 'overdue-run'
  sentence: string
  /** Wall ms from which it counts as failed: the deadline that passed. */
  sinceMs: number
}

type Run = HeartbeatState['runs'][number]

/** More open runs than this push the oldest out unwatched. */
const RUNS_MAX = 100

/** The state of a new monitor. A schedule sets the first deadline at once, an interval waits for the first ping. */
export function firstHeartbeatState(plan: HeartbeatPlan, createdAtMs: number): HeartbeatState {
  const expectedAtMs = plan.schedule === null ? null : expectedFrom(plan, createdAtMs)
  return { lastPingAtMs: null, ...awaiting(plan, expectedAtMs), runs: [] }
}

/**
 * Takes in a heartbeat. Success and fail both end their run and move the expected time on, since the job did report; a
 * start opens a run (or restarts the one of the same id) and moves nothing, except that a first ping sets the first
 * deadline; a log changes nothing. Answers the heartbeat with its duration filled in.
 */
export function applyBeat(
  state: HeartbeatState,
  plan: HeartbeatPlan,
  beat: Heartbeat,
): { state: HeartbeatState; beat: Heartbeat; verdict: HeartbeatVerdict } {
  if (beat.kind === 'log') return { state, beat, verdict: null }
  const rid = beat.rid ?? ''
  const others = state.runs.filter((run) => run.rid !== rid)
  if (beat.kind === 'start') {
    const run = { rid, startedAtMs: beat.atMs, overdueAtMs: overdueAt(plan, beat.atMs) }
    const isFirst = state.lastPingAtMs === null && state.expectedAtMs === null
    return {
      state: {
        ...state,
        lastPingAtMs: beat.atMs,
        ...(isFirst ? awaiting(plan, expectedAfterPing(plan, beat.atMs)) : {}),
        runs: [...others, run].slice(-RUNS_MAX),
      },
      beat,
      verdict: null,
    }
  }
  const started = state.runs.find((run) => run.rid === rid)
  return {
    state: { lastPingAtMs: beat.atMs, ...awaiting(plan, expectedAfterPing(plan, beat.atMs)), runs: others },
    beat: { ...beat, durationMs: started === undefined ? null : Math.max(0, beat.atMs - started.startedAtMs) },
    verdict: beat.kind === 'success' ? { kind: 'alive' } : { kind: 'failed', sentence: failSentence(beat) },
  }
}

/** The next wall ms at which something fails by itself; null when nothing can. */
export function heartbeatDueAtMs(state: HeartbeatState): number | null {
  let dueAtMs = state.deadlineAtMs
  for (const { overdueAtMs } of state.runs) {
    if (overdueAtMs !== null && (dueAtMs === null || overdueAtMs < dueAtMs)) dueAtMs = overdueAtMs
  }
  return dueAtMs
}

/**
 * Finds what failed by `nowMs`, earliest first, each told once: after a missed heartbeat there is no deadline until a
 * ping comes (`expectedAtMs` stays and shows the missed one), and an overdue run is forgotten.
 */
export function passDue(
  state: HeartbeatState,
  plan: HeartbeatPlan,
  nowMs: number,
): { state: HeartbeatState; failures: HeartbeatFailure[] } {
  const dueAtMs = heartbeatDueAtMs(state)
  if (dueAtMs === null || nowMs < dueAtMs) return { state, failures: [] }
  const failures: HeartbeatFailure[] = []
  const runs: Run[] = []
  for (const run of state.runs) {
    if (run.overdueAtMs === null || nowMs < run.overdueAtMs) runs.push(run)
    else
      failures.push({ kind: 'overdue-run', sentence: overdueSentence(run, run.overdueAtMs), sinceMs: run.overdueAtMs })
  }
  const missed = state.deadlineAtMs !== null && nowMs >= state.deadlineAtMs
  if (state.deadlineAtMs !== null && missed) {
    failures.push({ kind: 'missed', sentence: missedSentence(state, plan), sinceMs: state.deadlineAtMs })
  }
  failures.sort((a, b) => a.sinceMs - b.sinceMs)
  return { state: { ...state, deadlineAtMs: missed ? null : state.deadlineAtMs, runs }, failures }
}

function failSentence({ message, exitStatus }: Heartbeat): string {
  const words = message?.trim() ?? ''
  if (words !== '') return words
  return exitStatus === null ? 'job reported a failure' : `job reported exit status ${exitStatus}`
}

function missedSentence(state: HeartbeatState, plan: HeartbeatPlan): string {
  const since =
    state.lastPingAtMs === null ? 'no heartbeat yet' : `no heartbeat since ${isoSeconds(state.lastPingAtMs)}`
  const expected = state.expectedAtMs === null ? '' : `: expected by ${isoSeconds(state.expectedAtMs)}`
  const open = state.runs[0]
  const hint =
    open === undefined ? '' : `; ${runName(open)} started at ${isoSeconds(open.startedAtMs)} and has not ended`
  return `${since}${expected} (${planWords(plan)})${hint}`
}

/** The time that the run was given, extensions included, as the plan may have changed since it started. */
function overdueSentence(run: Run, overdueAtMs: number): string {
  const within = durationWords(overdueAtMs - run.startedAtMs)
  return `${runName(run)} started at ${isoSeconds(run.startedAtMs)} has not ended within ${within}`
}

function runName(run: Run): string {
  return run.rid === '' ? 'run' : `run "${run.rid}"`
}
