import { awaiting, expectedAfterPing, expectedFrom, overdueAt } from './heartbeat-plan.ts'
import type { HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

/**
 * The state while the monitor is paused: nothing is awaited, and open runs are forgotten, because their end would not
 * be heard.
 */
export function suspendHeartbeat(state: HeartbeatState): HeartbeatState {
  return { lastPingAtMs: state.lastPingAtMs, expectedAtMs: null, deadlineAtMs: null, runs: [] }
}

/**
 * The state after a change of plan, or on resuming from a pause. The deadline counts from the last ping under the new
 * plan; from `nowMs` where that would be over already or where pings were not heard (after `suspendHeartbeat`). So it
 * always lies ahead: resuming or shortening an interval never alarms at once. Without any ping so far an interval goes on
 * waiting for the first. Open runs are measured by the new `maxDurationMs`, from `nowMs` where that would be over.
 */
export function replan(state: HeartbeatState, plan: HeartbeatPlan, nowMs: number): HeartbeatState {
  const runs = state.runs.map((run) => {
    const overdueAtMs = overdueAt(plan, run.startedAtMs)
    return { ...run, overdueAtMs: overdueAtMs !== null && overdueAtMs <= nowMs ? overdueAt(plan, nowMs) : overdueAtMs }
  })
  const fresh = () => awaiting(plan, expectedFrom(plan, nowMs))
  return { lastPingAtMs: state.lastPingAtMs, ...(keptDeadline(state, plan, nowMs) ?? fresh()), runs }
}

/** What is awaited already, under the new plan; null where nothing is or it would be over by now. */
function keptDeadline({ lastPingAtMs, expectedAtMs }: HeartbeatState, plan: HeartbeatPlan, nowMs: number) {
  if (lastPingAtMs === null && plan.schedule === null) return awaiting(plan, null)
  if (expectedAtMs === null) return null
  const kept = awaiting(
    plan,
    lastPingAtMs === null ? expectedFrom(plan, expectedAtMs - 1) : expectedAfterPing(plan, lastPingAtMs),
  )
  return kept.deadlineAtMs !== null && kept.deadlineAtMs > nowMs ? kept : null
}
