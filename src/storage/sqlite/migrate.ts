import { type Kysely, sql } from 'kysely'
import { createCore } from '../migrations/0001-core.ts'
import { createRequests } from '../migrations/0003-requests.ts'
import { createPeople } from '../migrations/0004-people.ts'
import { createIncidents } from '../migrations/0005-incidents.ts'
import { createMaintenance } from '../migrations/0006-maintenance.ts'
import { createStatusPages } from '../migrations/0007-status-pages.ts'
import { indexAuditFilters } from '../migrations/0008-audit-filters.ts'
import type { Tables } from '../schema.ts'
import { createResults } from './0002-results.ts'

const AUTO_KEY = 'integer primary key autoincrement'

interface Migration {
  name: string
  up(db: Kysely<Tables>): Promise<void>
}

/** In order; a name that was released is never changed or taken away. */
const MIGRATIONS: readonly Migration[] = [
  { name: '0001-core', up: (db) => createCore(db, AUTO_KEY) },
  { name: '0002-results', up: createResults },
  { name: '0003-requests', up: (db) => createRequests(db, AUTO_KEY) },
  { name: '0004-people', up: (db) => createPeople(db, AUTO_KEY) },
  { name: '0005-incidents', up: (db) => createIncidents(db, AUTO_KEY) },
  { name: '0006-maintenance', up: (db) => createMaintenance(db, AUTO_KEY) },
  { name: '0007-status-pages', up: (db) => createStatusPages(db, AUTO_KEY) },
  { name: '0008-audit-filters', up: indexAuditFilters },
]

/**
 * Brings the database up to this program's schema in one transaction: a crash half-way leaves what was there before, and
 * of two processes that start at once one waits. Throws `StorageError`.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const known = await sql`select name from sqlite_master where type = 'table' and name = 'migration'`.execute(db)
  if (known.rows.length > 0 && (await pending(db)).length === 0) return
  await db.transaction().execute(async (tx) => {
    await tx.schema
      .createTable('migration')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .execute()
    for (const migration of await pending(tx)) {
      await migration.up(tx)
      await tx.insertInto('migration').values({ name: migration.name }).execute()
    }
  })
}

async function pending(db: Kysely<Tables>): Promise<Migration[]> {
  const done = new Set((await db.selectFrom('migration').select('name').execute()).map((row) => row.name))
  return MIGRATIONS.filter((migration) => !done.has(migration.name))
}
