import type { Plan } from '#domain'
import type { Page, Paged } from './port.ts'

export interface Account {
  /** `acc_` + 16 characters. */
  id: string
  name: string
  plan: Plan
  isSuspended: boolean
  createdAtMs: number
}

export interface AccountRepository {
  create(account: Account): Promise<void>
  list(): Promise<Account[]>
  get(id: string): Promise<Account | null>
  /** The oldest account. */
  first(): Promise<Account | null>
  setPlan(id: string, plan: Plan): Promise<boolean>
  setSuspended(id: string, isSuspended: boolean): Promise<boolean>
  profile(id: string): Promise<AccountProfile | null>
  setProfile(id: string, profile: AccountProfile): Promise<boolean>
}

/** What an account says of itself. */
export interface AccountProfile {
  name: string
  /** Where its owner is reached; null: at the address that they log in with. */
  email: string | null
  /** BCP 47, such as `en` or `de-CH`. */
  language: string
  /** IANA name. */
  timezone: string
}

export const PERMISSIONS = ['read', 'write', 'delete', 'admin'] as const
export type Permission = (typeof PERMISSIONS)[number]

export interface ApiKey {
  /** `key_` + 16 characters. */
  id: string
  accountId: string
  name: string
  /** First characters of the key, to recognise it by. */
  prefix: string
  /** Lower-case hex SHA-256 of the key; the key itself is never kept. */
  hash: string
  permissions: Permission[]
  createdAtMs: number
  expiresAtMs: number | null
  revokedAtMs: number | null
  lastUsedAtMs: number | null
  /** Who made it, whose role bounds it; null for one that was made on the command line. */
  createdBy: string | null
}

export interface KeyRepository {
  create(key: ApiKey): Promise<void>
  list(accountId: string | null): Promise<ApiKey[]>
  /** Newest first, id as tie-break; expired and revoked ones too. */
  page(accountId: string, page: Page): Promise<Paged<ApiKey>>
  get(accountId: string, id: string): Promise<ApiKey | null>
  byHash(hash: string): Promise<ApiKey | null>
  /** False where the account has no such key, or it was revoked. */
  update(accountId: string, id: string, change: Pick<ApiKey, 'name' | 'permissions' | 'expiresAtMs'>): Promise<boolean>
  /**
   * Puts a new key beside an old one, which ends at a moment, in one transaction. False, and nothing is changed, where
   * the old one was revoked or rotated before.
   */
  rotate(oldId: string, endsAtMs: number, next: ApiKey): Promise<boolean>
  /** True for the caller that revoked it. */
  revoke(id: string, atMs: number): Promise<boolean>
  /** Best effort, in groups: `[id, atMs]` pairs. */
  touch(used: [id: string, atMs: number][]): Promise<void>
}
