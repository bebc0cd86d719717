import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { ACCOUNT_BUCKET_MS, MONITOR_BUCKET_MS } from '../incident-buckets.ts'
import type { IncidentFilter, IncidentSummary, Page, Paged } from '../port.ts'
import type { Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'
import { SUMMARY_COLUMNS, toIncidentSummary } from './incident-row.ts'

/**
 * Neighbouring buckets are looked at together up to so many incidents: to make a query costs as much as to look at some
 * thousands in the index. A search reads whole rows, and shall hold the thread for some ms at most.
 */
const TOGETHER = 20_000
const SEARCHED_TOGETHER = 2_000

/** A stretch of time in which incidents began, `[fromMs, toMs)`, and how many of them match. */
interface Stretch {
  fromMs: number
  toMs: number
  /** All incidents in it, matching or not. */
  total: number
  /** Null: not kept, to be counted. */
  count: number | null
}

/**
 * A page of an account's incidents, newest first, and how many match in all. Counts are kept by stretches of time, so
 * that neither counting nor skipping looks at incidents outside the page: a million of them were counted in 57 ms and
 * skipped half-way in 26 ms by an index alone. What no count is kept of (a search, the ends of a range of time) is
 * counted stretch by stretch.
 */
export async function listIncidents(
  db: Kysely<Tables>,
  accountId: string,
  filter: IncidentFilter,
  page: Page,
): Promise<Paged<IncidentSummary>> {
  // A search takes its time, and lets others in between; all else is read at one moment.
  if (filter.search !== undefined) return readPage(db, accountId, filter, page)
  return db.connection().execute((connection) => readPage(connection, accountId, filter, page))
}

async function readPage(
  db: Kysely<Tables>,
  accountId: string,
  filter: IncidentFilter,
  { limit, offset }: Page,
): Promise<Paged<IncidentSummary>> {
  let count = 0
  let skip = offset
  const keys: number[] = []
  for (const stretch of await stretchesOf(db, accountId, filter)) {
    const own = stretch.count ?? (await countIn(db, accountId, filter, stretch))
    if (filter.search !== undefined) await nextTurn()
    count += own
    const take = Math.min(limit - keys.length, own - skip)
    if (take > 0) keys.push(...(await keysIn(db, accountId, filter, stretch, { own, skip, take })))
    skip = Math.max(0, skip - own)
  }
  if (keys.length === 0) return { rows: [], count }
  const rows = await db
    .selectFrom('incident')
    .select(SUMMARY_COLUMNS)
    .where('key', 'in', keys)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return { rows: rows.map(toIncidentSummary), count }
}

/** The stretches that may hold what is looked for, newest first. */
async function stretchesOf(db: Kysely<Tables>, accountId: string, filter: IncidentFilter): Promise<Stretch[]> {
  const { monitorId = '', fromMs = 0, toMs = Number.MAX_SAFE_INTEGER } = filter
  const bucketMs = monitorId === '' ? ACCOUNT_BUCKET_MS : MONITOR_BUCKET_MS
  const together = filter.search === undefined ? TOGETHER : SEARCHED_TOGETHER
  const matches = sql<number>`sum(case when ${kindOf(filter)} then count else 0 end)`
  const buckets = await db
    .selectFrom('incident_count')
    .select(['bucket', (all) => all.fn.sum<number>('count').as('total'), matches.as('matching')])
    .where('account_id', '=', accountId)
    .where('monitor_id', '=', monitorId)
    .where('bucket', '>=', Math.floor(fromMs / bucketMs))
    .where('bucket', '<=', Math.floor(toMs / bucketMs))
    .groupBy('bucket')
    .having(matches, '>', 0)
    .orderBy('bucket', 'desc')
    .execute()
  const stretches: Stretch[] = []
  for (const row of buckets) {
    const startMs = row.bucket * bucketMs
    const isWhole = fromMs <= startMs && toMs >= startMs + bucketMs && filter.search === undefined
    const stretch: Stretch = {
      fromMs: Math.max(startMs, fromMs),
      toMs: Math.min(startMs + bucketMs, toMs),
      total: Number(row.total),
      count: isWhole ? Number(row.matching) : null,
    }
    const newer = stretches.at(-1)
    if (filter.search !== undefined && stretch.total > together) stretches.push(...slicesOf(stretch, together))
    else if (newer === undefined || newer.total + stretch.total > together) stretches.push(stretch)
    else stretches[stretches.length - 1] = joined(newer, stretch)
  }
  return stretches
}

/** A stretch in slices of equal time, newest first, of about so many incidents. */
function slicesOf({ fromMs, toMs, total }: Stretch, together: number): Stretch[] {
  const count = Math.ceil(total / together)
  const sliceMs = Math.ceil((toMs - fromMs) / count)
  return Array.from({ length: count }, (_, n) => ({
    fromMs: fromMs + (count - 1 - n) * sliceMs,
    toMs: Math.min(toMs, fromMs + (count - n) * sliceMs),
    total: Math.ceil(total / count),
    count: null,
  }))
}

function joined(newer: Stretch, older: Stretch): Stretch {
  const count = newer.count === null || older.count === null ? null : newer.count + older.count
  return { fromMs: older.fromMs, toMs: newer.toMs, total: newer.total + older.total, count }
}

/** The part of a filter that counts are kept by, as a condition on them. */
function kindOf({ status, severity, rootCauseCategory, acknowledged }: IncidentFilter) {
  const conditions = [sql<boolean>`true`]
  if (status !== 'all') conditions.push(sql<boolean>`is_open = ${status === 'active' ? 1 : 0}`)
  if (severity !== undefined) conditions.push(sql<boolean>`severity = ${severity}`)
  if (rootCauseCategory !== undefined) conditions.push(sql<boolean>`root_cause_category = ${rootCauseCategory}`)
  if (acknowledged !== undefined) conditions.push(sql<boolean>`is_acknowledged = ${acknowledged ? 1 : 0}`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

async function countIn(
  db: Kysely<Tables>,
  accountId: string,
  filter: IncidentFilter,
  stretch: Stretch,
): Promise<number> {
  const counted = await Promise.all(sourcesIn(db, accountId, filter, stretch).map(countRows))
  return counted.reduce((sum, count) => sum + count, 0)
}

/** Storage keys of a piece of a stretch that holds `own` matching incidents; reached from its nearer end. */
async function keysIn(
  db: Kysely<Tables>,
  accountId: string,
  filter: IncidentFilter,
  stretch: Stretch,
  { own, skip, take }: { own: number; skip: number; take: number },
): Promise<number[]> {
  const behind = own - skip - take
  const isNearer = skip <= behind
  const direction = isNearer ? 'desc' : 'asc'
  const [first, second] = sourcesIn(db, accountId, filter, stretch).map((source) =>
    source.select(['key', 'started_at', 'id']),
  )
  if (first === undefined) return []
  const all = second === undefined ? first : first.unionAll(second)
  const rows = await all
    .orderBy('started_at', direction)
    .orderBy('id', direction)
    .limit(take)
    .offset(isNearer ? skip : behind)
    .execute()
  return rows.map(({ key }) => key)
}

/** Where the incidents of a filter are found: of a monitor, outages that the engine found, and what people opened. */
function sourcesIn(db: Kysely<Tables>, accountId: string, filter: IncidentFilter, stretch: Stretch) {
  const { monitorId } = filter
  const incidents = matching(db.selectFrom('incident'), filter, stretch)
  if (monitorId === undefined) return [incidents.where('account_id', '=', accountId)]
  const opened = db.selectFrom('incident_link').select('incident_id').where('monitor_id', '=', monitorId)
  return [
    incidents.where('monitor_id', '=', monitorId).where('account_id', '=', accountId),
    // Said so that no index by account is thought of: the few that are linked are found by their ids.
    incidents.where('id', 'in', opened).where(sql<boolean>`account_id || '' = ${accountId}`),
  ]
}

function matching(
  from: SelectQueryBuilder<Tables, 'incident', object>,
  { status, severity, rootCauseCategory, acknowledged, search }: IncidentFilter,
  { fromMs, toMs }: Stretch,
) {
  let query = from.where('started_at', '>=', fromMs).where('started_at', '<', toMs)
  if (status !== 'all') query = query.where('resolved_at', status === 'active' ? 'is' : 'is not', null)
  if (severity !== undefined) query = query.where('severity', '=', severity)
  if (rootCauseCategory !== undefined) query = query.where('root_cause_category', '=', rootCauseCategory)
  if (acknowledged !== undefined) query = query.where('acknowledged_at', acknowledged ? 'is not' : 'is', null)
  if (search !== undefined) {
    // Not by `like`, which compares each character again for each place: texts can be made on which it takes long.
    query = query.where(sql<boolean>`replace(search_folded, ${search.toLowerCase()}, '') <> search_folded`)
  }
  return query
}
