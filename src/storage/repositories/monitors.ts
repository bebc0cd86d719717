import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { MonitorState } from '#domain'
import { fromJson } from '../json.ts'
import type { MonitorFilter, MonitorRepository } from '../port.ts'
import type { Tables } from '../schema.ts'
import type { SecretBox } from '../secret-box.ts'
import { countRows } from './count-rows.ts'
import { likePattern } from './like-pattern.ts'
import { toMonitor } from './monitor-row.ts'

const SHOWN_STATUS = sql<string>`coalesce(monitor_state.status, 'PENDING')`
const SORT_COLUMNS = {
  createdAt: sql.ref('monitor.created_at'),
  updatedAt: sql.ref('monitor.updated_at'),
  name: sql.ref('monitor.name_folded'),
  type: sql.ref('monitor.type'),
  status: SHOWN_STATUS,
} as const

/** All but `purgeDeleted`, which differs by engine. */
export function monitorRepository(
  db: Kysely<Tables>,
  secrets: SecretBox,
  purgeDeleted: MonitorRepository['purgeDeleted'],
): MonitorRepository {
  const withStatus = () =>
    db.selectFrom('monitor').leftJoin('monitor_state', 'monitor_state.monitor_key', 'monitor.key').selectAll('monitor')
  return {
    async loadAll() {
      const rows = await withStatus().select('monitor_state.state_json').orderBy('monitor.key').execute()
      return rows.map((row) => ({
        monitor: toMonitor(row, secrets),
        state: row.state_json === null ? null : fromJson<MonitorState>(row.state_json),
      }))
    },
    async get(accountId, id) {
      const row = await db
        .selectFrom('monitor')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? null : toMonitor(row, secrets)
    },
    async find(id) {
      const row = await db.selectFrom('monitor').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toMonitor(row, secrets)
    },
    async list(accountId, filter, page, order = { sort: 'createdAt', direction: 'desc' }) {
      const matching = filtered(withStatus().where('account_id', '=', accountId), filter)
      // Keys first: an index alone can walk past thousands of rows that stand before the page.
      const keys = matching
        .clearSelect()
        .select('monitor.key')
        .orderBy(SORT_COLUMNS[order.sort], order.direction)
        .orderBy('id', order.direction)
        .limit(page.limit)
        .offset(page.offset)
      const rows = await withStatus()
        .where('monitor.key', 'in', keys)
        .orderBy(SORT_COLUMNS[order.sort], order.direction)
        .orderBy('id', order.direction)
        .execute()
      const count = await countRows(matching.clearSelect())
      return { rows: rows.map((row) => toMonitor(row, secrets)), count }
    },
    count: (accountId) => countRows(db.selectFrom('monitor').where('account_id', '=', accountId)),
    async ids(accountId) {
      const rows = await db.selectFrom('monitor').select('id').where('account_id', '=', accountId).execute()
      return rows.map(({ id }) => id)
    },
    async nextKey() {
      const { value } = await db
        .updateTable('counter')
        .set((row) => ({ value: row('value', '+', 1) }))
        .where('name', '=', 'monitor')
        .returning('value')
        .executeTakeFirstOrThrow()
      return Number(value)
    },
    purgeDeleted,
  }
}

function filtered<Row>(
  query: SelectQueryBuilder<
    Tables & { monitor_state: Partial<Tables['monitor_state']> },
    'monitor' | 'monitor_state',
    Row
  >,
  { type, search, tag, status }: MonitorFilter,
) {
  let matching = query
  if (type !== undefined) matching = matching.where('type', '=', type)
  if (status !== undefined) matching = matching.where(SHOWN_STATUS, '=', status)
  if (search !== undefined) {
    const pattern = likePattern(search.toLowerCase())
    matching = matching.where(
      sql<boolean>`(name_folded like ${pattern} escape '\\' or url_folded like ${pattern} escape '\\')`,
    )
  }
  if (tag !== undefined) {
    matching = matching.where(
      sql<boolean>`exists (select 1 from monitor_tag where monitor_tag.monitor_key = monitor.key and tag = ${tag})`,
    )
  }
  return matching
}
