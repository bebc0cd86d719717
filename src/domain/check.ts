import type { WatchedCertificate } from './certificate-watch.ts'
import type { RootCauseCategory } from './root-cause.ts'

/** What one check found. UNKNOWN: it could not be measured, and the target is not to blame. */
export const CHECK_STATUSES = ['UP', 'DEGRADED', 'DOWN', 'UNKNOWN'] as const
export type CheckStatus = (typeof CHECK_STATUSES)[number]

/** Durations in ms with fractions; null where a phase did not happen or was not reached. */
export interface Phases {
  dns: number | null
  connect: number | null
  tls: number | null
  firstByte: number | null
  download: number | null
}

export const NO_PHASES: Readonly<Phases> = { dns: null, connect: null, tls: null, firstByte: null, download: null }

/** Anything that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The outcome of one run of a probe, before anyone decided what it means. */
export interface CheckResult {
  status: CheckStatus
  /** Total time of the check in ms with fractions; null when nothing was measured. */
  responseTimeMs: number | null
  phases: Phases
  /** HTTP status code, or the type's own numeric code; null when there was none. */
  statusCode: number | null
  /** One sentence: what was expected and what came. Null for UP. */
  error: string | null
  category: RootCauseCategory | null
  /**
   * True when the fault looks like ours (no route from here, resolver gone, out of sockets), so that many at once
   * are read as a blind spot and not as outages.
   */
  localFault: boolean
  /** The type's own facts: certificate, DNS answers, addresses tried. Small, masked, safe to show. */
  details: Json
  /** What a failing check saw (status line, headers, first 4 KB of body), kept with the incident. Null for UP. */
  evidence: Json
  /** The server's certificate, where the check saw one. */
  certificate?: WatchedCertificate | null
}

/** How a check came to be. */
export type CheckKind = 'planned' | 'recheck' | 'manual'

/** A check result with where, when and for which configuration it ran: what a worker reports. */
export interface CheckReport {
  monitorId: string
  /** The monitor's version that was checked; a report for an older one changes nothing. */
  version: number
  region: string
  kind: CheckKind
  /** Wall ms at which the check was planned: unique per monitor and region. */
  scheduledAtMs: number
  /** Wall ms at which it started. */
  startedAtMs: number
  result: CheckResult
}

/** A failed measurement that says nothing about the target. */
export function unknownResult(error: string): CheckResult {
  return {
    status: 'UNKNOWN',
    responseTimeMs: null,
    phases: { ...NO_PHASES },
    statusCode: null,
    error,
    category: null,
    localFault: true,
    details: null,
    evidence: null,
  }
}

/** What turns that which a probe saw into what it counts as. */
export interface Judgement {
  /** A success slower than this is DEGRADED. */
  degradedThresholdMs: number | null
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Time of the check that was lost here, and is not the target's slowness. 0 unless given. */
  lostMs?: number
}

/** Applies `upsideDown`, then `degradedThresholdMs`, to a probe's raw result. UNKNOWN stays UNKNOWN. */
export function judge(result: CheckResult, { degradedThresholdMs, upsideDown, lostMs = 0 }: Judgement): CheckResult {
  if (result.status === 'UNKNOWN') return result
  if (upsideDown) return invert(result)
  const tookMs = Math.max(0, (result.responseTimeMs ?? 0) - lostMs)
  if (result.status !== 'UP' || degradedThresholdMs === null || tookMs <= degradedThresholdMs) return result
  const lost = lostMs > 0 ? `, without ${Math.round(lostMs)} ms that were lost here` : ''
  return {
    ...result,
    status: 'DEGRADED',
    error: `response time: expected at most ${degradedThresholdMs} ms, got ${Math.ceil(tookMs)} ms${lost}`,
  }
}

function invert(result: CheckResult): CheckResult {
  if (result.status === 'DOWN') return { ...result, status: 'UP', error: null, category: null, evidence: null }
  return {
    ...result,
    status: 'DOWN',
    error: 'expected the check to fail (upside down), but it succeeded',
    category: 'CONFIGURATION_ERROR',
    evidence: { statusCode: result.statusCode, phases: { ...result.phases }, details: result.details },
  }
}
