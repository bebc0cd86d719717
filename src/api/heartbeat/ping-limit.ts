import type { Clock } from '#domain'

const WINDOW_MS = 60_000
/** Pings of one monitor in a minute. */
export const PINGS_MAX = 60
const ENTRIES_MAX = 50_000

/** At most `PINGS_MAX` pings a minute for each monitor, in windows that begin with a ping. */
export interface PingLimit {
  /** Null when the ping may pass, else the seconds to wait. */
  take(monitorId: string): number | null
}

/** Counts in memory; of very many monitors those whose window began first are forgotten. */
export function pingLimit(clock: Clock): PingLimit {
  const windows = new Map<string, { beganAtMs: number; pings: number }>()
  return {
    take(monitorId) {
      const nowMs = clock.monotonicMs()
      const window = windows.get(monitorId)
      if (window === undefined || nowMs - window.beganAtMs >= WINDOW_MS) {
        windows.delete(monitorId)
        windows.set(monitorId, { beganAtMs: nowMs, pings: 1 })
        dropOldest(windows)
        return null
      }
      if (window.pings >= PINGS_MAX) return Math.max(1, Math.ceil((window.beganAtMs + WINDOW_MS - nowMs) / 1000))
      window.pings++
      return null
    },
  }
}

function dropOldest(windows: Map<string, unknown>): void {
  const oldest = windows.keys().next().value
  if (windows.size > ENTRIES_MAX && oldest !== undefined) windows.delete(oldest)
}
