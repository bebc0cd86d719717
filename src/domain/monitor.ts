import type { Json } from './check.ts'
import type { Severity } from './incident.ts'

/** In capitals, such as WEBSITE. Which types there are is for the registry of probes to say; CRON alone is told, not asked. */
export type MonitorType = string

export const MONITOR_STATUSES = ['UP', 'DOWN', 'DEGRADED', 'PENDING', 'PAUSED', 'MAINTENANCE'] as const
export type MonitorStatus = (typeof MONITOR_STATUSES)[number]

/** How many regions must fail before the monitor is DOWN: a word, or a number of regions. */
export type RegionQuorum = 'any' | 'majority' | 'all' | number

/** What every type has in common, with defaults already applied. */
export interface MonitorSettings {
  name: string
  /** What is watched, as the user gave it. Null only for CRON. */
  url: string | null
  description: string | null
  tags: string[]
  intervalMs: number
  timeoutMs: number
  /** Region codes; null follows every active region. */
  enabledRegions: string[] | null
  confirmationChecks: number
  recoveryChecks: number
  regionQuorum: RegionQuorum
  degradedThresholdMs: number | null
  upsideDown: boolean
  severity: Severity | null
  notificationChannelIds: string[]
  dependsOn: string[]
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days. */
  regressionPeriod: number
}

/** What a user configures. `config` is the type's own part, valid by the schema of its probe. */
export interface Monitor {
  /** Small integer, the storage key. */
  key: number
  /** `mon_` + 16 characters. */
  id: string
  accountId: string
  type: MonitorType
  settings: MonitorSettings
  config: { [key: string]: Json }
  isPaused: boolean
  isActive: boolean
  /** Grows by one with each change; a check of an older version changes nothing when it ends. */
  version: number
  createdAtMs: number
  updatedAtMs: number
}

/** A monitor is checked unless it is paused or switched off. */
export function isWatched(monitor: Pick<Monitor, 'isPaused' | 'isActive'>): boolean {
  return monitor.isActive && !monitor.isPaused
}
