import type { Kysely, Selectable } from 'kysely'
import { foldEmail } from '#domain'
import type { User, UserRepository } from '../people.ts'
import type { PersonTable, Tables } from '../schema.ts'
import { toAccount } from './accounts.ts'
import { toRole } from './member-row.ts'
import { toUser } from './person-row.ts'

/** People in the database. */
export function userRepository(db: Kysely<Tables>): UserRepository {
  return {
    async byEmail(email) {
      const query = db.selectFrom('person').selectAll().where('email_folded', '=', foldEmail(email))
      return toUserOrNull(await query.executeTakeFirst())
    },
    async get(id) {
      return toUserOrNull(await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst())
    },
    async accountsOf(id) {
      const rows = await db
        .selectFrom('member')
        .innerJoin('account', 'account.id', 'member.account_id')
        .selectAll('account')
        .select('member.role')
        .where('person_id', '=', id)
        .orderBy('member.key')
        .execute()
      return rows.map((row) => ({ account: toAccount(row), role: toRole(row.role) }))
    },
    async setPassword(id, passwordHash, keepSessionId) {
      return db.transaction().execute((tx) => setPassword(tx, id, passwordHash, keepSessionId))
    },
    async rehash(id, before, after) {
      await db
        .updateTable('person')
        .set({ password_hash: after })
        .where('id', '=', id)
        .where('password_hash', '=', before)
        .execute()
    },
    async addReset({ userId, tokenHash, expiresAtMs }) {
      await db
        .insertInto('password_reset')
        .values({ person_id: userId, token_hash: tokenHash, expires_at: expiresAtMs })
        .onConflict((conflict) =>
          conflict.column('person_id').doUpdateSet({ token_hash: tokenHash, expires_at: expiresAtMs }),
        )
        .execute()
    },
    async byReset(tokenHash, nowMs) {
      const row = await db
        .selectFrom('password_reset')
        .innerJoin('person', 'person.id', 'password_reset.person_id')
        .selectAll('person')
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', nowMs)
        .executeTakeFirst()
      return toUserOrNull(row)
    },
    async spendReset(tokenHash, passwordHash, nowMs) {
      return db.transaction().execute(async (tx) => {
        const spent = await tx
          .deleteFrom('password_reset')
          .where('token_hash', '=', tokenHash)
          .returning(['person_id', 'expires_at'])
          .executeTakeFirst()
        if (spent === undefined || spent.expires_at <= nowMs) return false
        return setPassword(tx, spent.person_id, passwordHash, null)
      })
    },
  }
}

async function setPassword(
  tx: Kysely<Tables>,
  id: string,
  passwordHash: string,
  keepSessionId: string | null,
): Promise<boolean> {
  const done = await tx
    .updateTable('person')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .executeTakeFirst()
  await tx.deleteFrom('password_reset').where('person_id', '=', id).execute()
  await tx
    .deleteFrom('session')
    .where('person_id', '=', id)
    .where('id', '!=', keepSessionId ?? '')
    .execute()
  return done.numUpdatedRows === 1n
}

function toUserOrNull(row: Selectable<PersonTable> | undefined): User | null {
  return row === undefined ? null : toUser(row)
}
