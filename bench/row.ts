/** One figure of a benchmark. */
export interface Row {
  name: string
  value: number
  unit: string
  /** What the figure stands beside: taken in the same run, in the same unit. */
  yardstick: { name: string; value: number } | null
  target: string | null
  /** Null for a figure without a target. */
  met: boolean | null
}

export interface BenchOptions {
  /** Short windows, for trying out; the figures say little. */
  quick: boolean
}

/** A benchmark: measures, and judges nothing but its own targets. Rejects only when it could not measure. */
export type Benchmark = (options: BenchOptions) => Promise<Row[]>

/** A figure that has no target. */
export function figure(name: string, value: number, unit: string, yardstick: Row['yardstick'] = null): Row {
  return { name, value, unit, yardstick, target: null, met: null }
}

/** A figure that should be at most `limit`. */
export function atMost(limit: number, name: string, value: number, unit: string, yardstick: Row['yardstick'] = null) {
  return { name, value, unit, yardstick, target: `≤ ${limit}`, met: value <= limit } satisfies Row
}

/** A figure that should be at least `limit`. */
export function atLeast(limit: number, name: string, value: number, unit: string, yardstick: Row['yardstick'] = null) {
  return { name, value, unit, yardstick, target: `≥ ${limit}`, met: value >= limit } satisfies Row
}

/** The value below which that share (0 to 1) of the values lies; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
