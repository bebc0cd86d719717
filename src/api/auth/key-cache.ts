import type { Clock } from '#domain'
import type { Store } from '#storage'
import type { KeyCaller } from './caller.ts'

/** A key that another process revoked works no longer than this. */
const FRESH_MS = 1_000
const ENTRIES_MAX = 10_000

/** Finds who a key belongs to; remembers it for a second, so that a busy client costs no read per request. */
export interface KeyCache {
  /** Null for an unknown key. Revocation, expiry and suspension are for the caller to judge. */
  find(hash: string): Promise<KeyCaller | null>
  /** Something about keys or their makers changed here: nothing that was read before counts. */
  clear(): void
}

/** A cache in front of the store. A key whose maker is no member any more is unknown. */
export function keyCache(store: Pick<Store, 'keys' | 'accounts' | 'members'>, clock: Clock): KeyCache {
  const entries = new Map<string, { readAtMs: number; caller: Promise<KeyCaller | null> }>()

  async function read(hash: string): Promise<KeyCaller | null> {
    const key = await store.keys.byHash(hash)
    const account = key === null ? null : await store.accounts.get(key.accountId)
    if (key === null || account === null) return null
    const caller = { kind: 'key' as const, key, account, permissions: key.permissions }
    if (key.createdBy === null) return { ...caller, role: null, userId: null }
    const maker = await store.members.of(account.id, key.createdBy)
    return maker === null ? null : { ...caller, role: maker.role, userId: maker.userId }
  }

  return {
    clear: () => entries.clear(),
    find(hash) {
      const nowMs = clock.monotonicMs()
      const known = entries.get(hash)
      if (known !== undefined && nowMs - known.readAtMs < FRESH_MS) return known.caller
      const caller = read(hash)
      if (entries.size >= ENTRIES_MAX) entries.clear()
      const entry = { readAtMs: nowMs, caller }
      entries.set(hash, entry)
      // An unknown key or a failed read is not worth a place, and must not outlive its cause.
      const drop = () => entries.get(hash) === entry && entries.delete(hash)
      caller.then((found) => found === null && drop(), drop)
      return caller
    },
  }
}
