import type { Kysely } from 'kysely'
import type { IncidentRepository } from '../port.ts'
import type { Tables } from '../schema.ts'
import { listIncidents } from './incident-list.ts'
import { toIncident, toUpdate } from './incident-row.ts'

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
    list: (accountId, filter, page) => listIncidents(db, accountId, filter, page),
    async updates(incidentId) {
      const rows = await db
        .selectFrom('incident_update')
        .selectAll()
        .where('incident_id', '=', incidentId)
        .orderBy('key')
        .execute()
      return rows.map(toUpdate)
    },
    async loadOpen() {
      const rows = await db
        .selectFrom('incident')
        .selectAll()
        .where('resolved_at', 'is', null)
        .where('monitor_id', '!=', '')
        .execute()
      // Not by the query: to walk the keys in order it would read every incident that ever was.
      return rows.sort((a, b) => a.key - b.key).map(toIncident)
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
