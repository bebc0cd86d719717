import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** What requests leave behind: the audit log, counts and answers to repeat. */
export async function createRequests(db: Kysely<Tables>, autoKey: string): Promise<void> {
  const key = sql.raw(autoKey)
  const run = (text: ReturnType<typeof sql>) => text.execute(db)

  // Names are kept beside ids: an entry outlives what it tells of.
  await run(sql`create table audit_entry (
    key ${key}, id text not null unique, account_id text not null, at_ms bigint not null, action text not null,
    actor_type text not null, actor_id text, actor_name text not null, target_type text, target_id text, target_name text,
    before_json text, after_json text, request_id text, address text)`)
  await run(sql`create index audit_entry_account on audit_entry (account_id, at_ms, key)`)
  await run(sql`create index audit_entry_time on audit_entry (at_ms)`)

  // Requests of an account in one window of the rate limit.
  await run(sql`create table rate_window (
    account_id text not null, window_number bigint not null, used integer not null, primary key (account_id, window_number))`)
  await run(sql`create index rate_window_number on rate_window (window_number)`)
  // Requests of an account on one UTC day by route.
  await run(sql`create table request_count (
    account_id text not null, day integer not null, endpoint text not null, requests bigint not null,
    primary key (account_id, day, endpoint))`)
  await run(sql`create index request_count_day on request_count (day)`)

  // Creating requests that may be sent again; without an answer while they run.
  await run(sql`create table idempotency (
    name text primary key, account_id text not null, fingerprint text not null, owner text not null,
    began_at bigint not null, reserved text not null, answer_sealed text)`)
  await run(sql`create index idempotency_account on idempotency (account_id, began_at)`)
  await run(sql`create index idempotency_began on idempotency (began_at)`)

  await run(sql`alter table account add column email text`)
  await run(sql`alter table account add column language text not null default 'en'`)
  await run(sql`alter table account add column timezone text not null default 'UTC'`)
  await run(sql`alter table api_key add column replaced_by text`)
}
