import type { Insertable, Selectable } from 'kysely'
import {
  lastEndMs,
  MAINTENANCE_STATUSES,
  type MaintenanceStatus,
  type MaintenanceWindow,
  maintenanceStatus,
} from '#domain'
import { fromJson } from '../json.ts'
import type { MaintenanceTable } from '../schema.ts'

/** `nowMs`: as of when its status is meant. */
export function toMaintenanceRow(
  window: MaintenanceWindow,
  nowMs: number,
): Omit<Insertable<MaintenanceTable>, 'key'> & { [column: string]: string | number | null } {
  return {
    id: window.id,
    account_id: window.accountId,
    title: window.title,
    description: window.description,
    starts_at: window.startsAtMs,
    ends_at: window.endsAtMs,
    timezone: window.timezone,
    recurrence_json: window.recurrence === null ? null : JSON.stringify(window.recurrence),
    all_monitors: Number(window.allMonitors),
    status: maintenanceStatus(window, nowMs),
    last_ends_at: lastEndMs(window),
    cancelled_at: window.cancelledAtMs,
    created_at: window.createdAtMs,
    updated_at: window.updatedAtMs,
  }
}

/** A window from its row and the monitors that it is about. */
export function toMaintenanceWindow(row: Selectable<MaintenanceTable>, monitorIds: string[]): MaintenanceWindow {
  return {
    id: row.id,
    accountId: row.account_id,
    title: row.title,
    description: row.description,
    startsAtMs: row.starts_at,
    endsAtMs: row.ends_at,
    timezone: row.timezone,
    recurrence: row.recurrence_json === null ? null : fromJson<MaintenanceWindow['recurrence']>(row.recurrence_json),
    allMonitors: row.all_monitors === 1,
    monitorIds,
    cancelledAtMs: row.cancelled_at,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  }
}

/** The stored status of a row. */
export function toMaintenanceStatus(row: Pick<Selectable<MaintenanceTable>, 'status'>): MaintenanceStatus {
  return MAINTENANCE_STATUSES.find((known) => known === row.status) ?? 'SCHEDULED'
}
