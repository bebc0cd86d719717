import type { CheckStatus, Json, MeasuredTime, Phases } from '#domain'
import type { Page, Paged } from './port.ts'

/** One stored check. */
export interface StoredCheck {
  region: string
  scheduledAtMs: number
  startedAtMs: number
  kind: string
  status: CheckStatus
  statusCode: number | null
  responseTimeMs: number | null
  phases: Phases
  error: string | null
  rootCauseCategory: string | null
  details: Json
}

/** Scheduled in `[fromMs, toMs)`. */
export interface CheckFilter {
  fromMs?: number
  toMs?: number
  region?: string
  status?: CheckStatus
}

/**
 * Figures over one bucket of time, whole also where the range begins or ends inside it. Response times in ms, of checks
 * that were UP or DEGRADED (how long a failure took says nothing about the service); null when nothing was measured.
 * Averages are exact, percentiles within 1 %.
 */
export interface ResponseFigures {
  fromMs: number
  region: string | null
  up: number
  degraded: number
  down: number
  unknown: number
  /** How many response times the figures below are made of. */
  measured: number
  averageMs: number | null
  p50Ms: number | null
  p90Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
}

export interface ResultRepository {
  /** Newest first, over both tiers. */
  list(monitorId: string, filter: CheckFilter, page: Page): Promise<Paged<StoredCheck>>
  /** Newest check of each region. */
  latest(monitorId: string): Promise<StoredCheck[]>
  /** Figures per hour or day (UTC), oldest first, regions together or apart. */
  figures(
    monitorId: string,
    range: { fromMs: number; toMs: number },
    options: { bucket: 'hour' | 'day'; byRegion: boolean },
  ): Promise<ResponseFigures[]>
  /**
   * Average response time over a range, for several monitors at once; absent where nothing was measured. An hour that is
   * closed counts whole.
   */
  averages(monitorIds: string[], range: { fromMs: number; toMs: number }): Promise<Map<string, number>>
  /**
   * Figures over one whole range, regions together and apart (in order of their codes, those with checks in it). Exact at
   * both ends, but for an hour whose checks are no longer kept: it counts whole.
   */
  totals(
    monitorId: string,
    range: { fromMs: number; toMs: number },
  ): Promise<{ together: ResponseFigures; byRegion: ResponseFigures[] }>
  /** Figures over one range of several monitors together; hours that it touches count whole. */
  totalsOf(monitorIds: string[], range: { fromMs: number; toMs: number }): Promise<ResponseFigures>
  /**
   * Single response times of `[fromMs, toMs)` by schedule, oldest first; null of failed checks. For short ranges. Where
   * there are more than `atMost`, it reads no further: some of them, and more than `atMost`.
   */
  times(
    monitorId: string,
    range: { fromMs: number; toMs: number },
    options?: { region?: string | undefined; atMost?: number },
  ): Promise<MeasuredTime[]>
  /** Closes finished hours into blocks, a bounded piece at a time (at most some ms). True while more is left. */
  closeHours(nowMs: number): Promise<boolean>
  /** Drops blocks older than the cut of their account, a bounded piece at a time. True while more is left. */
  dropOlder(accountId: string, beforeMs: number): Promise<boolean>
  /** The sequence up to which a worker's batches are applied; 0 at first. */
  appliedSequence(workerId: string): Promise<number>
}
