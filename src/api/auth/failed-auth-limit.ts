import type { Clock } from '#domain'
import { type AttemptLimit, attemptLimit, networkOf } from './attempt-limit.ts'

/** Makes guessing keys slow: wrong keys cost an address tokens. A key that worked lately is never held up by it. */
export function failedAuthLimit(clock: Clock): AttemptLimit {
  const limit = attemptLimit(clock, { burst: 30, refillMs: 1_000 })
  return {
    take: (address) => limit.take(networkOf(address)),
    giveBack: (address) => limit.giveBack(networkOf(address)),
  }
}
