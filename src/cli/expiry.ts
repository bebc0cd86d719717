import { InvalidArgumentError } from 'commander'

const UNIT_MS: { readonly [unit: string]: number } = {
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** When something ends: a span from now (`12h`, `90d`, `4w`, `1y`) or a date (`2027-01-31`, ISO 8601). Wall ms. */
export function readExpiry(text: string, nowMs: number): number {
  const [, count, unit] = /^(\d{1,4})([hdwy])$/.exec(text) ?? []
  const unitMs = UNIT_MS[unit ?? '']
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const atMs = unitMs !== undefined ? nowMs + Number(count) * unitMs : isDate ? Date.parse(text) : Number.NaN
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('Expected a span such as 90d, 12h, 4w or 1y, or a date.')
  if (atMs <= nowMs) throw new InvalidArgumentError('It must lie ahead.')
  return atMs
}
