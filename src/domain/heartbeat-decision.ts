import type { Json } from './check.ts'
import { type Decision, type DecisionContext, Draft, quiet } from './decision.ts'
import type { AlertPayload } from './event.ts'
import { applyBeat, type HeartbeatVerdict, passDue } from './heartbeat.ts'
import type { Heartbeat, HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'
import { decideBeneath } from './maintenance-state.ts'
import { isWatched, type Monitor } from './monitor.ts'
import { severityOf } from './outage.ts'
import { isoSeconds } from './payload.ts'
import type { RootCauseCategory } from './root-cause.ts'
import type { MonitorState } from './state.ts'
import { becomeDown, recover, tellHeldOutage } from './transition.ts'

/** A job's own evidence counts at once: there is nothing to confirm. */
const ONE_CHECK = { checksFailed: 1, checksTotal: 1 }

/** The plan of a CRON monitor, from its settings and its own configuration (seconds there, ms here). */
export function planOf(monitor: Monitor): HeartbeatPlan {
  const { schedule, timezone, gracePeriod, maxDuration } = monitor.config
  return {
    schedule: typeof schedule === 'string' ? schedule : null,
    timezone: typeof timezone === 'string' ? timezone : 'UTC',
    intervalMs: monitor.settings.intervalMs,
    gracePeriodMs: (typeof gracePeriod === 'number' ? gracePeriod : 300) * 1_000,
    maxDurationMs: typeof maxDuration === 'number' ? maxDuration * 1_000 : null,
  }
}

/**
 * Decides on a signal from a job. Returns the signal as it is to be kept, with its duration, or null for the signal
 * of a monitor that is not watched: it changes nothing.
 */
export function decideBeat(
  state: MonitorState,
  signal: Heartbeat,
  context: DecisionContext,
): { decision: Decision; beat: Heartbeat | null } {
  if (!isWatched(context.monitor) || state.heartbeat === null) return { decision: quiet(state), beat: null }
  const { state: heartbeat, beat, verdict } = applyBeat(state.heartbeat, planOf(context.monitor), signal)
  const lastCheckedAtMs = beat.kind === 'log' ? state.lastCheckedAtMs : beat.atMs
  const decision = decideBeneath({ ...state, heartbeat, lastCheckedAtMs }, context, (seen, within) => {
    const draft = new Draft(seen, within)
    takeVerdict(draft, beat, verdict, within)
    return draft.finish()
  })
  return { decision, beat }
}

function takeVerdict(draft: Draft, beat: Heartbeat, verdict: HeartbeatVerdict, context: DecisionContext): void {
  const check = {
    statusCode: beat.exitStatus,
    responseTime: beat.durationMs,
    error: verdict?.kind === 'failed' ? verdict.sentence : null,
    region: null,
  }
  if (verdict?.kind === 'alive') aliveAgain(draft, check, beat.atMs)
  if (verdict?.kind === 'failed') {
    const { exitStatus, durationMs, rid } = beat
    fail(draft, context, check, {
      sentence: verdict.sentence,
      category: 'APPLICATION_ERROR',
      sinceMs: beat.atMs,
      seen: { exitStatus, duration: durationMs === null ? null : durationMs / 1_000, rid },
    })
  }
}

/** Decides on deadlines that have passed by `context.nowMs`: a missed beat, a run that has not ended. */
export function decideDue(state: MonitorState, context: DecisionContext): Decision {
  if (!isWatched(context.monitor) || state.heartbeat === null) return quiet(state)
  const { state: heartbeat, failures } = passDue(state.heartbeat, planOf(context.monitor), context.nowMs)
  const seen = timesOf(state.heartbeat)
  return decideBeneath({ ...state, heartbeat }, context, (beneath, within) => {
    const draft = new Draft(beneath, within)
    for (const { kind, sentence, sinceMs } of failures) {
      const category = kind === 'missed' ? 'MISSED_HEARTBEAT' : 'APPLICATION_ERROR'
      const check = { statusCode: null, responseTime: null, error: sentence, region: null }
      fail(draft, within, check, { sentence, category, sinceMs, seen })
    }
    return draft.finish()
  })
}

/** What was expected, and what came last, when a deadline passed. */
function timesOf({ lastPingAtMs, expectedAtMs }: HeartbeatState): { [name: string]: Json } {
  return {
    lastHeartbeatAt: lastPingAtMs === null ? null : isoSeconds(lastPingAtMs),
    expectedAt: expectedAtMs === null ? null : isoSeconds(expectedAtMs),
  }
}

function aliveAgain(draft: Draft, check: AlertPayload['check'], atMs: number): void {
  if (draft.state.status === 'DOWN') {
    recover(draft, check, 'UP', atMs)
    return
  }
  draft.moveSpan('UP', atMs)
  draft.state = { ...draft.state, unknownReason: null }
  if (draft.state.status !== 'UP') draft.state = { ...draft.state, status: 'UP', sinceMs: draft.state.span.fromMs }
}

function fail(
  draft: Draft,
  context: DecisionContext,
  check: AlertPayload['check'],
  failure: { sentence: string; category: RootCauseCategory; sinceMs: number; seen: { [name: string]: Json } },
): void {
  draft.state = { ...draft.state, unknownReason: null }
  if (draft.state.status === 'DOWN') {
    draft.moveSpan('DOWN', failure.sinceMs)
    tellHeldOutage(draft, context, check)
    return
  }
  becomeDown(draft, context, check, {
    startedAtMs: failure.sinceMs,
    severity: severityOf(context.monitor, { failing: 1, regions: 1 }, failure.category),
    rootCause: failure.sentence,
    rootCauseCategory: failure.category,
    affectedRegions: [],
    ...ONE_CHECK,
    evidence: { message: failure.sentence, ...failure.seen },
  })
}
