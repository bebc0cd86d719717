const UNIT_MS: { readonly [unit: string]: number } = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** A length of time such as `30m`, `12h`, `90d`, `4w` or `1y` (365 days) in ms; null for any other text. */
export function readSpan(text: string): number | null {
  const [, count, unit] = /^(\d{1,9})([smhdwy])$/.exec(text) ?? []
  const unitMs = UNIT_MS[unit ?? '']
  return unitMs === undefined ? null : Number(count) * unitMs
}
