import type { CheckReport } from './check.ts'
import { type Decision, type DecisionContext, Draft, quiet } from './decision.ts'
import type { AlertPayload } from './event.ts'
import type { Incident } from './incident.ts'
import type { MaintenanceState } from './maintenance-state.ts'
import { isWatched } from './monitor.ts'
import type { NewIncident } from './outage.ts'
import { checkOf } from './payload.ts'
import { NEW_REGION } from './region-verdict.ts'
import { isAhead } from './set-back.ts'
import type { MonitorState, RegionState } from './state.ts'
import { becomeDown, resolveIncident } from './transition.ts'

/** The maintenance that covers a monitor now, wall ms: from when, and until when as far as is known. */
export interface Cover {
  fromMs: number
  untilMs: number
}

/** What was seen this long before the end of maintenance is told at its end; what is older is looked at again first. */
const CURRENT_MS = 60_000

/** Whether a decision on the cover would change anything. */
export function isCoverNews({ maintenance }: MonitorState, cover: Cover | null): boolean {
  return (maintenance?.untilMs ?? null) !== (cover?.untilMs ?? null)
}

/**
 * Decides on the maintenance that a monitor is in now (null: in none). When it begins, the monitor is MAINTENANCE and
 * what people know of it stands still. When it ends, what is true then is told once: a new outage opens its incident, the
 * end of an old one resolves it, and what came and went meanwhile is told to nobody.
 */
export function decideCover(state: MonitorState, cover: Cover | null, context: DecisionContext): Decision {
  const maintenance = state.maintenance ?? null
  if (!isWatched(context.monitor) || !isCoverNews(state, cover)) return quiet(state)
  if (cover === null) return maintenance === null ? quiet(state) : end(state, maintenance, context)
  if (maintenance === null) return begin(state, cover, context)
  return quiet({ ...state, maintenance: { ...maintenance, untilMs: cover.untilMs } })
}

/**
 * Whether a failure was seen in maintenance that has ended since: nobody is told of it, however late it arrives. An end
 * that lies ahead is of a clock that was set back, and says nothing.
 */
export function isOfEndedMaintenance(state: MonitorState, report: CheckReport, nowMs: number): boolean {
  const ended = state.lastMaintenance ?? null
  if (ended === null || ended.toMs > nowMs || (state.maintenance ?? null) !== null) return false
  if (report.result.status === 'UP' || report.result.status === 'UNKNOWN') return false
  return report.startedAtMs >= ended.fromMs && report.startedAtMs < ended.toMs
}

/** Decides on such a failure: it counts for nothing, and where it is of late the target is looked at again. */
export function decideEndedCheck(state: MonitorState, report: CheckReport, context: DecisionContext): Decision {
  const { region: code, scheduledAtMs, startedAtMs } = report
  const region: RegionState = { ...(state.regions[code] ?? NEW_REGION), lastScheduledAtMs: scheduledAtMs }
  const { intervalMs, timeoutMs } = context.monitor.settings
  const isLate = context.nowMs - startedAtMs > intervalMs + timeoutMs
  return {
    ...quiet({ ...state, regions: { ...state.regions, [code]: region } }),
    rechecks: isLate ? [] : [{ region: code, delayMs: 0 }],
  }
}

/**
 * Notes maintenance that began and ended while nobody could look: what failed in it may still arrive, and no time of it
 * counts, though the span of a monitor that is rarely checked goes on over it.
 */
export function noteMissedMaintenance(
  state: MonitorState,
  missed: { fromMs: number; toMs: number },
  context: DecisionContext,
): Decision {
  const known = state.lastMaintenance ?? null
  if (known !== null && known.toMs >= missed.toMs) return quiet(state)
  const draft = new Draft({ ...state, lastMaintenance: missed }, context)
  const { status } = state.span
  // Of an unknown time too: an outage that is found afterwards reaches back to where the running span began.
  if (status !== 'PAUSED' && status !== 'MAINTENANCE') {
    draft.moveSpan('MAINTENANCE', missed.fromMs)
    draft.moveSpan(status, missed.toMs)
  }
  return draft.finish()
}

function begin(state: MonitorState, { fromMs, untilMs }: Cover, context: DecisionContext): Decision {
  const { status, sinceMs, span, told } = state
  const draft = new Draft(state, context)
  draft.moveSpan('MAINTENANCE', Math.min(fromMs, context.nowMs))
  const incident = context.openIncident
  const beneath = { status, sinceMs, span, told, incident, recoveredAtMs: null }
  draft.state = {
    ...draft.state,
    status: 'MAINTENANCE',
    sinceMs: draft.state.span.fromMs,
    maintenance: { untilMs, before: status, ...beneath },
  }
  return draft.finish()
}

function end(state: MonitorState, maintenance: MaintenanceState, context: DecisionContext): Decision {
  const { fromMs } = state.span
  const toMs = Math.max(fromMs, Math.min(maintenance.untilMs, context.nowMs))
  const ended = { fromMs, toMs }
  const bare = { ...state, status: maintenance.before, maintenance: null, lastMaintenance: ended }
  const draft = new Draft(bare, context)
  if (maintenance.status === 'DOWN') endDown(draft, maintenance, toMs, context)
  else endWell(draft, maintenance, ended, context)
  return draft.finish()
}

function endDown(draft: Draft, maintenance: MaintenanceState, atMs: number, context: DecisionContext): void {
  const { before, recoveredAtMs, incident, span } = maintenance
  const goesOn = draft.incident !== null || (before === 'DOWN' && recoveredAtMs === null)
  if (goesOn) {
    turn(draft, 'DOWN', span.status === 'UNKNOWN' ? 'UNKNOWN' : 'DOWN', atMs)
    return
  }
  // A job says so when it is well again; others can be asked.
  const isKnown = draft.state.heartbeat !== null || isCurrent(draft.state, maintenance, atMs, context)
  if (!isKnown || incident === null) {
    holdBack(draft, atMs)
    for (const [code, { verdict }] of Object.entries(draft.state.regions)) {
      if (verdict === 'DOWN') draft.recheck(code, 0)
    }
    return
  }
  draft.moveSpan('DOWN', atMs)
  becomeDown(draft, context, lastCheck(draft.state, maintenance), { ...factsOf(incident), startedAtMs: atMs })
}

function endWell(
  draft: Draft,
  maintenance: MaintenanceState,
  { fromMs, toMs: atMs }: { fromMs: number; toMs: number },
  context: DecisionContext,
): void {
  const { status, before, span, recoveredAtMs } = maintenance
  const check = lastCheck(draft.state, maintenance)
  const { told } = draft.state
  const knowsDegraded = before === 'DEGRADED' && told
  const isDegraded = status === 'DEGRADED'
  if (isDegraded && !knowsDegraded && !isCurrent(draft.state, maintenance, atMs, context) && before !== 'DOWN') {
    holdBack(draft, atMs)
    return
  }
  turn(draft, status, span.status, atMs)
  draft.state = { ...draft.state, told: isDegraded }
  // Within the maintenance, whatever the clock was set to meanwhile: before it the monitor was DOWN, after it is well.
  resolveIncident(draft, check, 'recovered', Math.min(atMs, Math.max(fromMs, recoveredAtMs ?? atMs)))
  if (isDegraded && !knowsDegraded) draft.tell('monitor.degraded', check)
  else if (!isDegraded && told) draft.tell('monitor.up', check)
}

/** The status that people know of stands, of an unknown time, until the next check. */
function holdBack(draft: Draft, atMs: number): void {
  turn(draft, draft.state.status === 'DOWN' ? 'PENDING' : draft.state.status, 'UNKNOWN', atMs)
}

function turn(draft: Draft, status: MonitorState['status'], span: MonitorState['span']['status'], atMs: number): void {
  draft.moveSpan(span, atMs)
  draft.state = { ...draft.state, status, sinceMs: draft.state.span.fromMs }
}

/** Whether what the checks said last is what they would say now. */
function isCurrent(
  { lastCheckedAtMs }: MonitorState,
  { span }: MaintenanceState,
  atMs: number,
  { nowMs }: DecisionContext,
): boolean {
  if (span.status === 'UNKNOWN' || lastCheckedAtMs === null || isAhead(lastCheckedAtMs, nowMs)) return false
  return lastCheckedAtMs >= atMs - CURRENT_MS
}

function factsOf(incident: Incident): Omit<NewIncident, 'startedAtMs'> {
  const { severity, rootCause, rootCauseCategory, affectedRegions, checksFailed, checksTotal, evidence } = incident
  return { severity, rootCause, rootCauseCategory, affectedRegions, checksFailed, checksTotal, evidence }
}

/** The check that speaks for the monitor: a failing one where there is one. */
function lastCheck({ regions }: MonitorState, { incident }: MaintenanceState): AlertPayload['check'] {
  const seen = Object.entries(regions)
  const [code, region] = seen.find(([, { verdict }]) => verdict === 'DOWN') ?? seen[0] ?? []
  if (code !== undefined && region !== undefined) return checkOf(region.last, code)
  return { statusCode: null, responseTime: null, error: incident?.rootCause ?? null, region: null }
}
