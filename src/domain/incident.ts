import type { Json } from './check.ts'
import type { RootCauseCategory } from './root-cause.ts'

export const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Why an incident ended. */
export type Resolution = 'recovered' | 'monitor paused' | 'monitor deleted' | 'monitor disabled' | 'manual'

/** From DOWN to recovery. */
export interface Incident {
  /** `inc_` + 16 characters. */
  id: string
  accountId: string
  monitorId: string
  /** As it was when the incident opened, so that history survives a rename or a deletion. */
  monitorName: string
  /** Per account, from 1; shown as INC-00001. */
  number: number
  startedAtMs: number
  resolvedAtMs: number | null
  resolution: Resolution | null
  severity: Severity
  rootCause: string
  rootCauseCategory: RootCauseCategory
  affectedRegions: string[]
  checksFailed: number
  checksTotal: number
  evidence: Json
}

/** INC-00123. */
export function formatIncidentNumber(number: number): string {
  return `INC-${String(number).padStart(5, '0')}`
}
