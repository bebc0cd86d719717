import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** Everything but check results. `autoKey` is what the engine calls a key that counts by itself. */
export async function createCore(db: Kysely<Tables>, autoKey: string): Promise<void> {
  const key = sql.raw(autoKey)
  const run = (text: ReturnType<typeof sql>) => text.execute(db)

  await run(sql`create table account (
    key ${key}, id text not null unique, name text not null, plan text not null,
    is_suspended integer not null, created_at bigint not null, incident_number integer not null default 0)`)

  await run(sql`create table api_key (
    key ${key}, id text not null unique, account_id text not null references account (id), name text not null,
    prefix text not null, hash text not null unique, permissions_json text not null, created_at bigint not null,
    expires_at bigint, revoked_at bigint, last_used_at bigint)`)
  await run(sql`create index api_key_account on api_key (account_id)`)

  await run(sql`create table monitor (
    key integer primary key, id text not null unique, account_id text not null references account (id),
    type text not null, name text not null, url text, name_folded text not null, url_folded text not null,
    settings_json text not null, config_sealed text not null, is_paused integer not null, is_active integer not null,
    version integer not null, created_at bigint not null, updated_at bigint not null)`)
  await run(sql`create index monitor_account on monitor (account_id, created_at, id)`)
  await run(sql`create table monitor_tag (
    monitor_key integer not null references monitor (key) on delete cascade, tag text not null,
    primary key (monitor_key, tag))`)
  await run(sql`create table monitor_state (
    monitor_key integer primary key references monitor (key) on delete cascade, status text not null,
    state_json text not null)`)
  await run(sql`create table deleted_monitor (monitor_key integer primary key)`)

  await run(sql`create table incident (
    key ${key}, id text not null unique, account_id text not null, monitor_id text not null, monitor_name text not null,
    number integer not null, started_at bigint not null, resolved_at bigint, resolution text, severity text not null,
    root_cause text not null, root_cause_category text not null, affected_regions_json text not null,
    checks_failed integer not null, checks_total integer not null, evidence_json text not null)`)
  await run(sql`create unique index incident_number on incident (account_id, number)`)
  // At most one open incident per monitor, whoever asks.
  await run(sql`create unique index incident_open on incident (monitor_id) where resolved_at is null`)
  await run(sql`create index incident_account on incident (account_id, started_at, id)`)
  await run(sql`create index incident_monitor on incident (monitor_id, started_at)`)

  // No reference to the monitor here and below: what a deleted one leaves is removed in pieces.
  await run(sql`create table heartbeat (
    key ${key}, monitor_key integer not null, at_ms bigint not null, kind text not null, rid text, message text,
    exit_status integer, duration_ms bigint, source text)`)
  await run(sql`create index heartbeat_monitor on heartbeat (monitor_key, at_ms)`)
  await run(sql`create table span (
    monitor_key integer not null, from_ms bigint not null, to_ms bigint not null, status text not null,
    primary key (monitor_key, from_ms))`)

  await run(sql`create table channel (
    key ${key}, id text not null unique, account_id text not null references account (id), name text not null,
    type text not null, config_sealed text not null, events_json text not null, all_monitors integer not null,
    is_active integer not null, created_at bigint not null, updated_at bigint not null)`)
  await run(sql`create index channel_account on channel (account_id, created_at, id)`)

  await run(sql`create table event (
    key ${key}, id text not null unique, account_id text not null, monitor_id text not null, incident_id text,
    name text not null, created_at bigint not null, payload_json text not null)`)
  await run(sql`create index event_incident on event (incident_id, name)`)
  await run(sql`create table delivery (
    key ${key}, id text not null unique, event_id text not null references event (id), channel_id text not null,
    is_again integer not null, status text not null, attempts integer not null, next_attempt_at bigint,
    delivered_at bigint, last_attempt_at bigint, last_status_code integer, last_error text, created_at bigint not null)`)
  await run(sql`create unique index delivery_first on delivery (event_id, channel_id) where is_again = 0`)
  await run(sql`create index delivery_event on delivery (event_id)`)
  await run(sql`create index delivery_pending on delivery (key) where status = 'pending'`)
  await run(sql`create index delivery_channel on delivery (channel_id, created_at)`)
  await run(sql`create index delivery_outcome on delivery (channel_id, last_attempt_at)`)
  await run(sql`create table delivery_attempt (
    key ${key}, delivery_id text not null references delivery (id) on delete cascade, at_ms bigint not null,
    duration_ms bigint not null, status_code integer, error text)`)
  await run(sql`create index delivery_attempt_delivery on delivery_attempt (delivery_id, key)`)

  await run(sql`create table worker_progress (worker_id text primary key, sequence bigint not null)`)
  await run(sql`create table counter (name text primary key, value bigint not null)`)
  await run(sql`create table instance (name text primary key, value text not null)`)
  await run(sql`create table writable (id integer primary key, stamp bigint not null)`)
  await run(sql`insert into writable (id, stamp) values (1, 0)`)
  await run(sql`insert into counter (name, value) values ('monitor', 0), ('result', 0)`)
}
