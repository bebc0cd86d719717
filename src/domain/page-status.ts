import type { MonitorStatus } from './monitor.ts'

/** What a status page says of all its components together, and in which words. UNKNOWN: none of them is known now. */
export const PAGE_STATUS_WORDS = {
  OPERATIONAL: 'All Systems Operational',
  DEGRADED_PERFORMANCE: 'Degraded Performance',
  PARTIAL_OUTAGE: 'Partial Outage',
  MAJOR_OUTAGE: 'Major Outage',
  UNDER_MAINTENANCE: 'Under Maintenance',
  UNKNOWN: 'Status Unknown',
} as const

export type PageStatus = keyof typeof PAGE_STATUS_WORDS

/**
 * Judges a page by its components. One that is paused or not known yet says nothing and is left out; of the others an
 * outage weighs most, then slowness, then maintenance. One in maintenance is not DOWN, so beside it an outage is partial.
 */
export function pageStatus(components: readonly MonitorStatus[]): PageStatus {
  const judged = components.filter((status) => status !== 'PENDING' && status !== 'PAUSED')
  if (judged.length === 0) return 'UNKNOWN'
  if (judged.every((status) => status === 'DOWN')) return 'MAJOR_OUTAGE'
  if (judged.includes('DOWN')) return 'PARTIAL_OUTAGE'
  if (judged.includes('DEGRADED')) return 'DEGRADED_PERFORMANCE'
  return judged.includes('MAINTENANCE') ? 'UNDER_MAINTENANCE' : 'OPERATIONAL'
}
