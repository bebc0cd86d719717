import { expectedFrom, isEarlyFor } from './heartbeat-plan.ts'
import type { HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

/** After a gap as short as a restart, jobs that retry are heard again at once. */
const SHORT_BLINDNESS_MS = 60_000

/**
 * The state after a time in which no ping could be received: an awaited ping may have been lost then, so its deadline
 * moves out. After at most a minute it is as long again; after more it is one full period (the next occurrence of a
 * schedule) and the grace. Open runs get the lost time on top; after more than a minute their end may well have been lost,
 * so they are forgotten. What was missed before stays missed.
 *
 * `expectedAtMs` stays, as the job itself knows nothing of our blindness. Answers `state` itself where nothing changes.
 */
export function afterBlindness(
  state: HeartbeatState,
  plan: HeartbeatPlan,
  blind: { fromMs: number; toMs: number },
): HeartbeatState {
  const blindMs = blind.toMs - blind.fromMs
  if (blindMs <= 0) return state
  const deadlineAtMs = deadlineAfter(state, plan, blind)
  const runs = state.runs.flatMap((run) => {
    const touched = run.overdueAtMs !== null && blind.fromMs < run.overdueAtMs && blind.toMs > run.startedAtMs
    if (!touched || run.overdueAtMs === null) return [run]
    return blindMs > SHORT_BLINDNESS_MS ? [] : [{ ...run, overdueAtMs: run.overdueAtMs + blindMs }]
  })
  const isSame =
    deadlineAtMs === state.deadlineAtMs &&
    runs.length === state.runs.length &&
    runs.every((run, index) => run === state.runs[index])
  return isSame ? state : { ...state, deadlineAtMs, runs }
}

function deadlineAfter(
  { expectedAtMs, deadlineAtMs }: HeartbeatState,
  plan: HeartbeatPlan,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): number | null {
  if (expectedAtMs === null || deadlineAtMs === null) return deadlineAtMs
  const mayHaveCome = fromMs < deadlineAtMs && (toMs > expectedAtMs || isEarlyFor(plan, expectedAtMs, toMs))
  if (!mayHaveCome) return deadlineAtMs
  if (toMs - fromMs <= SHORT_BLINDNESS_MS) return Math.max(deadlineAtMs, toMs + (toMs - fromMs))
  return Math.max(deadlineAtMs, (expectedFrom(plan, toMs) ?? toMs) + plan.gracePeriodMs)
}
