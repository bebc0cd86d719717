const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** Waits after the first, second … failed attempt; the last one repeats. */
export const BACKOFF_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
]
const JITTER = 0.2
/** How long a delivery is tried for, from its creation. */
export const GIVE_UP_AFTER_MS = 24 * HOUR_MS
const LONGEST_RETRY_AFTER_MS = HOUR_MS
/** No wait is longer, so neither does a clock that jumped back make one so. */
export const LONGEST_WAIT_MS = 4 * HOUR_MS * (1 + JITTER)

export interface FailedDelivery {
  createdAtMs: number
  nowMs: number
  /** Attempts so far, the failed one included: from 1. */
  attempts: number
  /** What the receiver asked for; it is never called earlier, except that it can't ask for more than an hour. */
  retryAfterS: number | null
  /** From 0 up to 1. */
  random: number
}

/**
 * When to try again, wall ms; null when it is time to give up. The wait varies by 20 % either way, so that
 * receivers are not hit by all at once, and the last attempt comes at the very end of the time.
 */
export function nextAttemptAtMs({ createdAtMs, nowMs, attempts, retryAfterS, random }: FailedDelivery): number | null {
  const endMs = createdAtMs + GIVE_UP_AFTER_MS
  if (nowMs >= endMs) return null
  const planned = BACKOFF_MS[Math.min(Math.max(attempts, 1), BACKOFF_MS.length) - 1] ?? 4 * HOUR_MS
  const jittered = planned * (1 - JITTER + 2 * JITTER * random)
  const asked = Math.min((retryAfterS ?? 0) * SECOND_MS, LONGEST_RETRY_AFTER_MS)
  return Math.min(Math.round(nowMs + Math.max(jittered, asked)), endMs)
}
