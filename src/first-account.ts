import { hkdfSync } from 'node:crypto'
import { idSource } from '#domain'
import { type Account, StorageError, type Store } from '#storage'

/**
 * The oldest account, made when there is none: without an owner, on the plan that holds a self-hosted instance back in
 * nothing. Its id comes from the secret key, so that of two processes that make it at once only one can.
 */
export async function ensureFirstAccount(store: Store, secretKey: Uint8Array, nowMs: number): Promise<Account> {
  const first = await store.accounts.first()
  if (first !== null) return first
  const newId = idSource((size) => new Uint8Array(hkdfSync('sha256', secretKey, '', 'first account', size)))
  const account: Account = {
    id: newId('acc'),
    name: 'Default',
    plan: 'ENTERPRISE',
    isSuspended: false,
    createdAtMs: nowMs,
  }
  try {
    await store.accounts.create(account)
  } catch (error) {
    if (!(error instanceof StorageError && error.reason === 'conflict')) throw error
  }
  return account
}
