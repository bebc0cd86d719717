import { parseTime } from './http/times.ts'

const ZONED = /(Z|[+-]\d\d:?\d\d)$/

/** Whether a text is a date without a time of day. */
export function isPlainDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

/**
 * Wall ms of an ISO 8601 time, cut to the second: by the clocks of a zone unless it says otherwise itself. Null when it
 * is none.
 */
export function readMoment(text: string, timezone: string): number | null {
  const ms = parseTime(text)
  if (ms === null) return null
  const isLocal = /^\d{4}-/.test(text) && (isPlainDate(text) || !ZONED.test(text))
  return Math.floor((isLocal ? byClocksOf(text, timezone) : ms) / 1_000) * 1_000
}

function byClocksOf(text: string, timezone: string): number {
  return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(timezone).epochMilliseconds
}
