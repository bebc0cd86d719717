import type { Kysely } from 'kysely'
import { type Role, rolesGivable } from '#domain'
import type { Member, MemberRepository, SeatRule } from '../people.ts'
import type { Tables } from '../schema.ts'
import { insertAccount } from './accounts.ts'
import { countRows } from './count-rows.ts'
import { insertMember, toRole } from './member-row.ts'
import { insertUser, isEmailTaken } from './person-row.ts'

/** Members in the database. Changes to the people of an account wait for each other. */
export function memberRepository(db: Kysely<Tables>): MemberRepository {
  return {
    async list(accountId, page) {
      const rows = await membersOf(db, accountId)
        .orderBy('member.accepted_at', 'desc')
        .orderBy('member.id', 'desc')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      return { rows: rows.map(toMember), count: await countMembers(db, accountId) }
    },
    async get(accountId, id) {
      const row = await membersOf(db, accountId).where('member.id', '=', id).executeTakeFirst()
      return row === undefined ? null : toMember(row)
    },
    async of(accountId, userId) {
      const row = await membersOf(db, accountId).where('member.person_id', '=', userId).executeTakeFirst()
      return row === undefined ? null : toMember(row)
    },
    hasOwner: (accountId) => hasOtherOwner(db, accountId, ''),
    async firstOwner(accountId) {
      const owners = membersOf(db, accountId).where('member.role', '=', 'OWNER')
      const row = await owners.orderBy('member.accepted_at').orderBy('member.id').limit(1).executeTakeFirst()
      return row === undefined ? null : toMember(row)
    },
    async addOwner(user, { id, account, isNewAccount }) {
      return db
        .transaction()
        .execute(async (tx) => {
          if (isNewAccount) await insertAccount(tx, account)
          else {
            await lockAccount(tx, account.id)
            if (await hasOtherOwner(tx, account.id, '')) return 'taken'
          }
          // Thrown away with the transaction, so that no account is left without its owner.
          if (await isEmailTaken(tx, user.email)) throw new EmailTaken()
          await insertUser(tx, user)
          await insertMember(tx, { id, accountId: account.id, userId: user.id, role: 'OWNER', atMs: user.createdAtMs })
          return 'done' as const
        })
        .catch((error: unknown) => {
          if (error instanceof EmailTaken) return 'email-taken' as const
          throw error
        })
    },
    async setRole(accountId, id, role) {
      return db.transaction().execute(async (tx) => {
        await lockAccount(tx, accountId)
        const member = await membersOf(tx, accountId).where('member.id', '=', id).executeTakeFirst()
        if (member === undefined) return 'unknown'
        if (member.role === 'OWNER' && role !== 'OWNER' && !(await hasOtherOwner(tx, accountId, id)))
          return 'last-owner'
        await tx.updateTable('member').set({ role }).where('id', '=', id).execute()
        await revokeInvitations(tx, accountId, member.person_id, rolesGivable(role))
        return 'done'
      })
    },
    async remove(accountId, id, { keptIds, keeperId, atMs }) {
      return db.transaction().execute(async (tx) => {
        await lockAccount(tx, accountId)
        const member = await membersOf(tx, accountId).where('member.id', '=', id).executeTakeFirst()
        if (member === undefined) return 'unknown'
        if (member.role === 'OWNER' && !(await hasOtherOwner(tx, accountId, id))) return 'last-owner'
        const made = () =>
          tx.updateTable('api_key').where('account_id', '=', accountId).where('created_by', '=', member.person_id)
        if (keptIds.length > 0) await made().where('id', 'in', keptIds).set({ created_by: keeperId }).execute()
        await made().where('revoked_at', 'is', null).set({ revoked_at: atMs }).execute()
        await tx
          .deleteFrom('session')
          .where('account_id', '=', accountId)
          .where('person_id', '=', member.person_id)
          .execute()
        await tx.deleteFrom('member').where('id', '=', id).execute()
        await revokeInvitations(tx, accountId, member.person_id, [])
        return 'done'
      })
    },
  }
}

class EmailTaken extends Error {}

/** Ends the open invitations that a member sent and could not send any more: their links may be in the member's own hands. */
async function revokeInvitations(
  tx: Kysely<Tables>,
  accountId: string,
  personId: string,
  allowed: readonly Role[],
): Promise<void> {
  let open = tx
    .updateTable('invitation')
    .set({ status: 'REVOKED' })
    .where('account_id', '=', accountId)
    .where('invited_by', '=', personId)
    .where('status', '=', 'PENDING')
  if (allowed.length > 0) open = open.where('role', 'not in', [...allowed])
  await open.execute()
}

/** Makes changes to the people of an account wait for each other, also where transactions run side by side. */
export async function lockAccount(tx: Kysely<Tables>, accountId: string): Promise<void> {
  await tx
    .updateTable('account')
    .set((row) => ({ name: row.ref('name') }))
    .where('id', '=', accountId)
    .execute()
}

/** Whether one more fits: members and open invitations, but the one named, take a seat each. */
export async function hasSeat(
  tx: Kysely<Tables>,
  accountId: string,
  { seats, nowMs }: SeatRule,
  exceptInvitationId: string,
): Promise<boolean> {
  if (seats === null) return true
  const open = tx
    .selectFrom('invitation')
    .where('account_id', '=', accountId)
    .where('status', '=', 'PENDING')
    .where('expires_at', '>', nowMs)
    .where('id', '!=', exceptInvitationId)
  return (await countRows(open)) + (await countMembers(tx, accountId)) < seats
}

async function hasOtherOwner(db: Kysely<Tables>, accountId: string, exceptId: string): Promise<boolean> {
  const row = await db
    .selectFrom('member')
    .select('id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'OWNER')
    .where('id', '!=', exceptId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function countMembers(db: Kysely<Tables>, accountId: string): Promise<number> {
  return countRows(db.selectFrom('member').where('account_id', '=', accountId))
}

function membersOf(db: Kysely<Tables>, accountId: string) {
  return db
    .selectFrom('member')
    .innerJoin('person', 'person.id', 'member.person_id')
    .select([
      'member.id',
      'member.account_id',
      'member.person_id',
      'member.role',
      'member.accepted_at',
      'person.email',
      'person.name',
    ])
    .where('member.account_id', '=', accountId)
}

interface MemberRow {
  id: string
  account_id: string
  person_id: string
  role: string
  accepted_at: number
  email: string
  name: string
}

function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    accountId: row.account_id,
    userId: row.person_id,
    email: row.email,
    name: row.name,
    role: toRole(row.role),
    acceptedAtMs: row.accepted_at,
  }
}
