/** What a region's newest checks look like at one moment. */
export interface RegionHealth {
  /** Monitors that were checked lately. */
  checked: number
  /** Of these, monitors that began to fail within the last moments. */
  failing: number
  /** Of the failing ones, those whose fault looks like ours: no route from here, no name lookup. */
  localFaults: number
}

/** With fewer monitors than this, "most of them" says nothing. */
const LEAST_MONITORS = 3

/** Whether so much fails at once that this network is to be suspected first. */
export function suspectsItself({ checked, failing }: RegionHealth): boolean {
  return checked >= LEAST_MONITORS && failing * 2 > checked
}

/**
 * Whether a suspected region is itself at fault. A control address that answers clears it, one that does not convicts
 * it; without one (null) failures that look like ours must be more than half of all.
 */
export function isAtFault(health: RegionHealth, controlAnswers: boolean | null): boolean {
  if (!suspectsItself(health)) return false
  if (controlAnswers !== null) return !controlAnswers
  return health.localFaults * 2 > health.checked
}
