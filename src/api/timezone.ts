import { isTimeZone } from '#domain'
import type { Store } from '#storage'

/** The zone whose midnights part an account's days. */
export async function timezoneOf(store: Pick<Store, 'accounts'>, accountId: string): Promise<string> {
  return (await store.accounts.profile(accountId))?.timezone ?? 'UTC'
}

/**
 * What is wrong with the name of a time zone, in words; null when nothing is. An offset such as +02:00 is a zone to the
 * calendar, but none in which clocks change.
 */
export function timezoneProblem(name: string): string | null {
  if (!/^[+-]/.test(name) && isTimeZone(name)) return null
  return `expected an IANA time zone such as Europe/Berlin, got ${JSON.stringify(name)}`
}
