import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** Maintenance windows and the monitors that they are about. */
export async function createMaintenance(db: Kysely<Tables>, autoKey: string): Promise<void> {
  const key = sql.raw(autoKey)
  const run = (text: ReturnType<typeof sql>) => text.execute(db)

  // `status` is that of the newest start or end; `last_ends_at` is null where there is always another occurrence.
  await run(sql`create table maintenance_window (
    key ${key}, id text not null unique, account_id text not null references account (id), title text not null,
    description text, starts_at bigint not null, ends_at bigint not null, timezone text not null, recurrence_json text,
    all_monitors integer not null, status text not null, last_ends_at bigint, cancelled_at bigint,
    created_at bigint not null, updated_at bigint not null)`)
  await run(sql`create index maintenance_account on maintenance_window (account_id, starts_at, id)`)
  await run(
    sql`create index maintenance_open on maintenance_window (account_id) where status in ('SCHEDULED', 'IN_PROGRESS')`,
  )
  // A deleted monitor leaves every window.
  await run(sql`create table maintenance_monitor (
    window_key integer not null references maintenance_window (key) on delete cascade,
    monitor_key integer not null references monitor (key) on delete cascade, place integer not null,
    primary key (window_key, monitor_key))`)
  await run(sql`create index maintenance_monitor_key on maintenance_monitor (monitor_key)`)
}
