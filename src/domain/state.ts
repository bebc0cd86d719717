import type { CertificateWatch } from './certificate-watch.ts'
import type { HeartbeatState } from './heartbeat-state.ts'
import type { MaintenanceState } from './maintenance-state.ts'
import type { MonitorStatus } from './monitor.ts'
import type { RootCauseCategory } from './root-cause.ts'
import type { SpanStatus } from './span.ts'

/** What a region's last checks say, once confirmed. UNKNOWN: nothing measured yet. */
export type Verdict = 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN'

/** The newest measured check of a region, as far as sentences and payloads need it. */
export interface CheckSummary {
  statusCode: number | null
  responseTimeMs: number | null
  error: string | null
  category: RootCauseCategory | null
}

export interface RegionState {
  verdict: Verdict
  /** Newest scheduled time seen, wall ms; anything older arrives too late to count. */
  lastScheduledAtMs: number
  /** The newest check could not be measured. */
  blind: boolean
  /** Checks in a row that failed, that failed or were slow, that succeeded (slow ones too), that were fast. */
  failures: number
  troubles: number
  successes: number
  clean: number
  /** Starts of the first check of the running row of failures, of troubles, of successes; wall ms. */
  firstFailureAtMs: number | null
  firstTroubleAtMs: number | null
  firstSuccessAtMs: number | null
  last: CheckSummary
}

/** One check since the first sign of trouble: evidence for `checksFailed` and `checksTotal`. */
export interface RunUpCheck {
  region: string
  atMs: number
  failed: boolean
}

/** Everything the engine knows of a monitor between two events. Plain JSON, saved when it changes in substance. */
export interface MonitorState {
  status: MonitorStatus
  sinceMs: number
  /** The running span. */
  span: { status: SpanStatus; fromMs: number }
  regions: { [code: string]: RegionState }
  /** Checks since the first failure with no region clean of failures in between, newest last, at most 64. */
  runUp: RunUpCheck[]
  /** Whether people were told of the running DEGRADED or DOWN, so that a recovery is only told to those. */
  told: boolean
  /** The channels that the running DEGRADED or DOWN was told to. */
  toldChannelIds: string[]
  /** Why the monitor can't be judged now; null when it can. */
  unknownReason: string | null
  lastCheckedAtMs: number | null
  /** CRON only. */
  heartbeat: HeartbeatState | null
  /** Absent until a check saw a certificate. */
  certificate?: CertificateWatch | null
  /** While the monitor is in maintenance: what is held back until that ends. */
  maintenance?: MaintenanceState | null
  /** The maintenance that ended last, wall ms. */
  lastMaintenance?: { fromMs: number; toMs: number } | null
}

/**
 * Whether the difference between two states must survive a crash. What every check changes while all stays as it is, up
 * or down (counters, times of the newest check), need not: it is known again within one interval.
 */
export function differsInSubstance(before: MonitorState, after: MonitorState, region: string): boolean {
  if (before.heartbeat !== after.heartbeat || before.status !== after.status || before.told !== after.told) return true
  if (before.span !== after.span || before.unknownReason !== after.unknownReason) return true
  if ((before.maintenance ?? null) !== (after.maintenance ?? null)) return true
  const status = after.maintenance?.status ?? after.status
  // The checks of the run-up were counted when the outage began.
  if (status !== 'DOWN' && (before.runUp.length > 0 || after.runUp.length > 0)) return true
  if (before.certificate !== after.certificate) return true
  const was = before.regions[region]
  const is = after.regions[region]
  if (was === undefined || is === undefined) return was !== is
  if (was.verdict !== is.verdict || was.blind !== is.blind) return true
  const isCalm = was.troubles === 0 && is.troubles === 0 && is.verdict === 'UP'
  const isDown = was.successes === 0 && is.successes === 0 && is.verdict === 'DOWN'
  return !(isCalm || (isDown && status === 'DOWN'))
}

/** The state of a monitor that has just been created, resumed or switched on. */
export function pendingState(nowMs: number, heartbeat: HeartbeatState | null): MonitorState {
  return {
    status: 'PENDING',
    sinceMs: nowMs,
    span: { status: 'UNKNOWN', fromMs: nowMs },
    regions: {},
    runUp: [],
    told: false,
    toldChannelIds: [],
    unknownReason: null,
    lastCheckedAtMs: null,
    heartbeat,
  }
}
