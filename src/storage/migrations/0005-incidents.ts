import { type Kysely, sql } from 'kysely'
import { ACCOUNT_BUCKET_MS, MONITOR_BUCKET_MS } from '../incident-buckets.ts'
import type { Tables } from '../schema.ts'

/** What people add to incidents, and counts of them by time, so that a list of a million need not count or skip them. */
export async function createIncidents(db: Kysely<Tables>, autoKey: string): Promise<void> {
  const run = (text: ReturnType<typeof sql>) => text.execute(db)
  for (const column of [
    `monitors_json text not null default '[]'`,
    'title text',
    `stage text not null default 'investigating'`,
    'is_public integer not null default 1',
    `found_json text not null default '{}'`,
    'revision integer not null default 0',
    'acknowledged_at bigint',
    'acknowledged_by_json text',
    'opened_by_json text',
    'resolved_by_json text',
    'assignee text',
    'post_mortem text',
    `search_folded text not null default ''`,
  ]) {
    await run(sql`alter table incident add column ${sql.raw(column)}`)
  }
  const zeros = sql`case when number < 10 then '0000' when number < 100 then '000' when number < 1000 then '00'
    when number < 10000 then '0' else '' end`
  await run(sql`update incident set
    search_folded = lower(monitor_name || ' is down ' || root_cause || ' inc-' || ${zeros} || cast(number as text))`)
  await run(sql`update incident set stage = 'resolved' where resolved_at is not null`)

  await run(sql`create table incident_update (
    key ${sql.raw(autoKey)}, id text not null unique, incident_id text not null, at_ms bigint not null,
    status text not null, message text not null, is_public integer not null, by_json text)`)
  await run(sql`create index incident_update_incident on incident_update (incident_id, key)`)
  await run(sql`create table incident_link (
    incident_id text not null, monitor_id text not null, primary key (monitor_id, incident_id))`)
  await run(sql`create index incident_link_incident on incident_link (incident_id)`)

  // At most one open outage per monitor, whoever asks; people may open as many as they like.
  await run(sql`drop index incident_open`)
  await run(
    sql`create unique index incident_open on incident (monitor_id) where resolved_at is null and monitor_id <> ''`,
  )
  // Wide enough that pages are found, and filters looked at, without a row being read.
  await run(sql`drop index incident_account`)
  await run(sql`create index incident_account on incident (
    account_id, started_at, id, resolved_at, severity, root_cause_category, acknowledged_at)`)
  await run(sql`drop index incident_monitor`)
  await run(sql`create index incident_monitor on incident (
    monitor_id, started_at, id, resolved_at, account_id, severity, root_cause_category, acknowledged_at)`)

  await run(sql`create table incident_count (
    account_id text not null, monitor_id text not null, bucket integer not null, is_open integer not null,
    severity text not null, root_cause_category text not null, is_acknowledged integer not null,
    count integer not null,
    primary key (account_id, monitor_id, bucket, is_open, severity, root_cause_category, is_acknowledged))`)
  for (const [monitorId, bucketMs] of [
    [sql.lit(''), ACCOUNT_BUCKET_MS],
    [sql.ref('monitor_id'), MONITOR_BUCKET_MS],
  ] as const) {
    const bucket = sql`started_at / ${sql.lit(bucketMs)}`
    await run(sql`insert into incident_count
      select account_id, ${monitorId}, ${bucket}, case when resolved_at is null then 1 else 0 end, severity,
        root_cause_category, 0, count(*)
      from incident group by 1, 2, 3, 4, 5, 6`)
  }
}
