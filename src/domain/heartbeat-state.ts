/** Where a CRON monitor stands. Plain JSON. */
export interface HeartbeatState {
  /** Wall ms of the last success, fail or start; null before the first. */
  lastPingAtMs: number | null
  /** When the next success is expected; null while nothing can be (no first ping yet, or paused). */
  expectedAtMs: number | null
  /** expected + grace: when a missing beat becomes a failure. Null likewise. */
  deadlineAtMs: number | null
  /** Runs that started and have not ended, by run id ('' when the job sends none), oldest first, at most 100. */
  runs: { rid: string; startedAtMs: number; overdueAtMs: number | null }[]
}

export const HEARTBEAT_KINDS = ['success', 'fail', 'start', 'log'] as const
export type HeartbeatKind = (typeof HEARTBEAT_KINDS)[number]

/** A signal that a job sent. */
export interface Heartbeat {
  monitorId: string
  atMs: number
  kind: HeartbeatKind
  /** Pairs a start with its end when runs overlap. */
  rid: string | null
  /** The job's own words, at most 10,000 characters. */
  message: string | null
  exitStatus: number | null
  /** ms from the paired start; null without one. Filled in by the decision. */
  durationMs: number | null
  /** Address and user agent, for people. */
  source: string | null
}

/** When a CRON monitor's job is due. */
export interface HeartbeatPlan {
  /** Cron expression of five or six fields, or null for a plain interval. */
  schedule: string | null
  timezone: string
  intervalMs: number
  gracePeriodMs: number
  maxDurationMs: number | null
}
