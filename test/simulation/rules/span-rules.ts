import type { Facts } from '../facts.ts'
import type { Committed } from '../mirror.ts'

/** Spans follow each other without gap or overlap, and time DOWN is time of an incident. */
export function checkSpans({ violate }: Facts, entry: Committed): void {
  const { monitor, state, ended, incidents } = entry
  if (state === null) return
  const [previous, last] = ended.slice(-2)
  const newest = last ?? previous
  const before = last === undefined ? undefined : previous
  if (newest === undefined && state.span.fromMs !== entry.firstSpanMs) {
    violate('spans', monitor.id, `no span is kept of the time before ${state.span.fromMs}`)
  }
  if (newest !== undefined && newest.toMs !== state.span.fromMs) {
    violate('spans', monitor.id, `a span ended at ${newest.toMs}, the next began at ${state.span.fromMs}`)
  }
  if (before !== undefined && newest !== undefined && before.toMs !== newest.fromMs) {
    violate('spans', monitor.id, `a span ended at ${before.toMs}, the next began at ${newest.fromMs}`)
  }
  if (newest?.status === 'DOWN' && newest.toMs !== null) {
    const { fromMs, toMs } = newest
    const isCovered = incidents.some(
      ({ startedAtMs, resolvedAtMs, resolution }) =>
        startedAtMs <= fromMs && (resolution === 'manual' || (resolvedAtMs ?? toMs) >= toMs),
    )
    if (!isCovered) violate('spans', monitor.id, `DOWN from ${fromMs} to ${toMs} belongs to no incident`)
  }
}

/** An incident's time is DOWN, blind or maintenance, unless people said when it ended. Looked at once, when all is over. */
export function checkIncidentTimes({ violate }: Facts, entry: Committed): void {
  for (const { id, startedAtMs, resolvedAtMs, resolution } of entry.incidents) {
    if (resolvedAtMs === null || resolution === 'manual') continue
    for (const { status, fromMs, toMs } of entry.ended) {
      const sharedMs = Math.min(toMs ?? resolvedAtMs, resolvedAtMs) - Math.max(fromMs, startedAtMs)
      if (sharedMs > 0 && !['DOWN', 'UNKNOWN', 'MAINTENANCE'].includes(status)) {
        violate('spans', entry.monitor.id, `incident ${id} has ${sharedMs} ms that are ${status}`)
      }
    }
  }
}
