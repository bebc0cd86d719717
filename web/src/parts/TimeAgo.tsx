import { useSyncExternalStore } from 'react'
import { NOTHING } from '../format/numbers.ts'
import { exactTime, timeAgo } from '../format/times.ts'

const TICK_MS = 5_000
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
      {timeAgo(at, Math.max(now, Date.parse(at)))}
    </time>
  )
}
