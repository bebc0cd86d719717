import type { CheckReport } from './check.ts'
import type { Incident, Severity } from './incident.ts'
import type { Monitor } from './monitor.ts'
import type { RootCauseCategory } from './root-cause.ts'
import type { CheckSummary, MonitorState, RunUpCheck } from './state.ts'

/** At most this many checks are remembered from the first sign of trouble. */
const RUN_UP_MAX = 64

/** Adds a check to the run-up of a possible outage; forgets it once no region is failing. */
export function extendRunUp(state: MonitorState, report: CheckReport): RunUpCheck[] {
  if (report.result.status === 'UNKNOWN') return state.runUp
  const failed = report.result.status === 'DOWN'
  const failing = Object.values(state.regions).some((region) => region.failures > 0 || region.verdict === 'DOWN')
  if (!failing) return state.runUp.length === 0 ? state.runUp : []
  return [...state.runUp, { region: report.region, atMs: report.startedAtMs, failed }].slice(-RUN_UP_MAX)
}

/**
 * When the outage began: the first failing check of those that make the quorum. A region that had been failing alone
 * for longer than one interval before does not count: then the monitor was DEGRADED, not DOWN.
 */
export function outageStartMs(
  state: MonitorState,
  down: readonly string[],
  quorum: number,
  intervalMs: number,
): number {
  const starts = down
    .map((code) => state.regions[code]?.firstFailureAtMs)
    .filter((atMs) => typeof atMs === 'number')
    .sort((a, b) => a - b)
  const complete = starts[Math.min(quorum, starts.length) - 1] ?? state.sinceMs
  return starts.find((atMs) => atMs >= complete - intervalMs) ?? complete
}

/** How many checks since the outage began confirmed it, and how many there were. */
export function countChecks(runUp: readonly RunUpCheck[], startedAtMs: number): { failed: number; total: number } {
  const since = runUp.filter((check) => check.atMs >= startedAtMs)
  return { failed: since.filter((check) => check.failed).length, total: since.length }
}

/** How bad it is: every region is HIGH, half or more MEDIUM, less LOW; a mistake in the configuration is at most MEDIUM. */
export function severityOf(
  monitor: Monitor,
  share: { failing: number; regions: number },
  category: RootCauseCategory,
): Severity {
  if (monitor.settings.severity !== null) return monitor.settings.severity
  if (share.failing < share.regions) return share.failing * 2 >= share.regions ? 'MEDIUM' : 'LOW'
  return category === 'CONFIGURATION_ERROR' ? 'MEDIUM' : 'HIGH'
}

/** The cause that most of the failing regions saw; on a tie the one that was seen first. */
export function causeOf(failing: readonly CheckSummary[]): { sentence: string; category: RootCauseCategory } {
  const counts = new Map<RootCauseCategory, number>()
  for (const { category } of failing) counts.set(category ?? 'UNKNOWN', (counts.get(category ?? 'UNKNOWN') ?? 0) + 1)
  let category: RootCauseCategory = 'UNKNOWN'
  let most = 0
  for (const [candidate, count] of counts) {
    if (count > most) [category, most] = [candidate, count]
  }
  const example = failing.find((summary) => (summary.category ?? 'UNKNOWN') === category)
  return { sentence: example?.error ?? 'the check failed', category }
}

/** What an incident is made of when it opens. */
export type NewIncident = Pick<
  Incident,
  | 'startedAtMs'
  | 'severity'
  | 'rootCause'
  | 'rootCauseCategory'
  | 'affectedRegions'
  | 'checksFailed'
  | 'checksTotal'
  | 'evidence'
>
