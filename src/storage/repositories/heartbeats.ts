import type { Kysely } from 'kysely'
import { HEARTBEAT_KINDS } from '#domain'
import type { HeartbeatRepository } from '../port.ts'
import type { Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'
import { ROWS_A_PIECE } from './rows-a-piece.ts'

export function heartbeatRepository(db: Kysely<Tables>): HeartbeatRepository {
  return {
    async list(monitorId, page) {
      const matching = db
        .selectFrom('heartbeat')
        .innerJoin('monitor', 'monitor.key', 'heartbeat.monitor_key')
        .where('monitor.id', '=', monitorId)
      const rows = await matching
        .selectAll('heartbeat')
        .orderBy('heartbeat.at_ms', 'desc')
        .orderBy('heartbeat.key', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      return {
        count: await countRows(matching),
        rows: rows.map((row) => ({
          monitorId,
          atMs: row.at_ms,
          kind: HEARTBEAT_KINDS.find((known) => known === row.kind) ?? 'log',
          rid: row.rid,
          message: row.message,
          exitStatus: row.exit_status,
          durationMs: row.duration_ms,
          source: row.source,
        })),
      }
    },
    async dropOlder(accountId, beforeMs) {
      const old = await db
        .selectFrom('heartbeat')
        .innerJoin('monitor', 'monitor.key', 'heartbeat.monitor_key')
        .select('heartbeat.key')
        .where('monitor.account_id', '=', accountId)
        .where('heartbeat.at_ms', '<', beforeMs)
        .limit(ROWS_A_PIECE)
        .execute()
      if (old.length === 0) return false
      const keys = old.map(({ key }) => key)
      await db.deleteFrom('heartbeat').where('key', 'in', keys).execute()
      return old.length === ROWS_A_PIECE
    },
  }
}
