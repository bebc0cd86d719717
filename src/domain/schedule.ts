/** Catch-up checks after a restart go at this rate at least, so that a few overdue monitors don't wait. */
const CATCH_UP_PER_SECOND = 10

/** Share of the interval within which a catch-up check stands for the planned one that follows it. */
const STANDS_FOR_NEXT = 1 / 4

/**
 * Where in its interval a monitor is checked in a region, in [0, intervalMs). A hash of both names: the same after a
 * restart, even over many monitors, and different from region to region.
 */
export function phaseMs(monitorId: string, region: string, intervalMs: number): number {
  return Math.floor((hash32(`${monitorId}\n${region}`) / 2 ** 32) * intervalMs)
}

/** The first planned start after `afterMs` (wall time): the smallest phase + k × interval that is greater. */
export function nextStartMs(phase: number, intervalMs: number, afterMs: number): number {
  return phase + (Math.floor((afterMs - phase) / intervalMs) + 1) * intervalMs
}

/** How long to wait before looking again after that many failures in a row: 1, 2, 4 … s. */
export function recheckDelayMs(failures: number): number {
  return 1000 * 2 ** (Math.max(1, failures) - 1)
}

/** When to check again after a failure that ended at `endedAtMs`; null when the planned check comes first and does it. */
export function recheckAtMs(endedAtMs: number, failures: number, nextPlannedMs: number): number | null {
  const atMs = endedAtMs + recheckDelayMs(failures)
  return atMs < nextPlannedMs ? atMs : null
}

/** A check that was due while nobody looked, and when the monitor is due again by its phase. */
export interface MissedCheck {
  monitorId: string
  missedAtMs: number
  nextAtMs: number
  intervalMs: number
}

export interface CatchUp {
  monitorId: string
  atMs: number
  /** The planned check that follows so soon is left out. */
  standsForNext: boolean
}

/**
 * Plans overdue checks after a restart without a burst: in order of the due time that was missed last, one at a time
 * at the monitors' own mean rate (at least 10 a second), the first at once. A monitor that is planned before its turn
 * comes needs none. The order by missed time is the order of the planned starts to come, so each catch-up check runs
 * just ahead of its planned one and mostly stands for it: the load stays that of an ordinary interval.
 */
export function planResume(missed: readonly MissedCheck[], nowMs: number): CatchUp[] {
  const perSecond = missed.reduce((sum, { intervalMs }) => sum + 1000 / intervalMs, 0)
  const stepMs = 1000 / Math.max(CATCH_UP_PER_SECOND, perSecond)
  const inOrder = [...missed].sort((a, b) => lastMissedMs(a) - lastMissedMs(b) || (a.monitorId < b.monitorId ? -1 : 1))
  const plan: CatchUp[] = []
  for (const { monitorId, nextAtMs, intervalMs } of inOrder) {
    const atMs = nowMs + Math.round(plan.length * stepMs)
    if (nextAtMs <= atMs) continue
    plan.push({ monitorId, atMs, standsForNext: nextAtMs - atMs <= intervalMs * STANDS_FOR_NEXT })
  }
  return plan
}

/** After a long pause several checks were missed; the last of them counts. */
function lastMissedMs({ missedAtMs, nextAtMs, intervalMs }: MissedCheck): number {
  return Math.max(missedAtMs, nextAtMs - intervalMs)
}

/** FNV-1a over UTF-16 units, then murmur3's finaliser, since FNV alone leaves the high bits of like ids alike. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
