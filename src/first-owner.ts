import { newLinkToken, type Passwords, SETUP_TOKEN } from '#api'
import type { NewId } from '#domain'
import type { Account, Store } from '#storage'

export interface FirstOwnerDeps {
  store: Store
  passwords: Passwords
  newId: NewId
  randomBytes(size: number): Uint8Array
  nowMs: number
}

/**
 * While an account has no owner: makes the one that the settings name, or else a token for a one-time set-up link, which
 * replaces the one of an earlier start. Null when there is an owner.
 */
export async function ensureOwner(
  { store, passwords, newId, randomBytes, nowMs }: FirstOwnerDeps,
  account: Account,
  admin: { email: string; password: string } | null,
): Promise<string | null> {
  if (await store.members.hasOwner(account.id)) return null
  if (admin !== null) {
    const passwordHash = await passwords.hash(admin.password)
    const name = admin.email.slice(0, admin.email.indexOf('@'))
    const user = { id: newId('usr'), email: admin.email, name, passwordHash, createdAtMs: nowMs }
    const outcome = await store.members.addOwner(user, { id: newId('mem'), account, isNewAccount: false })
    if (outcome !== 'email-taken') return null
  }
  const { token, tokenHash } = newLinkToken(randomBytes)
  await store.instance.set(SETUP_TOKEN, tokenHash)
  return token
}
