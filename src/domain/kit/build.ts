import { type CheckReport, type CheckStatus, NO_PHASES } from '../check.ts'
import type { DecisionContext } from '../decision.ts'
import type { Incident } from '../incident.ts'
import type { Monitor, MonitorSettings } from '../monitor.ts'

/** Wall ms of a readable moment on the test day. */
export function at(time: string): number {
  return Date.parse(`2026-03-02T${time.length === 5 ? `${time}:00` : time}Z`)
}

/** A WEBSITE monitor with one minute between checks; tests name only what matters to them. */
export function buildMonitor(
  settings: Partial<MonitorSettings> = {},
  rest: Partial<Omit<Monitor, 'settings'>> = {},
): Monitor {
  return {
    key: 1,
    id: 'mon_aaaaaaaaaaaaaaaa',
    accountId: 'acc_aaaaaaaaaaaaaaaa',
    type: 'WEBSITE',
    config: {},
    isPaused: false,
    isActive: true,
    version: 1,
    createdAtMs: at('00:00'),
    updatedAtMs: at('00:00'),
    ...rest,
    settings: {
      name: 'Shop',
      url: 'https://shop.example/',
      description: null,
      tags: [],
      intervalMs: 60_000,
      timeoutMs: 10_000,
      enabledRegions: null,
      confirmationChecks: 3,
      recoveryChecks: 1,
      regionQuorum: 'majority',
      degradedThresholdMs: null,
      upsideDown: false,
      severity: null,
      notificationChannelIds: [],
      dependsOn: [],
      regressionEnabled: false,
      regressionThreshold: 50,
      regressionPeriod: 7,
      ...settings,
    },
  }
}

/** A report of one check that ended at once. */
export function buildReport(status: CheckStatus, scheduledAtMs: number, rest: Partial<CheckReport> = {}): CheckReport {
  const bad = status !== 'UP'
  return {
    monitorId: 'mon_aaaaaaaaaaaaaaaa',
    version: 1,
    region: 'eu',
    kind: 'planned',
    scheduledAtMs,
    startedAtMs: scheduledAtMs,
    result: {
      status,
      responseTimeMs: 12,
      phases: { ...NO_PHASES },
      statusCode: bad ? 500 : 200,
      error: bad ? 'expected status 200-299, got 500' : null,
      category: bad ? 'SERVER_ERROR' : null,
      localFault: false,
      details: null,
      evidence: bad ? { body: 'oops' } : null,
    },
    ...rest,
  }
}

/** A context with one region, `eu`, and ids that count up. */
export function buildContext(monitor: Monitor, nowMs: number, rest: Partial<DecisionContext> = {}): DecisionContext {
  let ids = 0
  const openIncident: Incident | null = null
  return {
    monitor,
    nowMs,
    regions: ['eu'],
    downDependencies: [],
    openIncident,
    newId: (prefix) => `${prefix}_${String(ids++).padStart(16, '0')}`,
    nextIncidentNumber: () => 1,
    ...rest,
  }
}
