import type { RunningSpan } from './change-span.ts'
import type { Span, SpanStatus } from './span.ts'

/** An ended span, oldest first in every list here. */
export type EndedSpan = Pick<Span, 'status' | 'fromMs' | 'toMs'>

/** How long a monitor was in what state, ms. The parts add up to the range that was measured. */
export interface Measured {
  upMs: number
  degradedMs: number
  downMs: number
  /** No data, blind, paused or in maintenance: neither good nor bad. */
  unknownMs: number
}

/** Time by status; what no span covers is not in it. */
export type TimeByStatus = { [status in SpanStatus]: number }

/** Measures a range over spans. Time before the first span, and in any hole, is unknown. */
export function measure(
  spans: readonly EndedSpan[],
  running: RunningSpan | null,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Measured {
  const [times = noTime()] = timesBetween(spans, running, [fromMs, toMs])
  return measured(times, toMs - fromMs)
}

/**
 * Percent of the known time in which the monitor was up or degraded, cut (not rounded) to three decimals, so that
 * anything but no downtime at all stays below 100. Null when nothing is known.
 */
export function uptimePercent({ upMs, degradedMs, downMs }: Measured): number | null {
  const goodMs = upMs + degradedMs
  return percent(goodMs, goodMs + downMs)
}

/** Percent of the range about which something is known, cut to three decimals. Null for an empty range. */
export function coverage({ upMs, degradedMs, downMs, unknownMs }: Measured): number | null {
  const knownMs = upMs + degradedMs + downMs
  return percent(knownMs, knownMs + unknownMs)
}

/**
 * Time by status in each of the ranges between neighbouring boundaries (rising, wall ms), in one pass over the spans.
 * The running span reaches to the last boundary.
 */
export function timesBetween(
  spans: readonly EndedSpan[],
  running: RunningSpan | null,
  boundariesMs: readonly number[],
): TimeByStatus[] {
  const endMs = boundariesMs.at(-1) ?? 0
  const ranges = boundariesMs
    .slice(1)
    .map((toMs, index) => ({ fromMs: boundariesMs[index] ?? toMs, toMs, times: noTime() }))
  let first = 0
  for (const { status, fromMs, toMs } of running === null ? spans : [...spans, { ...running, toMs: null }]) {
    const untilMs = toMs ?? endMs
    // Ranges that end before this span are done with, as spans come in order.
    while ((ranges[first]?.toMs ?? Number.POSITIVE_INFINITY) <= fromMs) first++
    for (let index = first; index < ranges.length; index++) {
      const range = ranges[index]
      if (range === undefined || range.fromMs >= untilMs) break
      range.times[status] += Math.max(0, Math.min(untilMs, range.toMs) - Math.max(fromMs, range.fromMs))
    }
  }
  return ranges.map((range) => range.times)
}

/** Sums up time by status over a range of `rangeMs`. */
export function measured({ UP, DEGRADED, DOWN }: TimeByStatus, rangeMs: number): Measured {
  return { upMs: UP, degradedMs: DEGRADED, downMs: DOWN, unknownMs: Math.max(0, rangeMs) - UP - DEGRADED - DOWN }
}

function percent(partMs: number, wholeMs: number): number | null {
  return wholeMs === 0 ? null : Math.floor((partMs * 100_000) / wholeMs) / 1_000
}

function noTime(): TimeByStatus {
  return { UP: 0, DEGRADED: 0, DOWN: 0, UNKNOWN: 0, PAUSED: 0, MAINTENANCE: 0 }
}
