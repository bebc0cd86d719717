import type { Insertable, Kysely, Selectable } from 'kysely'
import type { Json } from '#domain'
import { fromJson } from '../json.ts'
import { AUDIT_ACTORS, type AuditEntry, type AuditFilter, type AuditRepository } from '../port.ts'
import type { AuditTable, Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'
import { ROWS_A_PIECE } from './rows-a-piece.ts'

/** The audit log in the database. */
export function auditRepository(db: Kysely<Tables>): AuditRepository {
  return {
    async add(entry) {
      await db.insertInto('audit_entry').values(toRow(entry)).execute()
    },
    async list(accountId, filter, page) {
      const matching = matchingRows(db, accountId, filter)
      const rows = await matching
        .selectAll()
        .orderBy('at_ms', 'desc')
        .orderBy('key', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      return { rows: rows.map(toEntry), count: await countRows(matching) }
    },
    async dropOlder(beforeMs) {
      const old = db.selectFrom('audit_entry').select('key').where('at_ms', '<', beforeMs).limit(ROWS_A_PIECE)
      const done = await db.deleteFrom('audit_entry').where('key', 'in', old).executeTakeFirst()
      return done.numDeletedRows === BigInt(ROWS_A_PIECE)
    },
  }
}

function matchingRows(db: Kysely<Tables>, accountId: string, filter: AuditFilter) {
  let query = db.selectFrom('audit_entry').where('account_id', '=', accountId)
  if (filter.fromMs !== undefined) query = query.where('at_ms', '>=', filter.fromMs)
  if (filter.toMs !== undefined) query = query.where('at_ms', '<', filter.toMs)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId)
  if (filter.targetId !== undefined) query = query.where('target_id', '=', filter.targetId)
  if (filter.targetType !== undefined) query = query.where('target_type', '=', filter.targetType)
  return query
}

function toRow(entry: AuditEntry): Omit<Insertable<AuditTable>, 'key'> {
  return {
    id: entry.id,
    account_id: entry.accountId,
    at_ms: entry.atMs,
    action: entry.action,
    actor_type: entry.actor.type,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    target_type: entry.target?.type ?? null,
    target_id: entry.target?.id ?? null,
    target_name: entry.target?.name ?? null,
    before_json: entry.before === null ? null : JSON.stringify(entry.before),
    after_json: entry.after === null ? null : JSON.stringify(entry.after),
    request_id: entry.requestId,
    address: entry.address,
  }
}

function toEntry(row: Selectable<AuditTable>): AuditEntry {
  const fields = (text: string | null) => (text === null ? null : fromJson<{ [name: string]: Json }>(text))
  return {
    id: row.id,
    accountId: row.account_id,
    atMs: row.at_ms,
    action: row.action,
    actor: {
      type: AUDIT_ACTORS.find((type) => type === row.actor_type) ?? 'system',
      id: row.actor_id,
      name: row.actor_name,
    },
    target: row.target_type === null ? null : { type: row.target_type, id: row.target_id, name: row.target_name },
    before: fields(row.before_json),
    after: fields(row.after_json),
    requestId: row.request_id,
    address: row.address,
  }
}
