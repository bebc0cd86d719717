import type { Kysely } from 'kysely'
import { SPAN_STATUSES, type Span } from '#domain'
import type { SpanRepository } from '../port.ts'
import type { Tables } from '../schema.ts'
import { inChunks } from './in-chunks.ts'

export function spanRepository(db: Kysely<Tables>): SpanRepository {
  const listMany: SpanRepository['listMany'] = async (monitorIds, { fromMs, toMs }) => {
    const found = new Map<string, Span[]>()
    for (const ids of inChunks(monitorIds)) {
      const rows = await db
        .selectFrom('span')
        .innerJoin('monitor', 'monitor.key', 'span.monitor_key')
        .select(['monitor.id', 'span.status', 'span.from_ms', 'span.to_ms'])
        .where('monitor.id', 'in', ids)
        .where('span.from_ms', '<', toMs)
        .where('span.to_ms', '>', fromMs)
        // In the order in which indexes are walked, so that nothing has to be sorted.
        .orderBy('monitor.id')
        .orderBy('span.from_ms')
        .execute()
      for (const row of rows) {
        const spans = found.get(row.id) ?? []
        found.set(row.id, spans)
        const status = SPAN_STATUSES.find((known) => known === row.status) ?? 'UNKNOWN'
        spans.push({ monitorId: row.id, status, fromMs: row.from_ms, toMs: row.to_ms })
      }
    }
    return found
  }
  return {
    listMany,
    async list(monitorId, range) {
      return (await listMany([monitorId], range)).get(monitorId) ?? []
    },
  }
}
