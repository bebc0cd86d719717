import { certificateSource } from './certificate-watch.ts'
import { type Decision, type DecisionContext, Draft } from './decision.ts'
import type { HeartbeatState } from './heartbeat-state.ts'
import type { Resolution } from './incident.ts'
import { decideBeneath } from './maintenance-state.ts'
import { isWatched, type Monitor } from './monitor.ts'
import { NO_ROWS } from './region-verdict.ts'
import { isAhead } from './set-back.ts'
import { type MonitorState, pendingState } from './state.ts'
import { resolveIncident } from './transition.ts'

/**
 * Decides what a change of configuration means. `before` is the monitor as it was, `context.monitor` as it is now;
 * `heartbeat` is the replanned heartbeat state of a CRON monitor (null for others).
 * Pausing or switching off ends the open incident without an `up`; resuming begins anew, PENDING. Any other change keeps
 * the status, while counts that belong to the old configuration start again. What is known of a certificate goes where
 * the monitor looks at another server.
 */
export function decideChange(
  known: MonitorState,
  before: Monitor,
  heartbeat: HeartbeatState | null,
  context: DecisionContext,
): Decision {
  const isElsewhere = certificateSource(before) !== certificateSource(context.monitor)
  const state = isElsewhere ? { ...known, certificate: null } : known
  const was = isWatched(before)
  const is = isWatched(context.monitor)
  if (was && !is)
    return rest(state, heartbeat, context, context.monitor.isPaused ? 'monitor paused' : 'monitor disabled')
  if (!was && is) return resume(state, heartbeat, context)
  return decideBeneath({ ...state, heartbeat }, context, (seen, within) => {
    const draft = new Draft({ ...seen, runUp: [], regions: restart(seen, within) }, within)
    return draft.finish()
  })
}

/** Decides what deleting means: the open incident ends. */
export function decideDeletion(state: MonitorState, context: DecisionContext): Decision {
  const draft = new Draft(state, context)
  resolveIncident(draft, null, 'monitor deleted', context.nowMs)
  return draft.finish()
}

/**
 * Decides on a time in which nobody looked: what was known ends at `blind.fromMs`, and until a new check comes
 * nothing is known. A time shorter than the interval is no blind spot: no check was missed. Nor is what another region
 * has looked at meanwhile.
 */
export function decideBlindness(
  state: MonitorState,
  blind: { fromMs: number; toMs: number; reason: string },
  heartbeat: HeartbeatState | null,
  context: DecisionContext,
): Decision {
  return decideBeneath({ ...state, heartbeat }, context, (seen, within) => goBlind(seen, blind, within))
}

function goBlind(
  state: MonitorState,
  blind: { fromMs: number; toMs: number; reason: string },
  context: DecisionContext,
): Decision {
  const draft = new Draft(state, context)
  const known = state.span.status === 'UP' || state.span.status === 'DEGRADED' || state.span.status === 'DOWN'
  const lookedAtMs = state.lastCheckedAtMs ?? blind.fromMs
  const fromMs = isAhead(lookedAtMs, context.nowMs) ? blind.fromMs : Math.max(blind.fromMs, lookedAtMs)
  if (known && blind.toMs - fromMs > context.monitor.settings.intervalMs) {
    draft.moveSpan('UNKNOWN', fromMs)
    draft.state = { ...draft.state, unknownReason: blind.reason }
  }
  return draft.finish()
}

function rest(
  state: MonitorState,
  heartbeat: HeartbeatState | null,
  context: DecisionContext,
  resolution: Resolution,
): Decision {
  const draft = new Draft(
    {
      ...state,
      status: 'PAUSED',
      sinceMs: context.nowMs,
      regions: {},
      runUp: [],
      told: false,
      unknownReason: null,
      heartbeat,
      maintenance: null,
    },
    context,
  )
  draft.moveSpan('PAUSED', context.nowMs)
  // Where the clock was set back since, not before time that is kept as DOWN.
  resolveIncident(draft, null, resolution, draft.state.span.fromMs)
  return draft.finish()
}

function resume(state: MonitorState, heartbeat: HeartbeatState | null, context: DecisionContext): Decision {
  const fresh = pendingState(context.nowMs, heartbeat)
  // What people were told of a certificate stays told.
  const kept = { span: state.span, lastCheckedAtMs: state.lastCheckedAtMs, certificate: state.certificate ?? null }
  const draft = new Draft({ ...fresh, ...kept }, context)
  draft.moveSpan('UNKNOWN', context.nowMs)
  return draft.finish()
}

/** Verdicts stay, rows of checks begin anew; regions that no longer check this monitor go. */
function restart(state: MonitorState, context: DecisionContext): MonitorState['regions'] {
  const kept: MonitorState['regions'] = {}
  for (const [code, region] of Object.entries(state.regions)) {
    if (!context.regions.includes(code)) continue
    kept[code] = { ...region, ...NO_ROWS }
  }
  return kept
}
