import type { Clock, Timer } from '#domain'
import type { RequestRepository } from '#storage'

const WRITE_EVERY_MS = 5_000
const DAY_MS = 86_400_000

/** Counts requests by account and endpoint, for the account's usage; a crash forgets at most the last 5 s. */
export interface RequestCounter {
  count(accountId: string, endpoint: string): void
  /** Writes down what is not yet; for the end, and before the counts are read. */
  flush(): Promise<void>
}

/** Counts in memory, and adds to the store every 5 s. */
export function requestCounter(requests: Pick<RequestRepository, 'addCounts'>, clock: Clock): RequestCounter {
  let accounts = new Map<string, Map<string, number>>()
  let day = 0
  let timer: Timer | null = null

  async function flush(): Promise<void> {
    timer?.cancel()
    timer = null
    const counted = accounts
    const of = day
    accounts = new Map()
    const rows = [...counted].flatMap(([accountId, endpoints]) =>
      [...endpoints].map(([endpoint, count]) => ({ accountId, day: of, endpoint, requests: count })),
    )
    if (rows.length === 0) return
    // Best effort: lost counts are no reason to fail anybody's request.
    await requests.addCounts(rows).catch(() => undefined)
  }

  return {
    count(accountId, endpoint) {
      const today = Math.floor(clock.nowMs() / DAY_MS)
      if (today !== day) {
        if (accounts.size > 0) void flush()
        day = today
      }
      let endpoints = accounts.get(accountId)
      if (endpoints === undefined) {
        endpoints = new Map()
        accounts.set(accountId, endpoints)
      }
      endpoints.set(endpoint, (endpoints.get(endpoint) ?? 0) + 1)
      timer ??= clock.schedule(WRITE_EVERY_MS, () => void flush())
    },
    flush,
  }
}
