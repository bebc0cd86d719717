import type { CheckReport } from '#domain'
import type { StoredCheck } from '#storage'
import { isoMillis } from '../http/times.ts'
import type { Check } from './answers.ts'

/** A check as the API shows it, whether it was saved or has just ended. Times in ms. */
export function presentCheck(check: StoredCheck): Check {
  const { phases } = check
  return {
    region: check.region,
    status: check.status,
    checkedAt: isoMillis(check.startedAtMs),
    statusCode: check.statusCode,
    responseTime: tenths(check.responseTimeMs),
    phases: {
      dns: tenths(phases.dns),
      connect: tenths(phases.connect),
      tls: tenths(phases.tls),
      firstByte: tenths(phases.firstByte),
      download: tenths(phases.download),
    },
    error: check.error,
    rootCauseCategory: check.rootCauseCategory,
    details: check.details,
  }
}

/** A check that has just ended. */
export function presentReport({ region, scheduledAtMs, startedAtMs, kind, result }: CheckReport) {
  const { category, ...rest } = result
  return presentCheck({ region, scheduledAtMs, startedAtMs, kind, rootCauseCategory: category, ...rest })
}

function tenths(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10
}
