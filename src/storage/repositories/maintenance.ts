import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { takesPlaceIn } from '#domain'
import type { MaintenanceFilter, MaintenanceRepository } from '../maintenance.ts'
import type { MaintenanceTable, Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'
import { inChunks } from './in-chunks.ts'
import { toMaintenanceStatus, toMaintenanceWindow } from './maintenance-row.ts'

const OPEN = ['SCHEDULED', 'IN_PROGRESS']

/** Maintenance windows in the database; the engine writes them with its batches. */
export function maintenanceRepository(db: Kysely<Tables>): MaintenanceRepository {
  return {
    async get(accountId, id) {
      const row = await db
        .selectFrom('maintenance_window')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      const [window] = row === undefined ? [] : await withMonitors(db, [row])
      return window ?? null
    },
    async list(accountId, filter, page) {
      const matching = filtered(db.selectFrom('maintenance_window').where('account_id', '=', accountId), filter)
      const inOrder = matching.selectAll().orderBy('starts_at', 'desc').orderBy('id', 'desc')
      if (filter.fromMs === undefined && filter.toMs === undefined) {
        const rows = await inOrder.limit(page.limit).offset(page.offset).execute()
        return { rows: await withMonitors(db, rows), count: await countRows(matching) }
      }
      // When one that recurs takes place is not for a query to say.
      const rows = (await inOrder.execute()).filter((row) => takesPlaceIn(toMaintenanceWindow(row, []), filter))
      return { rows: await withMonitors(db, rows.slice(page.offset, page.offset + page.limit)), count: rows.length }
    },
    async countOpen(accountId) {
      const windows = db.selectFrom('maintenance_window').where('account_id', '=', accountId)
      return countRows(windows.where('status', 'in', OPEN))
    },
    async loadOpen(nowMs) {
      const rows = await db
        .selectFrom('maintenance_window')
        .selectAll()
        .where('cancelled_at', 'is', null)
        .where((any) => any.or([any('status', 'in', OPEN), any('last_ends_at', '>', nowMs)]))
        .execute()
      const windows = await withMonitors(db, rows)
      return rows.flatMap((row, index) => {
        const window = windows[index]
        return window === undefined ? [] : [{ window, status: toMaintenanceStatus(row) }]
      })
    },
  }
}

async function withMonitors(db: Kysely<Tables>, rows: Selectable<MaintenanceTable>[]) {
  const ids = new Map<number, string[]>(rows.map((row) => [row.key, []]))
  for (const keys of inChunks([...ids.keys()])) {
    const links = await db
      .selectFrom('maintenance_monitor')
      .innerJoin('monitor', 'monitor.key', 'maintenance_monitor.monitor_key')
      .select(['window_key', 'monitor.id'])
      .where('window_key', 'in', keys)
      .orderBy('window_key')
      .orderBy('place')
      .execute()
    for (const link of links) ids.get(link.window_key)?.push(link.id)
  }
  return rows.map((row) => toMaintenanceWindow(row, ids.get(row.key) ?? []))
}

function filtered<Row>(
  query: SelectQueryBuilder<Tables, 'maintenance_window', Row>,
  { status, monitorId, fromMs, toMs }: MaintenanceFilter,
) {
  let matching = query
  if (status !== undefined) matching = matching.where('status', '=', status)
  if (monitorId !== undefined) {
    matching = matching.where(
      sql<boolean>`(all_monitors = 1 or exists (select 1 from maintenance_monitor
        join monitor on monitor.key = monitor_key where window_key = maintenance_window.key and monitor.id = ${monitorId}))`,
    )
  }
  if (fromMs !== undefined) {
    matching = matching.where((all) => all.or([all('last_ends_at', 'is', null), all('last_ends_at', '>', fromMs)]))
  }
  if (toMs !== undefined) matching = matching.where('starts_at', '<', toMs)
  return matching
}
