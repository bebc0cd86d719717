import ipaddr from 'ipaddr.js'
import type { Clock } from '#domain'

const ENTRIES_MAX = 10_000

/** Makes guessing slow: each name has a number of tries at once and gets further ones at a steady pace. */
export interface AttemptLimit {
  /** Takes a token for a try; null when there was one, else the seconds to wait. */
  take(name: string): number | null
  /** The try was right: the token goes back. */
  giveBack(name: string): void
}

/**
 * `burst`: tries at once; `refillMs`: the time after which there is one more. Names that were idle longest are
 * forgotten first.
 */
export function attemptLimit(clock: Clock, { burst, refillMs }: { burst: number; refillMs: number }): AttemptLimit {
  const buckets = new Map<string, { tokens: number; atMs: number }>()

  function bucketOf(name: string): { tokens: number; atMs: number } {
    const nowMs = clock.monotonicMs()
    const bucket = buckets.get(name) ?? { tokens: burst, atMs: nowMs }
    bucket.tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.atMs) / refillMs)
    bucket.atMs = nowMs
    // Re-inserted, so that the oldest in the map is the one that was idle longest.
    buckets.delete(name)
    buckets.set(name, bucket)
    const oldest = buckets.keys().next().value
    if (buckets.size > ENTRIES_MAX && oldest !== undefined) buckets.delete(oldest)
    return bucket
  }

  return {
    take(name) {
      const bucket = bucketOf(name)
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * refillMs) / 1000)
      bucket.tokens--
      return null
    },
    giveBack(name) {
      const bucket = bucketOf(name)
      bucket.tokens = Math.min(burst, bucket.tokens + 1)
    },
  }
}

/** What counts as one address: a customer has a whole IPv6 /64. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}
