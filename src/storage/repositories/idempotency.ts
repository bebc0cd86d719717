import type { Kysely } from 'kysely'
import type { IdempotencyRepository, SavedAnswer } from '../idempotency.ts'
import type { Tables } from '../schema.ts'
import { openJson, sealJson } from '../sealed-json.ts'
import type { SecretBox } from '../secret-box.ts'
import { ROWS_A_PIECE } from './rows-a-piece.ts'

/** Creating requests in the database. Answers are sealed: they may show a secret. */
export function idempotencyRepository(db: Kysely<Tables>, secrets: SecretBox): IdempotencyRepository {
  return {
    async begin(request, notBeforeMs) {
      return await db.transaction().execute(async (tx) => {
        const { name } = request
        await tx.deleteFrom('idempotency').where('name', '=', name).where('began_at', '<', notBeforeMs).execute()
        const done = await tx
          .insertInto('idempotency')
          .values({
            name,
            account_id: request.accountId,
            fingerprint: request.fingerprint,
            owner: request.owner,
            began_at: request.beganAtMs,
            reserved: request.reserved,
            answer_sealed: null,
          })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .executeTakeFirst()
        if (done.numInsertedOrUpdatedRows === 1n) return null
        const row = await tx.selectFrom('idempotency').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
        return {
          name,
          accountId: row.account_id,
          fingerprint: row.fingerprint,
          owner: row.owner,
          beganAtMs: row.began_at,
          reserved: row.reserved,
          answer: row.answer_sealed === null ? null : openJson<SavedAnswer>(secrets, row.answer_sealed),
        }
      })
    },
    async takeOver(name, from, to) {
      const done = await db
        .updateTable('idempotency')
        .set({ owner: to })
        .where('name', '=', name)
        .where('owner', '=', from)
        .where('answer_sealed', 'is', null)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async finish(name, owner, answer) {
      await db
        .updateTable('idempotency')
        .set({ answer_sealed: sealJson(secrets, answer) })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute()
    },
    async forget(name, owner) {
      await db
        .deleteFrom('idempotency')
        .where('name', '=', name)
        .where('owner', '=', owner)
        .where('answer_sealed', 'is', null)
        .execute()
    },
    async keepNewest(accountId, count) {
      const newest = db
        .selectFrom('idempotency')
        .select('name')
        .where('account_id', '=', accountId)
        .orderBy('began_at', 'desc')
        .orderBy('name')
        .limit(count)
      await db.deleteFrom('idempotency').where('account_id', '=', accountId).where('name', 'not in', newest).execute()
    },
    async dropOlder(beforeMs) {
      const old = db.selectFrom('idempotency').select('name').where('began_at', '<', beforeMs).limit(ROWS_A_PIECE)
      const done = await db.deleteFrom('idempotency').where('name', 'in', old).executeTakeFirst()
      return done.numDeletedRows === BigInt(ROWS_A_PIECE)
    },
  }
}
