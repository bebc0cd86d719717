import type { Json } from '#domain'
import type { Page, Paged } from './port.ts'

export const AUDIT_ACTORS = ['key', 'member', 'operator', 'system'] as const
export type AuditActorType = (typeof AUDIT_ACTORS)[number]

/** Who did something: an API key, a person, the operator at the command line, or the product itself. */
export interface AuditActor {
  type: AuditActorType
  id: string | null
  /** As it was called then. */
  name: string
}

/** What was changed. */
export interface AuditTarget {
  type: string
  id: string | null
  name: string | null
}

/** One change that somebody made. */
export interface AuditEntry {
  /** `aud_` + 16 characters. */
  id: string
  accountId: string
  atMs: number
  /** Such as `monitor.updated`. */
  action: string
  actor: AuditActor
  target: AuditTarget | null
  /** The fields that changed, secrets masked; null where there was nothing before. */
  before: { [name: string]: Json } | null
  /** Null where nothing was left. */
  after: { [name: string]: Json } | null
  requestId: string | null
  address: string | null
}

/** At `[fromMs, toMs)`. */
export interface AuditFilter {
  fromMs?: number
  toMs?: number
  action?: string
  actorId?: string
  targetId?: string
  targetType?: string
}

export interface AuditRepository {
  add(entry: AuditEntry): Promise<void>
  /** Newest first; of one ms the one that was added last. */
  list(accountId: string, filter: AuditFilter, page: Page): Promise<Paged<AuditEntry>>
  /** Drops entries from before the moment, a bounded piece at a time. True while more is left. */
  dropOlder(beforeMs: number): Promise<boolean>
}
