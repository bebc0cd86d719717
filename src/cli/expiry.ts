import { InvalidArgumentError } from 'commander'
import { readSpan } from '#domain'

/** The last moment that four digits of a year can tell. */
const LATEST_MS = Date.UTC(9999, 11, 31)

/** When something ends: a span from now (`12h`, `90d`, `4w`, `1y`) or a date (`2027-01-31`, ISO 8601). Wall ms. */
export function readExpiry(text: string, nowMs: number): number {
  const spanMs = readSpan(text)
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const atMs = spanMs !== null ? nowMs + spanMs : isDate ? Date.parse(text) : Number.NaN
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('Expected a span such as 90d, 12h, 4w or 1y, or a date.')
  if (atMs > LATEST_MS) throw new InvalidArgumentError('It lies too far ahead.')
  if (atMs <= nowMs) throw new InvalidArgumentError('It must lie ahead.')
  return atMs
}
