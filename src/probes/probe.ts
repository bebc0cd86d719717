import type { Static, TObject } from 'typebox'
import type { CheckResult, Clock, Json, MonitorType } from '#domain'
import type { TargetPolicy } from './target-policy.ts'

/** What a probe is given beside its configuration. */
export interface ProbeContext {
  clock: Clock
  /** Aborts the check; nothing of it survives. Best one per check: a shared one searches its listeners each time. */
  signal: AbortSignal
  /** One deadline over everything, from name lookup to last byte. */
  timeoutMs: number
  /** Which addresses may be connected to; asked after resolution, on every hop. */
  targets: TargetPolicy
  /** Sent as User-Agent unless the monitor sets its own. */
  userAgent: string
}

/**
 * A monitor type. A bad target is a result with a reason, never a throw; `run` ends by `timeoutMs`, and no socket
 * outlives it. It knows nothing of retries, status over time or storage.
 */
export interface Probe<Config extends TObject = TObject> {
  type: MonitorType
  /** One sentence for documents and forms. */
  summary: string
  /** The type's own fields, beside the common ones. */
  config: Config
  /** Defaults that the type changes in the common fields. */
  defaults?: { interval?: number }
  /** Problems that a schema can't express, as `path: message` pairs; called with url and the type's valid fields. */
  validate?(target: { url: string | null }, config: Static<Config>): { path: string; message: string }[]
  /** What makes a valid monitor unmeasurable from this machine, and what to do about it: whole sentences. */
  warnings?(target: { url: string | null }, config: Static<Config>): string[]
  /**
   * Absent for a type that is never probed: its results come from elsewhere, such as heartbeats. A config object is
   * not changed once it was given: what is worked out from it is kept as long as it is.
   */
  run?(target: { url: string }, config: Static<Config>, context: ProbeContext): Promise<CheckResult>
}

/** A probe whose configuration type is not known here: the registry's view. */
export interface AnyProbe {
  type: MonitorType
  summary: string
  config: TObject
  defaults?: { interval?: number }
  validate?(target: { url: string | null }, config: { [key: string]: Json }): { path: string; message: string }[]
  /** What makes a valid monitor unmeasurable from this machine, and what to do about it: whole sentences. */
  warnings?(target: { url: string | null }, config: { [key: string]: Json }): string[]
  run?(target: { url: string }, config: { [key: string]: Json }, context: ProbeContext): Promise<CheckResult>
}
