import { type Occurrence, occurrenceAfter, occurrenceAt } from './occurrence.ts'
import type { Recurrence } from './recurrence.ts'

export const MAINTENANCE_STATUSES = ['SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'] as const
/** SCHEDULED: it has yet to come, or to come again. COMPLETED: it comes no more. */
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number]

/** A time in which people work on what is watched: it is checked, but neither alarms nor counts. */
export interface MaintenanceWindow {
  /** `mw_` + 16 characters. */
  id: string
  accountId: string
  title: string
  description: string | null
  /** Where the first occurrence begins and ends; its wall time in `timezone` is that of all others. */
  startsAtMs: number
  endsAtMs: number
  /** IANA name of the zone whose calendar and clocks the recurrence follows. */
  timezone: string
  /** Null: it happens once. */
  recurrence: Recurrence | null
  /** Every monitor of the account, later ones too; `monitorIds` is empty then. */
  allMonitors: boolean
  monitorIds: readonly string[]
  cancelledAtMs: number | null
  createdAtMs: number
  updatedAtMs: number
}

/** What a window is at a moment. */
export function maintenanceStatus(window: MaintenanceWindow, nowMs: number): MaintenanceStatus {
  if (window.cancelledAtMs !== null) return 'CANCELLED'
  if (occurrenceAt(window, nowMs) !== null) return 'IN_PROGRESS'
  return occurrenceAfter(window, nowMs) === null ? 'COMPLETED' : 'SCHEDULED'
}

/** The occurrence that a window is in; null when it is in none or was cancelled. */
export function runningOccurrence(window: MaintenanceWindow, nowMs: number): Occurrence | null {
  return window.cancelledAtMs === null ? occurrenceAt(window, nowMs) : null
}

/** When a window begins or ends next, wall ms; null when it does neither any more. */
export function nextMaintenanceChangeMs(window: MaintenanceWindow, nowMs: number): number | null {
  if (window.cancelledAtMs !== null) return null
  const running = occurrenceAt(window, nowMs)
  return running === null ? (occurrenceAfter(window, nowMs)?.startsAtMs ?? null) : running.endsAtMs
}

/** Whether an occurrence lies, wholly or in part, in `[fromMs, toMs)`, cancelled or not. */
export function takesPlaceIn(
  window: MaintenanceWindow,
  { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }: { fromMs?: number; toMs?: number },
): boolean {
  const lookFromMs = Math.max(fromMs, window.startsAtMs)
  if (lookFromMs >= toMs) return false
  const next = occurrenceAt(window, lookFromMs) ?? occurrenceAfter(window, lookFromMs)
  return next !== null && next.startsAtMs < toMs
}

/** Whether a window is about a monitor of its account. */
export function isAbout(window: MaintenanceWindow, monitorId: string): boolean {
  return window.allMonitors || window.monitorIds.includes(monitorId)
}

/** Whether one of its account's windows has a monitor in maintenance. */
export function isInMaintenance(windows: Iterable<MaintenanceWindow>, monitorId: string, nowMs: number): boolean {
  for (const window of windows) {
    if (isAbout(window, monitorId) && runningOccurrence(window, nowMs) !== null) return true
  }
  return false
}
