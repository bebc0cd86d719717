import type { HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

/**
 * The state after the wall clock was set by `jumpMs` (back: negative). What is measured from a ping or a start moves
 * along, since no such time has passed for the job; the occurrences of a schedule stand by the new clock.
 */
export function afterClockSet(state: HeartbeatState, plan: HeartbeatPlan, jumpMs: number): HeartbeatState {
  const moved = (atMs: number | null) => (atMs === null ? null : atMs + jumpMs)
  const runs = state.runs.map((run) => ({
    ...run,
    startedAtMs: run.startedAtMs + jumpMs,
    overdueAtMs: moved(run.overdueAtMs),
  }))
  if (plan.schedule !== null) return { ...state, runs }
  return {
    lastPingAtMs: moved(state.lastPingAtMs),
    expectedAtMs: moved(state.expectedAtMs),
    deadlineAtMs: moved(state.deadlineAtMs),
    runs,
  }
}
