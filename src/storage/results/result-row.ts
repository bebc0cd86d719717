import { CHECK_STATUSES, type CheckKind, type CheckReport, type Json, type Phases } from '#domain'
import { fromJson } from '../json.ts'
import type { StoredCheck } from '../port.ts'

const KINDS: readonly CheckKind[] = ['planned', 'recheck', 'manual']
/** Durations are kept in tenths of a millisecond. */
const UNITS_PER_MS = 10
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** A check as it is stored: small whole numbers, and texts that are mostly absent. */
export interface ResultRow {
  scheduled_ms: number
  /** Start minus schedule, ms. */
  start_offset: number
  kind: number
  /** Place in CHECK_STATUSES. */
  status: number
  status_code: number | null
  total: number | null
  dns: number | null
  connect: number | null
  tls: number | null
  first_byte: number | null
  download: number | null
  error: string | null
  category: string | null
  /** JSON text. */
  details: string | null
}

export function toResultRow({ result, ...report }: CheckReport): ResultRow {
  const scheduledMs = Math.round(report.scheduledAtMs)
  return {
    scheduled_ms: scheduledMs,
    start_offset: Math.round(report.startedAtMs) - scheduledMs,
    kind: KINDS.indexOf(report.kind),
    status: CHECK_STATUSES.indexOf(result.status),
    status_code: result.statusCode,
    total: toUnits(result.responseTimeMs),
    dns: toUnits(result.phases.dns),
    connect: toUnits(result.phases.connect),
    tls: toUnits(result.phases.tls),
    first_byte: toUnits(result.phases.firstByte),
    download: toUnits(result.phases.download),
    error: result.error,
    category: result.category,
    details: result.details === null ? null : JSON.stringify(result.details),
  }
}

export function toStoredCheck(row: ResultRow, region: string): StoredCheck {
  const phases: Phases = {
    dns: toMs(row.dns),
    connect: toMs(row.connect),
    tls: toMs(row.tls),
    firstByte: toMs(row.first_byte),
    download: toMs(row.download),
  }
  return {
    region,
    scheduledAtMs: row.scheduled_ms,
    startedAtMs: row.scheduled_ms + row.start_offset,
    kind: KINDS[row.kind] ?? 'planned',
    status: CHECK_STATUSES[row.status] ?? 'UNKNOWN',
    statusCode: row.status_code,
    responseTimeMs: toMs(row.total),
    phases,
    error: row.error,
    rootCauseCategory: row.category,
    details: row.details === null ? null : fromJson<Json>(row.details),
  }
}

export function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS)
}

function toUnits(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * UNITS_PER_MS)
}

export function toMs<Units extends number | null>(units: Units): Units {
  return (units === null ? null : units / UNITS_PER_MS) as Units
}

/** Whether a check's time counts in response-time figures: how long a failure took says nothing about the service. */
export function isMeasured(status: number, total: number | null): total is number {
  return total !== null && (status === UP || status === DEGRADED)
}

const UP = CHECK_STATUSES.indexOf('UP')
const DEGRADED = CHECK_STATUSES.indexOf('DEGRADED')
