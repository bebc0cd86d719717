const UNITS: readonly [name: string, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
]

/** A duration in at most two units, such as `5 minutes` or `1 day 2 hours`; what is left is cut. */
export function durationWords(durationMs: number): string {
  const first = UNITS.findIndex(([, unitMs]) => durationMs >= unitMs)
  if (first === -1) return `${Math.max(0, Math.round(durationMs))} ms`
  const words: string[] = []
  let restMs = durationMs
  for (const [name, unitMs] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(restMs / unitMs)
    restMs -= count * unitMs
    if (count > 0) words.push(`${count} ${name}${count === 1 ? '' : 's'}`)
  }
  return words.join(' ')
}
