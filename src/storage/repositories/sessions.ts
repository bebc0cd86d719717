import type { Kysely, Selectable } from 'kysely'
import { SESSIONS_MAX, type Session, type SessionRepository } from '../people.ts'
import type { SessionTable, Tables } from '../schema.ts'
import { toAccount } from './accounts.ts'
import { toRole } from './member-row.ts'
import { toUser } from './person-row.ts'

/** Sessions in the database, by the hashes of their tokens. */
export function sessionRepository(db: Kysely<Tables>): SessionRepository {
  return {
    async create(session, passwordHash) {
      return db.transaction().execute(async (tx) => {
        const proven = await tx
          .selectFrom('person')
          .select('id')
          .where('id', '=', session.userId)
          .where('password_hash', '=', passwordHash)
          .executeTakeFirst()
        if (proven === undefined) return false
        const others = tx.selectFrom('session').where('person_id', '=', session.userId)
        const kept = others
          .select('id')
          .orderBy('last_used_at', 'desc')
          .orderBy('id')
          .limit(SESSIONS_MAX - 1)
        await tx.deleteFrom('session').where('person_id', '=', session.userId).where('id', 'not in', kept).execute()
        await tx.insertInto('session').values(toRow(session)).execute()
        return true
      })
    },
    async byToken(tokenHash) {
      const session = await db.selectFrom('session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
      if (session === undefined) return null
      const place = await db
        .selectFrom('member')
        .innerJoin('account', 'account.id', 'member.account_id')
        .selectAll('account')
        .select('member.role')
        .where('member.account_id', '=', session.account_id)
        .where('member.person_id', '=', session.person_id)
        .executeTakeFirst()
      const person = await db.selectFrom('person').selectAll().where('id', '=', session.person_id).executeTakeFirst()
      if (place === undefined || person === undefined) return null
      return {
        session: toSession(session),
        user: toUser(person),
        account: toAccount(place),
        role: toRole(place.role),
      }
    },
    async list(userId, nowMs) {
      const rows = await db
        .selectFrom('session')
        .selectAll()
        .where('person_id', '=', userId)
        .where('expires_at', '>', nowMs)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute()
      return rows.map(toSession)
    },
    async touch(id, { atMs, expiresAtMs, address }) {
      await db
        .updateTable('session')
        .set({ last_used_at: atMs, expires_at: expiresAtMs, address })
        .where('id', '=', id)
        .execute()
    },
    async move(id, { accountId, tokenHash }) {
      const done = await db
        .updateTable('session')
        .set({ account_id: accountId, token_hash: tokenHash })
        .where('id', '=', id)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async end(userId, id) {
      const done = await db
        .deleteFrom('session')
        .where('person_id', '=', userId)
        .where('id', '=', id)
        .executeTakeFirst()
      return done.numDeletedRows === 1n
    },
    async endAll(userId) {
      const done = await db.deleteFrom('session').where('person_id', '=', userId).executeTakeFirst()
      return Number(done.numDeletedRows)
    },
    async dropExpired(nowMs) {
      await db.deleteFrom('session').where('expires_at', '<=', nowMs).execute()
    },
  }
}

function toRow(session: Session) {
  return {
    id: session.id,
    token_hash: session.tokenHash,
    person_id: session.userId,
    account_id: session.accountId,
    created_at: session.createdAtMs,
    last_used_at: session.lastUsedAtMs,
    expires_at: session.expiresAtMs,
    ends_at: session.endsAtMs,
    address: session.address,
    user_agent: session.userAgent,
  }
}

function toSession(row: Selectable<SessionTable>): Session {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    userId: row.person_id,
    accountId: row.account_id,
    createdAtMs: row.created_at,
    lastUsedAtMs: row.last_used_at,
    expiresAtMs: row.expires_at,
    endsAtMs: row.ends_at,
    address: row.address,
    userAgent: row.user_agent,
  }
}
