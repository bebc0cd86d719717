import type {
  CheckReport,
  Heartbeat,
  Incident,
  IncidentUpdate,
  Monitor,
  MonitorState,
  OutboxEvent,
  RootCauseCategory,
  Severity,
  Span,
} from '#domain'
import type { AccountRepository, KeyRepository } from './accounts.ts'
import type { AuditRepository } from './audit.ts'
import type { ResultRepository } from './check-results.ts'
import type { ChannelRepository, DeliveryRepository } from './deliveries.ts'
import type { IdempotencyRepository } from './idempotency.ts'
import type { IncidentHistoryRepository } from './incident-history.ts'
import type { MaintenanceChanges, MaintenanceRepository } from './maintenance.ts'
import type { InvitationRepository, MemberRepository, SessionRepository, UserRepository } from './people.ts'
import type { StatusPageRepository } from './status-pages.ts'

export * from './accounts.ts'
export * from './audit.ts'
export * from './check-results.ts'
export * from './deliveries.ts'

/**
 * A place where everything is kept. Asynchronous throughout, so that an engine behind a network fits.
 * Methods throw `StorageError` and nothing else.
 */
export interface Store {
  accounts: AccountRepository
  keys: KeyRepository
  users: UserRepository
  members: MemberRepository
  invitations: InvitationRepository
  sessions: SessionRepository
  monitors: MonitorRepository
  incidents: IncidentRepository
  incidentHistory: IncidentHistoryRepository
  heartbeats: HeartbeatRepository
  statusPages: StatusPageRepository
  maintenance: MaintenanceRepository
  channels: ChannelRepository
  deliveries: DeliveryRepository
  results: ResultRepository
  spans: SpanRepository
  instance: InstanceRepository
  audit: AuditRepository
  requests: RequestRepository
  idempotency: IdempotencyRepository

  /**
   * Applies a batch of decisions in one transaction: all of it or nothing. What belongs to a monitor or goes to a channel
   * that no longer exists is left out.
   */
  commit(batch: EngineBatch): Promise<void>
  /** Resolves when everything committed before the call is on disk (fsync). */
  durable(): Promise<void>
  /** Seals every secret anew with the first key, in one transaction; answers how many. */
  reseal(): Promise<number>
  /** Throws when a write is not possible now. */
  checkWritable(): Promise<void>
  close(): Promise<void>
}

/** Why storage failed. `busy` and `full` pass; the caller keeps what it has and tries again. */
export class StorageError extends Error {
  readonly reason: 'busy' | 'full' | 'conflict' | 'closed' | 'broken'
  constructor(reason: StorageError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageError'
    this.reason = reason
  }
}

/** What the engine decided within a few milliseconds, written together. */
export interface EngineBatch {
  atMs: number
  monitors: { created: Monitor[]; changed: Monitor[]; deleted: string[] }
  states: { monitorId: string; state: MonitorState }[]
  results: CheckReport[]
  heartbeats: Heartbeat[]
  spans: { ended: Span[] }
  incidents: { opened: Incident[]; changed: Incident[] }
  /** New entries of incidents' timelines. */
  incidentUpdates: IncidentUpdate[]
  /** Ids of incidents that are deleted with their timelines. */
  incidentsDeleted: string[]
  maintenance: MaintenanceChanges
  /** Each event with the channels that it goes to, as chosen at the time of the event. */
  events: { event: OutboxEvent; deliveries: { id: string; channelId: string }[] }[]
  /** The newest batch of each worker that is applied here, so that one sent twice changes nothing. */
  workers: { workerId: string; sequence: number }[]
}

/** A batch in which nothing happened. */
export function emptyBatch(atMs: number): EngineBatch {
  return {
    atMs,
    monitors: { created: [], changed: [], deleted: [] },
    states: [],
    results: [],
    heartbeats: [],
    spans: { ended: [] },
    incidents: { opened: [], changed: [] },
    incidentUpdates: [],
    incidentsDeleted: [],
    maintenance: { saved: [], moved: [] },
    events: [],
    workers: [],
  }
}

export interface Page {
  limit: number
  offset: number
}

/** Rows of one page and how many match in all. */
export interface Paged<Row> {
  rows: Row[]
  count: number
}

export interface MonitorFilter {
  type?: string
  /** Matches name or url, case-insensitive, as plain text. */
  search?: string
  tag?: string
  status?: string
}

export interface MonitorRepository {
  /** Every monitor of every account, for the engine at start. */
  loadAll(): Promise<{ monitor: Monitor; state: MonitorState | null }[]>
  get(accountId: string, id: string): Promise<Monitor | null>
  /** Whatever its account: for heartbeats, where the id or a secret made from it is the capability. */
  find(id: string): Promise<Monitor | null>
  /** Newest first, id as tie-break; `sort` names a column of the list. */
  list(
    accountId: string,
    filter: MonitorFilter,
    page: Page,
    order?: { sort: 'createdAt' | 'updatedAt' | 'name' | 'type' | 'status'; direction: 'asc' | 'desc' },
  ): Promise<Paged<Monitor>>
  count(accountId: string): Promise<number>
  /** Ids of all monitors of an account. */
  ids(accountId: string): Promise<string[]>
  /** A storage key that no monitor has or had. */
  nextKey(): Promise<number>
  /** Removes leftovers (results, spans, heartbeats) of deleted monitors, a bounded piece at a time. True while more is left. */
  purgeDeleted(): Promise<boolean>
}

/** Started in `[fromMs, toMs)`. */
export interface IncidentFilter {
  monitorId?: string
  status: 'active' | 'resolved' | 'all'
  severity?: Severity
  rootCauseCategory?: RootCauseCategory
  acknowledged?: boolean
  /** Part of title, monitor's name, root cause or number; case does not matter. */
  search?: string
  fromMs?: number
  toMs?: number
}

/** An incident without what only its own page shows. */
export type IncidentSummary = Omit<Incident, 'evidence' | 'postMortem'>

export interface IncidentRepository {
  get(accountId: string, id: string): Promise<Incident | null>
  /** Newest start first, id as tie-break. */
  list(accountId: string, filter: IncidentFilter, page: Page): Promise<Paged<IncidentSummary>>
  /** The timeline, oldest first. */
  updates(incidentId: string): Promise<IncidentUpdate[]>
  /** Every open incident that the engine found, of every account, for the engine at start. */
  loadOpen(): Promise<Incident[]>
  /** The highest number that each account has used. */
  lastNumbers(): Promise<Map<string, number>>
}

export interface HeartbeatRepository {
  /** Newest first. */
  list(monitorId: string, page: Page): Promise<Paged<Heartbeat>>
  /** Drops an account's heartbeats from before the moment, a bounded piece at a time. True while more is left. */
  dropOlder(accountId: string, beforeMs: number): Promise<boolean>
}

export interface SpanRepository {
  /** Ended spans that touch the range, oldest first; the running one is in the monitor's state. */
  list(monitorId: string, range: { fromMs: number; toMs: number }): Promise<Span[]>
  listMany(monitorIds: string[], range: { fromMs: number; toMs: number }): Promise<Map<string, Span[]>>
}

/** Counts of requests. A window is an hour since the Unix epoch, a day a UTC day since it. */
export interface RequestRepository {
  /**
   * Counts one request of an account in a window and answers the count; null, and not counted, where `limit` are. Exact
   * however many ask at once, from however many servers.
   */
  take(accountId: string, window: number, limit: number): Promise<number | null>
  /** What each account has used of a window. */
  used(window: number): Promise<Map<string, number>>
  /** Raises counts that were made elsewhere; never lowers one. */
  keepUsed(window: number, counts: [accountId: string, used: number][]): Promise<void>
  addCounts(counts: { accountId: string; day: number; endpoint: string; requests: number }[]): Promise<void>
  /** Requests by endpoint over the days `[from, to)`. */
  counts(accountId: string, days: { from: number; to: number }): Promise<Map<string, number>>
  /** Drops windows and days from before these, a bounded piece at a time. True while more is left. */
  dropOlder(before: { window: number; day: number }): Promise<boolean>
}

export interface InstanceRepository {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}
