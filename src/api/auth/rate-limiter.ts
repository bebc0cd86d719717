/** Where an account stands in the running hour. */
export interface RateVerdict {
  allowed: boolean
  limit: number
  remaining: number
  /** Unix seconds at which the next window begins. */
  resetAtS: number
}

/** Counts requests per account in fixed windows of one hour. A refused request is not counted. */
export interface RateLimiter {
  take(accountId: string, limit: number, nowMs: number): Promise<RateVerdict>
}

const WINDOW_MS = 3_600_000
const ENTRIES_MAX = 100_000

/** Exact within this process: the count is read and raised in one step. */
export function memoryRateLimiter(): RateLimiter {
  const windows = new Map<string, { index: number; used: number }>()

  return {
    async take(accountId, limit, nowMs) {
      const index = Math.floor(nowMs / WINDOW_MS)
      let window = windows.get(accountId)
      if (window?.index !== index) {
        if (windows.size >= ENTRIES_MAX) dropOld(index)
        window = { index, used: 0 }
        windows.set(accountId, window)
      }
      const allowed = window.used < limit
      if (allowed) window.used++
      return {
        allowed,
        limit,
        remaining: Math.max(0, limit - window.used),
        resetAtS: ((index + 1) * WINDOW_MS) / 1000,
      }
    },
  }

  function dropOld(index: number): void {
    for (const [accountId, window] of windows) if (window.index !== index) windows.delete(accountId)
  }
}
