import type { RunningSpan } from './change-span.ts'
import { type EndedSpan, measured, type TimeByStatus, timesBetween, uptimePercent } from './uptime.ts'

const DAY_MS = 86_400_000
/** Longest first. */
const WINDOWS_DAYS = [90, 30, 7, 1] as const

/** Percent of the known time in each of the last days; null where nothing is known. */
export interface UptimeWindows {
  uptime24h: number | null
  uptime7d: number | null
  uptime30d: number | null
  uptime90d: number | null
}

/** Uptime over the windows that people ask for, in one pass over the spans of the last 90 days. */
export function uptimeWindows(spans: readonly EndedSpan[], running: RunningSpan | null, nowMs: number): UptimeWindows {
  const startsMs = WINDOWS_DAYS.map((days) => nowMs - days * DAY_MS)
  const times = timesBetween(spans, running, [...startsMs, nowMs])
  const [uptime90d = null, uptime30d = null, uptime7d = null, uptime24h = null] = WINDOWS_DAYS.map((days, index) =>
    uptimePercent(measured(sum(times.slice(index)), days * DAY_MS)),
  )
  return { uptime24h, uptime7d, uptime30d, uptime90d }
}

function sum(times: readonly TimeByStatus[]): TimeByStatus {
  const total: TimeByStatus = { UP: 0, DEGRADED: 0, DOWN: 0, UNKNOWN: 0, PAUSED: 0, MAINTENANCE: 0 }
  for (const time of times) {
    total.UP += time.UP
    total.DEGRADED += time.DEGRADED
    total.DOWN += time.DOWN
  }
  return total
}
