import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** What the audit log can be filtered by: of a million entries of one account a filter looked at each, for half a second. */
export async function indexAuditFilters(db: Kysely<Tables>): Promise<void> {
  for (const column of ['action', 'actor_id', 'target_id', 'target_type']) {
    const name = sql.raw(`audit_entry_${column}`)
    await sql`create index ${name} on audit_entry (account_id, ${sql.raw(column)}, at_ms, key)`.execute(db)
  }
}
