import type { MaintenanceStatus, MaintenanceWindow } from '#domain'
import type { Page, Paged } from './port.ts'

/** What a batch says of maintenance windows. */
export interface MaintenanceChanges {
  /** New, changed and cancelled ones. Monitors that are no longer there, or another account's, are left out. */
  saved: MaintenanceWindow[]
  /** Those that have begun or ended. */
  moved: { windowId: string; status: MaintenanceStatus }[]
}

/** Of which an occurrence lies, wholly or in part, in `[fromMs, toMs)`. */
export interface MaintenanceFilter {
  status?: MaintenanceStatus
  /** Windows that are about this monitor, those about all monitors included. */
  monitorId?: string
  fromMs?: number
  toMs?: number
}

/** Windows are written by the engine's batches; without monitors that were deleted since. */
export interface MaintenanceRepository {
  get(accountId: string, id: string): Promise<MaintenanceWindow | null>
  /** Latest start first, id as tie-break. */
  list(accountId: string, filter: MaintenanceFilter, page: Page): Promise<Paged<MaintenanceWindow>>
  /** Those that are running or have yet to come. */
  countOpen(accountId: string): Promise<number>
  /**
   * The open ones of every account with the status that is stored, for the engine at start; and those that were over once
   * and are not at this moment, since the clock was set back.
   */
  loadOpen(nowMs: number): Promise<{ window: MaintenanceWindow; status: MaintenanceStatus }[]>
}
