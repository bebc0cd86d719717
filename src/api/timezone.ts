import type { Store } from '#storage'

/** The zone whose midnights part an account's days. */
export async function timezoneOf(store: Pick<Store, 'accounts'>, accountId: string): Promise<string> {
  return (await store.accounts.profile(accountId))?.timezone ?? 'UTC'
}
