import type { ResponseTimePoint } from '#client'

/** A silence of fewer intervals than this is no gap. */
const MISSED = 3

/**
 * The points that a chart joins by lines: those with values, and one without where nothing came for several times as long
 * as it should have taken. The API's own points stand closer than checks do where a monitor is checked seldom, and so
 * have nothing in most of them.
 */
export function chartPoints(points: readonly ResponseTimePoint[], expectedMs: number): ResponseTimePoint[] {
  const shown: ResponseTimePoint[] = []
  let lastMs: number | null = null
  for (const point of points) {
    if (point.count === 0) continue
    const atMs = Date.parse(point.at)
    if (lastMs !== null && atMs - lastMs > MISSED * expectedMs) shown.push(nothingAt(lastMs + expectedMs))
    shown.push(point)
    lastMs = atMs
  }
  return shown
}

function nothingAt(atMs: number): ResponseTimePoint {
  return { at: new Date(atMs).toISOString(), region: null, count: 0, average: null, p50: null, p95: null, p99: null }
}
