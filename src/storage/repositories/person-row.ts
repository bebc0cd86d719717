import type { Kysely, Selectable } from 'kysely'
import { foldEmail } from '#domain'
import type { User } from '../people.ts'
import type { PersonTable, Tables } from '../schema.ts'

/** Stores a new person, as part of a transaction. */
export async function insertUser(tx: Kysely<Tables>, user: User): Promise<void> {
  await tx
    .insertInto('person')
    .values({
      id: user.id,
      email: user.email,
      email_folded: foldEmail(user.email),
      name: user.name,
      password_hash: user.passwordHash,
      created_at: user.createdAtMs,
    })
    .execute()
}

/** A person from their row. */
export function toUser(row: Selectable<PersonTable>): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    passwordHash: row.password_hash,
    createdAtMs: row.created_at,
  }
}

/** Whether somebody has this address, whatever its case. */
export async function isEmailTaken(tx: Kysely<Tables>, email: string): Promise<boolean> {
  const row = await tx.selectFrom('person').select('id').where('email_folded', '=', foldEmail(email)).executeTakeFirst()
  return row !== undefined
}
