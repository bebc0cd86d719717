import {
  type CheckReport,
  type CheckResult,
  type Incident,
  type Monitor,
  type MonitorState,
  type OutboxEvent,
  pendingState,
  UNTOUCHED,
} from '#domain'
import { buildMonitor } from '#domain/kit'
import { type Account, type EngineBatch, emptyBatch, type NotificationChannel, type Store } from '../port.ts'

/** A whole hour, so that tests can say which hour a check falls into. */
export const START_MS = Date.UTC(2026, 0, 5)
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

let made = 0

/** A name that no other row of this run has. */
export function unique(prefix: string): string {
  made++
  return `${prefix}_${String(made).padStart(16, '0')}`
}

export function batch(parts: Partial<EngineBatch> = {}): EngineBatch {
  return { ...emptyBatch(START_MS), ...parts }
}

export async function newAccount(store: Store, parts: Partial<Account> = {}): Promise<Account> {
  const account: Account = {
    id: unique('acc'),
    name: 'An account',
    plan: 'FREE',
    isSuspended: false,
    createdAtMs: START_MS,
    ...parts,
  }
  await store.accounts.create(account)
  return account
}

export async function monitorOf(
  store: Store,
  accountId: string,
  parts: Partial<Omit<Monitor, 'settings'>> = {},
  settings: Partial<Monitor['settings']> = {},
): Promise<Monitor> {
  const stored = { key: await store.monitors.nextKey(), id: unique('mon'), accountId, config: { httpMethod: 'GET' } }
  const stamps = { createdAtMs: START_MS, updatedAtMs: START_MS }
  return buildMonitor({ intervalMs: 10_000, ...settings }, { ...stored, ...stamps, ...parts })
}

/** An account with one stored monitor. */
export async function watched(store: Store): Promise<{ account: Account; monitor: Monitor }> {
  const account = await newAccount(store)
  const monitor = await monitorOf(store, account.id)
  await store.commit(batch({ monitors: { created: [monitor], changed: [], deleted: [] } }))
  return { account, monitor }
}

export function stateOf(status: MonitorState['status']): MonitorState {
  return { ...pendingState(START_MS, null), status }
}

export function report(
  monitorId: string,
  scheduledAtMs: number,
  result: Partial<CheckResult> = {},
  parts: Partial<CheckReport> = {},
): CheckReport {
  return {
    monitorId,
    version: 1,
    region: 'eu',
    kind: 'planned',
    scheduledAtMs,
    startedAtMs: scheduledAtMs + 2,
    ...parts,
    result: {
      status: 'UP',
      responseTimeMs: 100,
      phases: { dns: 1, connect: 20, tls: 30, firstByte: 40, download: 8.9 },
      statusCode: 200,
      error: null,
      category: null,
      localFault: false,
      details: null,
      evidence: null,
      ...result,
    },
  }
}

export function incidentOf(monitor: Monitor, parts: Partial<Incident> = {}): Incident {
  return {
    ...UNTOUCHED,
    id: unique('inc'),
    accountId: monitor.accountId,
    monitorId: monitor.id,
    monitorName: monitor.settings.name,
    number: 1,
    startedAtMs: START_MS,
    resolvedAtMs: null,
    resolution: null,
    severity: 'HIGH',
    rootCause: 'connection refused by 127.0.0.1:9',
    rootCauseCategory: 'CONNECTION_REFUSED',
    affectedRegions: ['eu'],
    checksFailed: 3,
    checksTotal: 4,
    evidence: { trace: ['a', 1, null] },
    ...parts,
  }
}

export function eventOf(monitor: Monitor, parts: Partial<OutboxEvent> = {}): OutboxEvent {
  return {
    id: unique('evt'),
    accountId: monitor.accountId,
    monitorId: monitor.id,
    incidentId: null,
    name: 'monitor.down',
    createdAtMs: START_MS,
    payload: {
      event: 'monitor.down',
      timestamp: '2026-01-05T00:00:00Z',
      monitor: { id: monitor.id, name: monitor.settings.name, url: null, type: monitor.type, status: 'DOWN' },
      incident: null,
      check: null,
    },
    ...parts,
  }
}

export function channelOf(accountId: string, parts: Partial<NotificationChannel> = {}): NotificationChannel {
  return {
    id: unique('nc'),
    accountId,
    name: 'Hook',
    type: 'WEBHOOK',
    config: { url: 'https://hooks.example/', secret: 'whsec_very-secret' },
    events: ['monitor.down', 'monitor.up'],
    allMonitors: true,
    isActive: true,
    createdAtMs: START_MS,
    updatedAtMs: START_MS,
    ...parts,
  }
}
