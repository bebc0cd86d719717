import type { Kysely } from 'kysely'
import type { IncidentRepository } from '../port.ts'
import type { Tables } from '../schema.ts'
import { toIncident } from './incident-row.ts'

export function incidentRepository(db: Kysely<Tables>): IncidentRepository {
  return {
    async get(accountId, id) {
      const row = await db
        .selectFrom('incident')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row === undefined ? null : toIncident(row)
    },
    async list(accountId, filter, page) {
      let matching = db.selectFrom('incident').where('account_id', '=', accountId)
      if (filter.monitorId !== undefined) matching = matching.where('monitor_id', '=', filter.monitorId)
      if (filter.status === 'active') matching = matching.where('resolved_at', 'is', null)
      if (filter.status === 'resolved') matching = matching.where('resolved_at', 'is not', null)
      if (filter.fromMs !== undefined) matching = matching.where('started_at', '>=', filter.fromMs)
      if (filter.toMs !== undefined) matching = matching.where('started_at', '<', filter.toMs)
      const rows = await matching
        .selectAll()
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      const { count } = await matching.select((all) => all.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
      return { rows: rows.map(toIncident), count: Number(count) }
    },
    async loadOpen() {
      const rows = await db.selectFrom('incident').selectAll().where('resolved_at', 'is', null).orderBy('key').execute()
      return rows.map(toIncident)
    },
    async lastNumbers() {
      const rows = await db
        .selectFrom('account')
        .select(['id', 'incident_number'])
        .where('incident_number', '>', 0)
        .execute()
      return new Map(rows.map((row) => [row.id, row.incident_number]))
    },
  }
}
