import type { ResponseTimePoint } from '#client'

/** A silence of fewer intervals than this is no gap. */
const MISSED = 3

/**
 * The points that a chart joins by lines: those with values, and one without where nothing came for several times as long
 * as it should have taken. The API's own points stand closer than checks do where a monitor is checked seldom, and so
 * have nothing in most of them.
 */
export function chartPoints(points: readonly ResponseTimePoint[], expectedMs: number): ResponseTimePoint[] {
  const known = points.filter(({ count }) => count > 0)
  const usualMs = Math.max(expectedMs, usualStepMs(known))
  const shown: ResponseTimePoint[] = []
  let lastMs: number | null = null
  for (const point of known) {
    const atMs = Date.parse(point.at)
    if (lastMs !== null && atMs - lastMs > MISSED * usualMs) shown.push(nothingAt(lastMs + usualMs))
    shown.push(point)
    lastMs = atMs
  }
  return shown
}

/** The median of the steps between points: a monitor may have been checked more seldom than it is now. */
function usualStepMs(points: readonly ResponseTimePoint[]): number {
  const times = points.map(({ at }) => Date.parse(at))
  const steps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs))
  return steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
}

function nothingAt(atMs: number): ResponseTimePoint {
  return { at: new Date(atMs).toISOString(), region: null, count: 0, average: null, p50: null, p95: null, p99: null }
}
