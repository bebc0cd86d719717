import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** Check results in two tiers; how they are laid out is this engine's own affair. */
export async function createResults(db: Kysely<Tables>): Promise<void> {
  const run = (text: ReturnType<typeof sql>) => text.execute(db)

  await run(sql`create table region (id integer primary key, code text not null unique)`)
  // One line of results: a monitor seen from a region. Keys are never used again. Blocks of hours before `kept_from` are dropped.
  await run(sql`create table series (
    id integer primary key autoincrement, monitor_key integer not null, region_id integer not null references region (id),
    kept_from integer not null default 0,
    unique (monitor_key, region_id))`)

  // The hot tier, in order of arrival and without any index. Durations in units of 0.1 ms.
  await run(sql`create table result (
    id integer primary key, series integer not null, scheduled_ms integer not null, start_offset integer not null,
    kind integer not null, status integer not null, status_code integer, total integer, dns integer, connect integer,
    tls integer, first_byte integer, download integer, error text, category text, details text)`)

  // The closed tier. A block is cut into pieces that fill 4 KB pages without loss (see block-pieces.ts).
  await run(sql`create table block_piece (id integer primary key, data blob not null)`)
  // One row per series and hour: where its block is, how far the hot tier is merged into it, and its roll-up.
  await run(sql`create table rollup_hour (
    series integer not null, hour integer not null, merged_through integer not null, piece integer, pieces integer not null,
    rows integer not null, up integer not null, degraded integer not null, down integer not null, unknown integer not null,
    measured integer not null, sum integer not null, p50 integer, p90 integer,
    p95 integer, p99 integer, sketch blob,
    primary key (series, hour)) without rowid`)
  await run(sql`create table rollup_day (
    series integer not null, day integer not null, up integer not null, degraded integer not null, down integer not null,
    unknown integer not null, measured integer not null, sum integer not null, p50 integer, p90 integer,
    p95 integer, p99 integer, sketch blob,
    primary key (series, day)) without rowid`)
}
