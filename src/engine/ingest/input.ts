import type {
  Actor,
  CheckReport,
  Heartbeat,
  Incident,
  IncidentChange,
  IncidentRefusal,
  MaintenanceWindow,
  Monitor,
} from '#domain'

/** Everything that may change what is known of a monitor enters the engine as one of these, in order. */
export type Input =
  /** What a worker sent together is applied together. */
  | { kind: 'reports'; reports: CheckReport[]; source: Source | null }
  | { kind: 'beat'; beat: Heartbeat }
  | { kind: 'due'; monitorId: string }
  | { kind: 'create'; monitor: Monitor }
  | { kind: 'update'; monitor: Monitor }
  | { kind: 'delete'; monitorId: string }
  | { kind: 'blind'; monitorIds: readonly string[]; fromMs: number; toMs: number; reason: string; jumpMs?: number }

  /** People open an incident; it gets its number here. */
  | { kind: 'open incident'; incident: Omit<Incident, 'number'>; message: string; by: Actor }
  /** People change one. `stored`: as it was read; `isSure`: it was read again, since the engine knew it otherwise. */
  | { kind: 'change incident'; stored: Incident; isSure: boolean; change: IncidentChange; by: Actor }
  | { kind: 'delete incident'; incidentId: string }
  /** A maintenance window is made, changed or cancelled. */
  | { kind: 'window'; window: MaintenanceWindow }
  /** Windows have begun or ended, which these monitors follow. `missed`: they did both while nobody looked. */
  | {
      kind: 'maintenance'
      windowIds: readonly string[]
      monitorIds: readonly string[]
      missed: { fromMs: number; toMs: number } | null
    }

/** The worker's batch that reports came in; null when they were asked for. */
export interface Source {
  workerId: string
  sequence: number
  /** Whether the sequence must be stored with the results. */
  isKept: boolean
}

/** An input on its way, and who waits for it. `done` is called once what it led to is committed. */
export interface Pending {
  input: Input
  done: ((effect: Effect) => void) | null
  /** A caller that can try again is told of a failure at once; null: the input waits until the store is well. */
  failed: ((error: Error) => void) | null
}

/**
 * What became of an input. `ignored`: nothing was to be changed (a stale report, an unknown monitor). `stale`: the engine
 * has moved the incident on since it was read. Else the incident as it now is, or why it can't be changed like this.
 */
export type Effect = 'applied' | 'ignored' | 'stale' | { incident: Incident } | IncidentRefusal
