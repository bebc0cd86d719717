import type { Kysely, Selectable } from 'kysely'
import { foldEmail } from '#domain'
import { INVITATION_STATUSES, type Invitation, type InvitationRepository } from '../people.ts'
import type { InvitationTable, Tables } from '../schema.ts'
import { countRows } from './count-rows.ts'
import { insertMember, toRole } from './member-row.ts'
import { hasSeat, lockAccount } from './members.ts'
import { insertUser, isEmailTaken } from './person-row.ts'

/** Invitations in the database. Whatever takes a seat is decided behind a lock on the account. */
export function invitationRepository(db: Kysely<Tables>): InvitationRepository {
  return {
    async list(accountId, page) {
      const all = db.selectFrom('invitation').where('account_id', '=', accountId)
      const rows = await all
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      return { rows: rows.map(toInvitation), count: await countRows(all) }
    },
    async get(accountId, id) {
      const row = await rowOf(db, accountId, id)
      return row === undefined ? null : toInvitation(row)
    },
    async byToken(tokenHash) {
      const row = await byToken(db, tokenHash)
      return row === undefined ? null : toInvitation(row)
    },
    async create(invitation, rule) {
      const { accountId, email } = invitation
      return db.transaction().execute(async (tx) => {
        await lockAccount(tx, accountId)
        if (await isMember(tx, accountId, email)) return 'member'
        if (await hasOpen(tx, accountId, email, rule.nowMs)) return 'open'
        if (!(await hasSeat(tx, accountId, rule, ''))) return 'full'
        await tx.insertInto('invitation').values(toRow(invitation)).execute()
        return 'done'
      })
    },
    async renew(accountId, id, { tokenHash, expiresAtMs, invitedBy }, rule) {
      return db.transaction().execute(async (tx) => {
        await lockAccount(tx, accountId)
        const row = await rowOf(tx, accountId, id)
        if (row === undefined || (row.status !== 'PENDING' && row.status !== 'EXPIRED')) return 'closed'
        if (await isMember(tx, accountId, row.email)) return 'closed'
        if (row.status === 'EXPIRED' && (await hasOpen(tx, accountId, row.email, rule.nowMs))) return 'open'
        if (!(await hasSeat(tx, accountId, rule, id))) return 'full'
        await tx
          .updateTable('invitation')
          .set({ token_hash: tokenHash, expires_at: expiresAtMs, invited_by: invitedBy, status: 'PENDING' })
          .where('id', '=', id)
          .execute()
        return 'done'
      })
    },
    async revoke(accountId, id) {
      const done = await db
        .updateTable('invitation')
        .set({ status: 'REVOKED' })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('status', '=', 'PENDING')
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    },
    async accept(tokenHash, { user, isNew, memberId }, rule) {
      return db.transaction().execute(async (tx) => {
        const found = await byToken(tx, tokenHash)
        if (found === undefined) return 'closed'
        await lockAccount(tx, found.account_id)
        // Read again behind the lock: it may have been revoked or sent anew.
        const row = await byToken(tx, tokenHash)
        if (row?.status !== 'PENDING' || row.expires_at <= rule.nowMs) return 'closed'
        if (await isMember(tx, row.account_id, user.email)) return 'member'
        if (!(await hasSeat(tx, row.account_id, rule, row.id))) return 'full'
        if (isNew && (await isEmailTaken(tx, user.email))) return 'email-taken'
        if (isNew) await insertUser(tx, user)
        await insertMember(tx, {
          id: memberId,
          accountId: row.account_id,
          userId: user.id,
          role: toRole(row.role),
          atMs: rule.nowMs,
        })
        await tx.updateTable('invitation').set({ status: 'ACCEPTED' }).where('id', '=', row.id).execute()
        return 'done'
      })
    },
  }
}

function rowOf(db: Kysely<Tables>, accountId: string, id: string) {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
}

function byToken(db: Kysely<Tables>, tokenHash: string) {
  return db.selectFrom('invitation').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
}

async function isMember(tx: Kysely<Tables>, accountId: string, email: string): Promise<boolean> {
  const row = await tx
    .selectFrom('member')
    .innerJoin('person', 'person.id', 'member.person_id')
    .select('member.id')
    .where('account_id', '=', accountId)
    .where('email_folded', '=', foldEmail(email))
    .executeTakeFirst()
  return row !== undefined
}

/** Marks what ran out, so that it no longer stands in the way of a new one, then looks for one that is open. */
async function hasOpen(tx: Kysely<Tables>, accountId: string, email: string, nowMs: number): Promise<boolean> {
  const ofAddress = { account_id: accountId, email_folded: foldEmail(email) }
  await tx
    .updateTable('invitation')
    .set({ status: 'EXPIRED' })
    .where((row) => row.and({ ...ofAddress, status: 'PENDING' }))
    .where('expires_at', '<=', nowMs)
    .execute()
  const open = await tx
    .selectFrom('invitation')
    .select('id')
    .where((row) => row.and({ ...ofAddress, status: 'PENDING' }))
    .executeTakeFirst()
  return open !== undefined
}

function toRow(invitation: Invitation) {
  return {
    id: invitation.id,
    account_id: invitation.accountId,
    email: invitation.email,
    email_folded: foldEmail(invitation.email),
    role: invitation.role,
    status: invitation.status,
    token_hash: invitation.tokenHash,
    invited_by: invitation.invitedBy,
    created_at: invitation.createdAtMs,
    expires_at: invitation.expiresAtMs,
  }
}

function toInvitation(row: Selectable<InvitationTable>): Invitation {
  return {
    id: row.id,
    accountId: row.account_id,
    email: row.email,
    role: toRole(row.role),
    status: INVITATION_STATUSES.find((status) => status === row.status) ?? 'REVOKED',
    tokenHash: row.token_hash,
    invitedBy: row.invited_by,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
  }
}
