import type { CheckReport } from './check.ts'
import type { RegionState } from './state.ts'

/** No check of any row has been seen yet. */
export const NO_ROWS = {
  failures: 0,
  troubles: 0,
  successes: 0,
  clean: 0,
  firstFailureAtMs: null,
  firstTroubleAtMs: null,
  firstSuccessAtMs: null,
} satisfies Partial<RegionState>

/** Of a region nothing is known yet. */
export const NEW_REGION: RegionState = {
  verdict: 'UNKNOWN',
  lastScheduledAtMs: Number.NEGATIVE_INFINITY,
  blind: false,
  ...NO_ROWS,
  last: { statusCode: null, responseTimeMs: null, error: null, category: null },
}

export interface ConfirmationRule {
  /** Checks in a row that must fail before a region is DOWN. */
  confirmationChecks: number
  /** Checks in a row that must succeed before it is UP again. */
  recoveryChecks: number
}

/** A region's state after one more check. Pure counting; `report` must be newer than what the region has seen. */
export function observe(before: RegionState | undefined, report: CheckReport, rule: ConfirmationRule): RegionState {
  const region = before ?? NEW_REGION
  const { status } = report.result
  if (status === 'UNKNOWN') return { ...region, lastScheduledAtMs: report.scheduledAtMs, blind: true }
  const failed = status === 'DOWN'
  const trouble = status !== 'UP'
  const next: RegionState = {
    verdict: region.verdict,
    lastScheduledAtMs: report.scheduledAtMs,
    blind: false,
    failures: failed ? region.failures + 1 : 0,
    troubles: trouble ? region.troubles + 1 : 0,
    successes: failed ? 0 : region.successes + 1,
    clean: trouble ? 0 : region.clean + 1,
    firstFailureAtMs: failed ? (region.firstFailureAtMs ?? report.startedAtMs) : null,
    firstTroubleAtMs: trouble ? (region.firstTroubleAtMs ?? report.startedAtMs) : null,
    firstSuccessAtMs: failed ? null : (region.firstSuccessAtMs ?? report.startedAtMs),
    last: {
      statusCode: report.result.statusCode,
      responseTimeMs: report.result.responseTimeMs,
      error: report.result.error,
      category: report.result.category,
    },
  }
  return { ...next, verdict: verdictOf(next, rule) }
}

function verdictOf(region: RegionState, rule: ConfirmationRule): RegionState['verdict'] {
  if (region.failures >= rule.confirmationChecks) return 'DOWN'
  if (region.verdict === 'DOWN' && region.successes < rule.recoveryChecks) return 'DOWN'
  if (region.failures > 0 && region.verdict === 'UNKNOWN') return 'UNKNOWN'
  if (region.troubles >= rule.confirmationChecks) return 'DEGRADED'
  if (region.verdict === 'UP' || region.verdict === 'UNKNOWN') return 'UP'
  if (region.clean >= rule.recoveryChecks) return 'UP'
  return 'DEGRADED'
}

/**
 * How soon the region should be checked again to confirm what it saw: 1, 2, 4 … s, or null when its own schedule
 * is soon enough, since nothing is in doubt.
 */
export function confirmDelayMs(region: RegionState, rule: ConfirmationRule): number | null {
  const confirming = region.troubles > 0 && region.troubles < rule.confirmationChecks
  const failing = region.failures > 0 && region.failures < rule.confirmationChecks
  if (failing && region.verdict !== 'DOWN') return doubling(region.failures)
  if (confirming && (region.verdict === 'UP' || region.verdict === 'UNKNOWN')) return doubling(region.troubles)
  const recovering = region.verdict === 'DOWN' ? region.successes : region.verdict === 'DEGRADED' ? region.clean : 0
  return recovering > 0 && recovering < rule.recoveryChecks ? doubling(recovering) : null
}

function doubling(times: number): number {
  return 1_000 * 2 ** (times - 1)
}
