import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { IncidentHistoryRepository, IncidentTime } from '../incident-history.ts'
import type { Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'
import { inChunks } from './in-chunks.ts'

/** Counts and times of incidents, by index. */
export function incidentHistoryRepository(db: Kysely<Tables>): IncidentHistoryRepository {
  return {
    async openCount(accountId) {
      const incidents = db.selectFrom('incident').where('account_id', '=', accountId)
      return countRows(incidents.where('resolved_at', 'is', null))
    },
    async resolved(accountId, { fromMs, toMs }) {
      const row = await db
        .selectFrom('incident')
        .select((all) => [
          all.fn.countAll<number>().as('count'),
          // One that is older than the clock that closed it lasted no time, not less.
          sql<number | null>`sum(case when resolved_at > started_at then resolved_at - started_at else 0 end)`.as(
            'total',
          ),
        ])
        .where('account_id', '=', accountId)
        .where('resolved_at', '>=', fromMs)
        .where('resolved_at', '<', toMs)
        .executeTakeFirstOrThrow()
      const count = Number(row.count)
      return { count, averageDurationMs: count === 0 ? null : Number(row.total) / count }
    },
    async during(monitorIds, { fromMs, toMs }, { onlyPublic } = { onlyPublic: false }) {
      const found: IncidentTime[] = []
      for (const ids of inChunks(monitorIds)) {
        const within = (row: ExpressionBuilder<Pick<Tables, 'incident'>, 'incident'>) =>
          row.and([
            row('started_at', '<', toMs),
            row.or([row('resolved_at', 'is', null), row('resolved_at', '>', fromMs), row('started_at', '>=', fromMs)]),
            ...(onlyPublic ? [row('is_public', '=', 1)] : []),
          ])
        // An outage names its monitor itself; what people open is linked to those that it is about.
        const outages = db
          .selectFrom('incident')
          .select(['incident.monitor_id', 'started_at', 'resolved_at'])
          .where('incident.monitor_id', 'in', ids)
          .where(within)
        const linked = db
          .selectFrom('incident_link')
          .innerJoin('incident', 'incident.id', 'incident_link.incident_id')
          .select(['incident_link.monitor_id', 'started_at', 'resolved_at'])
          .where('incident_link.monitor_id', 'in', ids)
          .where(within)
        for (const row of await outages.unionAll(linked).execute())
          found.push({ monitorId: row.monitor_id, fromMs: row.started_at, toMs: row.resolved_at })
      }
      return found.sort((a, b) => a.fromMs - b.fromMs)
    },
  }
}
