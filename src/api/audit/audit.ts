import type { FastifyRequest } from 'fastify'
import type { Clock, NewId } from '#domain'
import type { AuditActor, AuditEntry, AuditTarget, Store } from '#storage'
import { actorOf } from './actor.ts'
import { changedFields, type Plain } from './changed-fields.ts'

/** Entries that could not be stored wait for the next try; beyond so many the oldest is lost, and the log says so. */
const WAITING_MAX = 1_000
const RETRY_MS = 5_000
const NAME_MAX = 200
const ADDRESS_MAX = 64

/** What is told of a change. */
export interface AuditChange {
  /** `<thing>.<what happened>`, such as `monitor.updated`. */
  action: string
  target?: AuditTarget
  /** All fields of both sides: which differ is found out here. Leave a side out where there was or is nothing. */
  before?: object | null
  after?: object | null
  /** Hides what only the caller can know to be secret; what is called like a secret is hidden anyway. */
  mask?: (fields: { [name: string]: Plain }) => { [name: string]: Plain }
  /** Default: the request's caller. */
  actor?: AuditActor
  /** Default: the account of the request's caller. */
  accountId?: string
}

/**
 * Records a change that was committed. Never throws: what is done stays done, whatever becomes of its entry. A change in
 * which no field differs is not recorded.
 */
export type Audit = (request: AuditedRequest, change: AuditChange) => Promise<void>

/** What of a request an entry tells. */
export type AuditedRequest = Pick<FastifyRequest, 'id' | 'ip' | 'caller'>

export interface AuditLog {
  record: Audit
  /** Tries once more what could not be stored; for the end. */
  close(): Promise<void>
}

interface AuditLogDeps {
  store: Pick<Store, 'audit'>
  clock: Clock
  newId: NewId
  log?: { error(about: object, message: string): void }
}

/** An audit log in the store. Entries that it refuses are tried again every 5 s. */
export function auditLog({ store, clock, newId, log }: AuditLogDeps): AuditLog {
  const waiting: AuditEntry[] = []
  let retry: { cancel(): void } | null = null

  async function storeWaiting(): Promise<void> {
    retry?.cancel()
    retry = null
    for (let entry = waiting[0]; entry !== undefined; entry = waiting[0]) {
      await store.audit.add(entry)
      if (waiting[0] === entry) waiting.shift()
    }
  }

  async function add(entry: AuditEntry): Promise<void> {
    try {
      await store.audit.add(entry)
    } catch (error) {
      log?.error({ err: error, auditId: entry.id }, 'an audit entry could not be stored; it will be tried again')
      waiting.push(entry)
      if (waiting.length > WAITING_MAX) log?.error({ lost: waiting.shift()?.id }, 'an audit entry is lost')
      tryLater()
    }
  }

  function tryLater(): void {
    retry ??= clock.schedule(RETRY_MS, () => void storeWaiting().catch(tryLater))
  }

  return {
    async record(request, change) {
      try {
        const fields = changedFields(change.before ?? null, change.after ?? null, change.mask)
        if (fields === null) return
        await add({
          id: newId('aud'),
          accountId: change.accountId ?? accountIdOf(request),
          atMs: clock.nowMs(),
          action: change.action,
          actor: named(change.actor ?? actorOf(request)),
          target: change.target === undefined ? null : named(change.target),
          ...fields,
          requestId: request.id,
          // Behind a proxy it is what the proxy wrote.
          address: request.ip.slice(0, ADDRESS_MAX),
        })
      } catch (error) {
        log?.error({ err: error, action: change.action }, 'an audit entry could not be made')
      }
    },
    close: () => storeWaiting().catch((error) => log?.error({ err: error }, 'audit entries are lost')),
  }
}

function accountIdOf(request: AuditedRequest): string {
  if (request.caller === null) throw new Error('a change without a caller names its account')
  return request.caller.account.id
}

function named<Thing extends { name: string | null }>(thing: Thing): Thing {
  return thing.name === null ? thing : { ...thing, name: thing.name.slice(0, NAME_MAX).toWellFormed() }
}
