import { useSyncExternalStore } from 'react'
import { NOTHING } from '../format/numbers.ts'
import { exactTime, timeAgo } from '../format/times.ts'

const TICK_MS = 5_000
/** By how much the server's clock, or the next tick, may be ahead of us. */
const AHEAD_MS = 30_000
const listeners = new Set<() => void>()
let nowMs = Date.now()
setInterval(() => {
  nowMs = Date.now()
  for (const tell of listeners) tell()
}, TICK_MS)

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** The time now, to within some seconds; one clock for all that show it. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs)
}

/** How long ago, with the exact time on hover. */
export function TimeAgo({ at }: { at: string | null }) {
  const now = useNow()
  if (at === null) return NOTHING
  return (
    <time dateTime={at} title={exactTime(at)}>
      {timeAgo(at, isJustAhead(at, now) ? Date.parse(at) : now)}
    </time>
  )
}

function isJustAhead(at: string, nowMs: number): boolean {
  const aheadMs = Date.parse(at) - nowMs
  return aheadMs > 0 && aheadMs < AHEAD_MS
}
