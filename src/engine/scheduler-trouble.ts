import type { RegionLink } from './regions.ts'

/** A region that was not heard for this long is worth a word in /health. */
const SILENT_MS = 10_000

/** So are checks that start this late. */
const LATE_MS = 10_000

/** What is wrong with the checks of the server's own region, in words; null when nothing is. `own`: its worker. */
export function schedulerTrouble(
  own: Pick<RegionLink, 'lastSeenAtMs' | 'lateMs'> | undefined,
  { ownRegion, failingSinceMs, nowMs }: { ownRegion: string; failingSinceMs: number | null; nowMs: number },
): string | null {
  if (failingSinceMs !== null) return `results cannot be stored since ${new Date(failingSinceMs).toISOString()}`
  if (own === undefined) return `region ${ownRegion} has no worker`
  const silentMs = nowMs - own.lastSeenAtMs
  if (silentMs > SILENT_MS) return `region ${ownRegion} was last heard ${Math.round(silentMs / 1_000)} s ago`
  if (own.lateMs > LATE_MS) return `checks in region ${ownRegion} start ${Math.round(own.lateMs / 1_000)} s late`
  return null
}
