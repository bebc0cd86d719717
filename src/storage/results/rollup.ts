import type { CHECK_STATUSES } from '#domain'
import { isMeasured, type ResultRow } from './result-row.ts'
import { Sketch } from './sketch.ts'

/** What remains of many checks: how many in each status, and the spread of their response times. */
export interface Rollup {
  up: number
  degraded: number
  down: number
  unknown: number
  /** How many response times are in `sum` and `sketch`; units of 0.1 ms. */
  measured: number
  sum: number
  sketch: Sketch
}

/** Percentiles in units of 0.1 ms, within 1 %; null where nothing was measured. */
export interface Percentiles {
  p50: number | null
  p90: number | null
  p95: number | null
  p99: number | null
}

/** A roll-up as its row keeps it: no sketch where nothing was measured, and percentiles for those who merge nothing. */
export interface StoredRollup extends Omit<Rollup, 'sketch'>, Percentiles {
  sketch: Uint8Array | null
}

const FIELDS = ['up', 'degraded', 'down', 'unknown'] as const satisfies readonly Lowercase<
  (typeof CHECK_STATUSES)[number]
>[]

export function emptyRollup(): Rollup {
  return { up: 0, degraded: 0, down: 0, unknown: 0, measured: 0, sum: 0, sketch: new Sketch() }
}

export function rollUp(rows: Iterable<Pick<ResultRow, 'status' | 'total'>>): Rollup {
  const rollup = emptyRollup()
  for (const row of rows) {
    const field = FIELDS[row.status]
    if (field !== undefined) rollup[field]++
    if (!isMeasured(row.status, row.total)) continue
    rollup.measured++
    rollup.sum += row.total
    rollup.sketch.add(row.total)
  }
  return rollup
}

/** Adds `other` to `into`. */
export function mergeInto(into: Rollup, other: Rollup): void {
  for (const field of FIELDS) into[field] += other[field]
  into.measured += other.measured
  into.sum += other.sum
  into.sketch.merge(other.sketch)
}

export function packRollup(rollup: Rollup): StoredRollup {
  return { ...rollup, ...percentilesOf(rollup.sketch), sketch: rollup.measured > 0 ? rollup.sketch.encode() : null }
}

export function percentilesOf(sketch: Sketch): Percentiles {
  const [p50, p90, p95, p99] = sketch.quantiles([0.5, 0.9, 0.95, 0.99])
  return { p50: whole(p50), p90: whole(p90), p95: whole(p95), p99: whole(p99) }
}

export function unpackRollup({ up, degraded, down, unknown, measured, sum, sketch }: StoredRollup): Rollup {
  return {
    up,
    degraded,
    down,
    unknown,
    measured,
    sum,
    sketch: sketch === null ? new Sketch() : Sketch.decode(sketch),
  }
}

/** How many of a roll-up's checks have this status. */
export function countOf(rollup: Omit<Rollup, 'sketch'>, status: number | null): number {
  if (status === null) return rollup.up + rollup.degraded + rollup.down + rollup.unknown
  const field = FIELDS[status]
  return field === undefined ? 0 : rollup[field]
}

function whole(value: number | null | undefined): number | null {
  return value == null ? null : Math.round(value)
}
