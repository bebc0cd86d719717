import ipaddr from 'ipaddr.js'
import type { Clock } from '#domain'

/** Wrong keys that an address may try at once, and how fast it gets further tries. */
const BURST = 30
const REFILL_MS = 1_000
const ENTRIES_MAX = 10_000

/** Makes guessing keys slow: wrong keys cost an address tokens. A key that worked lately is never held up by it. */
export interface FailedAuthLimit {
  /** Takes a token for a try; null when there was one, else the seconds to wait. */
  take(address: string): number | null
  /** The key was right: the token goes back. */
  giveBack(address: string): void
}

export function failedAuthLimit(clock: Clock): FailedAuthLimit {
  const buckets = new Map<string, { tokens: number; atMs: number }>()

  function bucketOf(address: string): { tokens: number; atMs: number } {
    const name = network(address)
    const nowMs = clock.monotonicMs()
    const bucket = buckets.get(name) ?? { tokens: BURST, atMs: nowMs }
    bucket.tokens = Math.min(BURST, bucket.tokens + (nowMs - bucket.atMs) / REFILL_MS)
    bucket.atMs = nowMs
    // Re-inserted, so that the oldest in the map is the one that was idle longest.
    buckets.delete(name)
    buckets.set(name, bucket)
    const oldest = buckets.keys().next().value
    if (buckets.size > ENTRIES_MAX && oldest !== undefined) buckets.delete(oldest)
    return bucket
  }

  return {
    take(address) {
      const bucket = bucketOf(address)
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * REFILL_MS) / 1000)
      bucket.tokens--
      return null
    },
    giveBack(address) {
      const bucket = bucketOf(address)
      bucket.tokens = Math.min(BURST, bucket.tokens + 1)
    },
  }
}

/** One customer has a whole IPv6 /64, so that is what counts. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}
