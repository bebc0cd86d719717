import type { Account } from '#storage'

/** The zone whose midnights part an account's days. */
export function timezoneOf(_account: Account): string {
  return 'UTC'
}

/** Whether the calendar knows a zone of this name, as the IANA database has it. Offsets such as `+02:00` are no zone. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
