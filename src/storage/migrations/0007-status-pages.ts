import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** Status pages and the monitors on them; and incidents by the time at which they ended, for figures. */
export async function createStatusPages(db: Kysely<Tables>, autoKey: string): Promise<void> {
  const key = sql.raw(autoKey)
  const run = (text: ReturnType<typeof sql>) => text.execute(db)

  await run(sql`create table status_page (
    key ${key}, id text not null unique, account_id text not null references account (id), name text not null,
    slug text not null unique, custom_domain text unique, is_public integer not null, settings_json text not null,
    groups_json text not null, created_at bigint not null, updated_at bigint not null)`)
  await run(sql`create index status_page_account on status_page (account_id, created_at, id)`)
  // A deleted monitor leaves every page.
  await run(sql`create table status_page_monitor (
    page_key integer not null references status_page (key) on delete cascade,
    monitor_key integer not null references monitor (key) on delete cascade, position integer not null,
    display_name text, group_name text, show_response_time integer not null, primary key (page_key, monitor_key))`)
  await run(sql`create index status_page_monitor_key on status_page_monitor (monitor_key)`)

  await run(sql`create index incident_resolved on incident (account_id, resolved_at)`)
}
