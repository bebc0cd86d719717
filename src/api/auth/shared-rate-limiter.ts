import type { RequestRepository } from '#storage'
import { type RateLimiter, verdictOf, windowAt } from './rate-limiter.ts'

/** For several servers on one database: each request is counted there, in one statement, and so exactly. */
export function sharedRateLimiter(requests: RequestRepository): RateLimiter {
  return {
    open: async () => undefined,
    async take(accountId, limit, nowMs) {
      const window = windowAt(nowMs)
      const used = await requests.take(accountId, window, limit)
      return verdictOf(used ?? limit, window, limit, used !== null)
    },
    used: async (accountId, nowMs) => (await requests.used(windowAt(nowMs))).get(accountId) ?? 0,
    close: async () => undefined,
  }
}
