import type { Kysely } from 'kysely'
import { ROLES, type Role } from '#domain'
import type { Tables } from '../schema.ts'

/** Stores a new membership, as part of a transaction. */
export async function insertMember(
  tx: Kysely<Tables>,
  { id, accountId, userId, role, atMs }: { id: string; accountId: string; userId: string; role: Role; atMs: number },
): Promise<void> {
  await tx
    .insertInto('member')
    .values({ id, account_id: accountId, person_id: userId, role, accepted_at: atMs })
    .execute()
}

/** A role as stored; a text that is none counts as the least. */
export function toRole(text: string): Role {
  return ROLES.find((role) => role === text) ?? 'VIEWER'
}
