import { type Kysely, sql } from 'kysely'
import type { RequestRepository } from '../port.ts'
import type { Tables } from '../schema.ts'
import { ROWS_A_PIECE } from './rows-a-piece.ts'

/** Counts of requests in the database. */
export function requestRepository(db: Kysely<Tables>): RequestRepository {
  return {
    async take(accountId, window, limit) {
      if (limit < 1) return null
      // One statement: whoever asks at the same time waits for the row.
      const row = await db
        .insertInto('rate_window')
        .values({ account_id: accountId, window_number: window, used: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['account_id', 'window_number'])
            .doUpdateSet({ used: sql`rate_window.used + 1` })
            .where('rate_window.used', '<', limit),
        )
        .returning('used')
        .executeTakeFirst()
      return row?.used ?? null
    },
    async used(window) {
      const rows = await db.selectFrom('rate_window').selectAll().where('window_number', '=', window).execute()
      return new Map(rows.map((row) => [row.account_id, row.used]))
    },
    async keepUsed(window, counts) {
      await db.transaction().execute(async (tx) => {
        for (const [account_id, used] of counts) {
          await tx
            .insertInto('rate_window')
            .values({ account_id, window_number: window, used })
            .onConflict((conflict) =>
              conflict
                .columns(['account_id', 'window_number'])
                .doUpdateSet({ used })
                .where('rate_window.used', '<', used),
            )
            .execute()
        }
      })
    },
    async addCounts(counts) {
      await db.transaction().execute(async (tx) => {
        for (const { accountId, day, endpoint, requests } of counts) {
          await tx
            .insertInto('request_count')
            .values({ account_id: accountId, day, endpoint, requests })
            .onConflict((conflict) =>
              conflict
                .columns(['account_id', 'day', 'endpoint'])
                .doUpdateSet({ requests: sql`request_count.requests + ${requests}` }),
            )
            .execute()
        }
      })
    },
    async counts(accountId, days) {
      const rows = await db
        .selectFrom('request_count')
        .select(['endpoint', (row) => row.fn.sum<number>('requests').as('requests')])
        .where('account_id', '=', accountId)
        .where('day', '>=', days.from)
        .where('day', '<', days.to)
        .groupBy('endpoint')
        .execute()
      return new Map(rows.map((row) => [row.endpoint, Number(row.requests)]))
    },
    async dropOlder({ window, day }) {
      await db.deleteFrom('rate_window').where('window_number', '<', window).execute()
      // Not `distinct`: that looks through all that is kept.
      const old = await db
        .selectFrom('request_count')
        .select(['account_id', 'day', 'endpoint'])
        .where('day', '<', day)
        .limit(ROWS_A_PIECE)
        .execute()
      await db.transaction().execute(async (tx) => {
        for (const row of old)
          await tx
            .deleteFrom('request_count')
            .where((count) => count.and(row))
            .execute()
      })
      return old.length === ROWS_A_PIECE
    },
  }
}
