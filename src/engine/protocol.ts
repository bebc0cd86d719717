import type { CheckReport, CheckResult, Json, MonitorType } from '#domain'

/**
 * How the engine and a region's worker talk: assignments in, results out. A worker thread speaks it over a message
 * port, a remote region will speak it over HTTPS; nothing else passes between them.
 */

/** All that a worker needs to check a monitor. */
export interface Assignment {
  monitorId: string
  version: number
  type: MonitorType
  url: string
  config: { [key: string]: Json }
  intervalMs: number
  timeoutMs: number
  degradedThresholdMs: number | null
  upsideDown: boolean
  /** Check at once, then by phase: a new or resumed monitor. */
  immediate: boolean
  /** Scheduled time of a check that was due while nobody looked; null when none was. */
  missedAtMs: number | null
}

export type ToWorker =
  /** Adds or replaces assignments and takes some away; with `isAll` every one that is not added, too. */
  | { kind: 'assign'; add: Assignment[]; remove: string[]; isAll?: true }
  /** Checks again in `delayMs`, unless the next planned check comes first. */
  | { kind: 'recheck'; monitorId: string; version: number; delayMs: number }
  /** Checks a configuration once, now, outside the schedule; answered by `answer`. */
  | { kind: 'ask'; askId: number; assignment: Assignment }
  /** Results up to this sequence are stored and may be forgotten. */
  | { kind: 'stored'; sequence: number }
  /** What the instance allows has changed. */
  | { kind: 'settings'; allowPrivateTargets: boolean }
  /** Starts nothing new; ends what runs; then says `drained`. */
  | { kind: 'drain' }

export type FromWorker =
  | { kind: 'results'; sequence: number; reports: CheckReport[] }
  | { kind: 'answer'; askId: number; scheduledAtMs: number; startedAtMs: number; result: CheckResult }
  /** Every second: how it is. `lateMs` is the latest start since the last one. */
  | { kind: 'alive'; atMs: number; inFlight: number; lateMs: number; overdue: number }
  /** The worker could not look between the two wall times (stalled loop, suspended machine, jumped clock). */
  | { kind: 'blind'; fromMs: number; toMs: number; reason: string }
  | { kind: 'drained' }

/** One end of the line. */
export interface Line<Out, In> {
  send(message: Out): void
  onMessage(listener: (message: In) => void): void
  close(): void
}

export type EngineLine = Line<ToWorker, FromWorker>
export type WorkerLine = Line<FromWorker, ToWorker>
