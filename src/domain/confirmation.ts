import { watchCertificate } from './certificate-watch.ts'
import type { CheckReport } from './check.ts'
import { type Decision, type DecisionContext, Draft, quiet } from './decision.ts'
import { decideBeneath } from './maintenance-state.ts'
import { isWatched, type MonitorStatus } from './monitor.ts'
import { causeOf, countChecks, extendRunUp, outageStartMs, severityOf } from './outage.ts'
import { checkOf } from './payload.ts'
import { quorumOf } from './quorum.ts'
import { confirmDelayMs, observe } from './region-verdict.ts'
import { isAhead } from './set-back.ts'
import type { MonitorState, RegionState } from './state.ts'
import { becomeDown, recover, tellHeldOutage } from './transition.ts'

/** A region that was asked within this time need not be asked again when another one sees a failure. */
const ASKED_RECENTLY_MS = 2_000

/** How many intervals (plus the timeout) a region's verdict stays good without a new check. */
const FRESH_INTERVALS = 3

/**
 * Why a report was not decided on. `stale`: of an older version, or of a monitor that is not watched; it leaves no
 * trace. `repeated`: this check was counted before. `late`: an older check than the newest seen; kept as history.
 */
export type Dismissal = 'stale' | 'repeated' | 'late'

/** Whether a report counts, and if not, why. */
export function dismissal(state: MonitorState, report: CheckReport, context: DecisionContext): Dismissal | null {
  if (!isWatched(context.monitor) || report.version !== context.monitor.version) return 'stale'
  const newestMs = state.regions[report.region]?.lastScheduledAtMs ?? Number.NEGATIVE_INFINITY
  // A newest check from before the clock was set back is the newest no more.
  if (isAhead(newestMs, context.nowMs)) return null
  if (report.scheduledAtMs === newestMs) return 'repeated'
  return report.scheduledAtMs < newestMs ? 'late' : null
}

/**
 * Decides on one check. DOWN needs `confirmationChecks` failures in a row in a region and `regionQuorum` of the
 * regions; fewer make it DEGRADED. A check that could not be measured never counts against the target.
 * Call it only for a report that `dismissal` lets through.
 */
export function decideCheck(state: MonitorState, report: CheckReport, context: DecisionContext): Decision {
  return decideBeneath(state, context, (seen, within) => decideOn(seen, report, within))
}

function decideOn(state: MonitorState, report: CheckReport, context: DecisionContext): Decision {
  const { monitor } = context
  const region = observe(state.regions[report.region], report, monitor.settings)
  const regions = { ...state.regions, [report.region]: region }
  const seen: MonitorState = {
    ...state,
    regions,
    lastCheckedAtMs: newerCheck(state.lastCheckedAtMs, report.startedAtMs, context.nowMs),
  }
  if (region.blind) return decideBlindCheck(seen, report, context)

  const runUp = extendRunUp(seen, report)
  const draft = new Draft({ ...seen, runUp, unknownReason: null }, context)
  settle(draft, report, region, context)
  askForConfirmation(draft, report, region, context)
  watchCertificate(draft, report, region, monitor)
  return draft.finish()
}

function newerCheck(knownMs: number | null, startedAtMs: number, nowMs: number): number {
  return knownMs === null || isAhead(knownMs, nowMs) ? startedAtMs : Math.max(knownMs, startedAtMs)
}

function decideBlindCheck(state: MonitorState, report: CheckReport, context: DecisionContext): Decision {
  const codes = activeRegions(report, context)
  const allBlind = codes.every((code) => state.regions[code]?.blind ?? true)
  if (!allBlind) return quiet(state)
  const draft = new Draft({ ...state, unknownReason: report.result.error }, context)
  draft.moveSpan('UNKNOWN', report.startedAtMs)
  return draft.finish()
}

function activeRegions({ region }: CheckReport, { regions }: DecisionContext): readonly string[] {
  return regions.length > 0 ? regions : [region]
}

/** Moves the monitor to what its regions now say together. */
function settle(draft: Draft, report: CheckReport, region: RegionState, context: DecisionContext): void {
  const { monitor } = context
  // A check of a region that stood in for others, or that waited until the region was silent, has no say beside them: the
  // regions must not change from one check to the next.
  const codes = activeRegions(report, context)
  const from = draft.state.status
  const fresh = freshRegions(draft.state, codes, context)
  // An outage ends by what a region sees, not by its silence: there its last word stands until it looks again.
  // None begins by what a region said before it could measure no more, nor with a check that succeeded.
  const heard = from === 'DOWN' ? seenRegions(draft.state, codes) : fresh.filter(([, { blind }]) => !blind)
  const down = heard.filter(([, { verdict }]) => verdict === 'DOWN')
  const quorum = quorumOf(monitor.settings.regionQuorum, codes.length)
  const isSeenWell = fresh.some(
    ([, { verdict, failures }]) => (verdict === 'UP' || verdict === 'DEGRADED') && failures === 0,
  )
  const isOutage = down.length >= quorum && (from === 'DOWN' || region.failures > 0)
  const to = from === 'DOWN' && !isSeenWell ? 'DOWN' : statusOf(from, fresh, down.length, isOutage)
  const check = checkOf(region.last, report.region)

  if (to === 'DOWN') {
    const failing = down.map(([code]) => code)
    if (from !== 'DOWN') {
      const startedAtMs = outageStartMs(draft.state, failing, quorum, monitor.settings.intervalMs)
      const { failed, total } = countChecks(draft.state.runUp, startedAtMs)
      const cause = causeOf(down.map(([, { last }]) => last))
      const affectedRegions = failingRegions(fresh)
      becomeDown(draft, context, check, {
        startedAtMs,
        severity: severityOf(monitor, { failing: failing.length, regions: codes.length }, cause.category),
        rootCause: cause.sentence,
        rootCauseCategory: cause.category,
        affectedRegions,
        checksFailed: failed,
        checksTotal: total,
        evidence: report.result.evidence,
      })
      return
    }
    draft.moveSpan('DOWN', report.startedAtMs)
    widen(draft, failing, codes.length, context, check)
    tellHeldOutage(draft, context, check)
    return
  }
  if (from === 'DOWN') {
    recover(draft, check, to, region.firstSuccessAtMs ?? report.startedAtMs)
    return
  }
  changeQuietly(draft, from, to, region, report, check)
}

/** UP, DEGRADED and PENDING among themselves: no incident, but people hear of DEGRADED and of its end. */
function changeQuietly(
  draft: Draft,
  from: MonitorStatus,
  to: MonitorStatus,
  region: RegionState,
  report: CheckReport,
  check: ReturnType<typeof checkOf>,
): void {
  const span = to === 'PENDING' ? 'UNKNOWN' : to === 'DEGRADED' ? 'DEGRADED' : 'UP'
  const atMs = to === 'DEGRADED' && from !== to ? (region.firstTroubleAtMs ?? report.startedAtMs) : report.startedAtMs
  draft.moveSpan(span, atMs)
  if (from === to) return
  draft.state = { ...draft.state, status: to, sinceMs: draft.state.span.fromMs }
  if (to === 'DEGRADED') {
    draft.state = { ...draft.state, told: true }
    draft.tell('monitor.degraded', check)
  } else if (from === 'DEGRADED' && draft.state.told) {
    draft.state = { ...draft.state, told: false }
    draft.tell('monitor.up', check)
  }
}

/** More regions joined the outage: the incident says so. */
function widen(
  draft: Draft,
  failing: readonly string[],
  regions: number,
  context: DecisionContext,
  check: ReturnType<typeof checkOf>,
): void {
  const { incident } = draft
  if (incident === null) return
  const affectedRegions = [...new Set([...incident.affectedRegions, ...failing])].sort()
  if (affectedRegions.length === incident.affectedRegions.length) return
  draft.changeIncident({
    affectedRegions,
    severity: severityOf(context.monitor, { failing: failing.length, regions }, incident.rootCauseCategory),
  })
  const more = affectedRegions.filter((code) => !incident.affectedRegions.includes(code))
  draft.note('update', `Also failing in ${more.join(', ')}.`, false)
  draft.tell('incident.updated', check)
}

/** Asks this region again while it is in doubt, and the others at once when it is the first to see a failure. */
function askForConfirmation(draft: Draft, report: CheckReport, region: RegionState, context: DecisionContext): void {
  const delayMs = confirmDelayMs(region, context.monitor.settings)
  if (delayMs !== null) draft.recheck(report.region, delayMs)
  if (region.failures !== 1 || region.verdict === 'DOWN') return
  for (const code of context.regions) {
    if (code === report.region) continue
    const other = draft.state.regions[code]
    const inDoubt = other !== undefined && other.failures > 0
    const askedRecently = other !== undefined && report.scheduledAtMs - other.lastScheduledAtMs < ASKED_RECENTLY_MS
    if (!inDoubt && !askedRecently) draft.recheck(code, 0)
  }
}

function freshRegions(
  state: MonitorState,
  codes: readonly string[],
  { monitor, nowMs }: DecisionContext,
): [string, RegionState][] {
  const { intervalMs, timeoutMs } = monitor.settings
  const oldestMs = nowMs - FRESH_INTERVALS * intervalMs - timeoutMs
  return seenRegions(state, codes).filter(([, region]) => region.lastScheduledAtMs >= oldestMs)
}

function seenRegions(state: MonitorState, codes: readonly string[]): [string, RegionState][] {
  const seen: [string, RegionState][] = []
  for (const code of codes) {
    const region = state.regions[code]
    if (region !== undefined) seen.push([code, region])
  }
  return seen
}

function statusOf(
  current: MonitorStatus,
  fresh: readonly [string, RegionState][],
  down: number,
  isOutage: boolean,
): MonitorStatus {
  if (isOutage) return 'DOWN'
  const verdicts = fresh.map(([, { verdict }]) => verdict)
  if (down > 0 || verdicts.includes('DEGRADED')) return 'DEGRADED'
  if (verdicts.includes('UP')) return 'UP'
  return current === 'DOWN' || current === 'DEGRADED' || current === 'UP' ? current : 'PENDING'
}

function failingRegions(fresh: readonly [string, RegionState][]): string[] {
  return fresh
    .filter(([, { failures, verdict }]) => failures > 0 || verdict === 'DOWN')
    .map(([code]) => code)
    .sort()
}
