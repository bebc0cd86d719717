import type { Clock, Timer } from '#domain'
import type { RequestRepository } from '#storage'

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
  /** To be awaited before the first request. */
  open(): Promise<void>
  take(accountId: string, limit: number, nowMs: number): RateVerdict | Promise<RateVerdict>
  /** Requests of the running window. */
  used(accountId: string, nowMs: number): number | Promise<number>
  close(): Promise<void>
}

const WINDOW_MS = 3_600_000
const KEEP_EVERY_MS = 1_000
const ENTRIES_MAX = 100_000

/** Number of the window that a moment lies in. */
export function windowAt(nowMs: number): number {
  return Math.floor(nowMs / WINDOW_MS)
}

/** The moment at which the next window begins. */
export function windowEndMs(window: number): number {
  return (window + 1) * WINDOW_MS
}

/** What the account is told when `used` are counted, this one included where it was allowed. */
export function verdictOf(used: number, window: number, limit: number, allowed: boolean): RateVerdict {
  return { allowed, limit, remaining: Math.max(0, limit - used), resetAtS: windowEndMs(window) / 1000 }
}

/**
 * For the one server of a database: counts in memory, in one step, and so exactly. What was counted is written down every
 * second and at the end, and read at the start; a crash forgets at most the last second.
 */
export function keptRateLimiter({ requests, clock }: { requests: RequestRepository; clock: Clock }): RateLimiter {
  const windows = new Map<string, { number: number; used: number }>()
  const unwritten = new Set<string>()
  let timer: Timer | null = null

  function entryOf(accountId: string, nowMs: number): { number: number; used: number } {
    const number = windowAt(nowMs)
    const known = windows.get(accountId)
    // A clock that was set back over the edge of an hour must not open that hour again.
    if (known !== undefined && (known.number === number || known.number === number + 1)) return known
    if (windows.size >= ENTRIES_MAX) dropOld(number)
    const entry = { number, used: 0 }
    windows.set(accountId, entry)
    return entry
  }

  function dropOld(number: number): void {
    for (const [accountId, entry] of windows) if (entry.number !== number) windows.delete(accountId)
  }

  async function write(): Promise<void> {
    timer?.cancel()
    timer = null
    const byWindow = new Map<number, [string, number][]>()
    for (const accountId of unwritten) {
      const entry = windows.get(accountId)
      if (entry === undefined) continue
      const counts = byWindow.get(entry.number) ?? []
      counts.push([accountId, entry.used])
      byWindow.set(entry.number, counts)
    }
    const written = [...unwritten]
    unwritten.clear()
    try {
      for (const [number, counts] of byWindow) await requests.keepUsed(number, counts)
    } catch {
      // Nobody's request fails for it: the next second writes them too.
      for (const accountId of written) unwritten.add(accountId)
    }
  }

  return {
    async open() {
      const number = windowAt(clock.nowMs())
      for (const [accountId, used] of await requests.used(number)) windows.set(accountId, { number, used })
    },
    take(accountId, limit, nowMs) {
      const entry = entryOf(accountId, nowMs)
      const allowed = entry.used < limit
      if (allowed) {
        entry.used++
        unwritten.add(accountId)
        timer ??= clock.schedule(KEEP_EVERY_MS, () => void write())
      }
      return verdictOf(entry.used, entry.number, limit, allowed)
    },
    used: (accountId, nowMs) => entryOf(accountId, nowMs).used,
    close: write,
  }
}
