import type { Kysely, Selectable } from 'kysely'
import { PLANS } from '#domain'
import type { Account, AccountRepository } from '../port.ts'
import type { AccountTable, Tables } from '../schema.ts'

/** Accounts in the database. */
export function accountRepository(db: Kysely<Tables>): AccountRepository {
  const oldestFirst = () => db.selectFrom('account').selectAll().orderBy('created_at').orderBy('key')
  return {
    create: (account) => insertAccount(db, account),
    async list() {
      return (await oldestFirst().execute()).map(toAccount)
    },
    async get(id) {
      const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toAccount(row)
    },
    async first() {
      const row = await oldestFirst().limit(1).executeTakeFirst()
      return row === undefined ? null : toAccount(row)
    },
    async profile(id) {
      const row = await db
        .selectFrom('account')
        .select(['name', 'email', 'language', 'timezone'])
        .where('id', '=', id)
        .executeTakeFirst()
      return row === undefined ? null : { ...row }
    },
    async setProfile(id, { name, email, language, timezone }) {
      const done = await db
        .updateTable('account')
        .set({ name, email, language, timezone })
        .where('id', '=', id)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async setPlan(id, plan) {
      const done = await db.updateTable('account').set({ plan }).where('id', '=', id).executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async setSuspended(id, isSuspended) {
      const done = await db
        .updateTable('account')
        .set({ is_suspended: Number(isSuspended) })
        .where('id', '=', id)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
  }
}

/** Stores a new account; also as part of a larger transaction. */
export async function insertAccount(db: Kysely<Tables>, account: Account): Promise<void> {
  await db
    .insertInto('account')
    .values({
      id: account.id,
      name: account.name,
      plan: account.plan,
      is_suspended: Number(account.isSuspended),
      created_at: account.createdAtMs,
    })
    .execute()
}

/** An account from its row. A plan that nobody knows counts as the smallest. */
export function toAccount(row: Selectable<AccountTable>): Account {
  return {
    id: row.id,
    name: row.name,
    plan: PLANS.find((plan) => plan === row.plan) ?? 'FREE',
    isSuspended: row.is_suspended === 1,
    createdAtMs: row.created_at,
  }
}
