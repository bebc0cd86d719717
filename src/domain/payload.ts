import type { AlertEventName, AlertPayload } from './event.ts'
import { formatIncidentNumber, type Incident } from './incident.ts'
import type { Monitor, MonitorSettings, MonitorStatus } from './monitor.ts'
import type { CheckSummary } from './state.ts'

export interface PayloadFacts {
  /** Null for an incident of no monitor, or of one that is gone. */
  monitor: (Pick<Monitor, 'id' | 'type'> & { settings: Pick<MonitorSettings, 'name' | 'url'> }) | null
  status: MonitorStatus
  incident: Incident | null
  check: AlertPayload['check']
  nowMs: number
}

/** The payload of an event, as every channel gets it. The monitor's address loses its user info. */
export function payloadOf(
  event: AlertEventName,
  { monitor, status, incident, check, nowMs }: PayloadFacts,
): AlertPayload {
  return {
    event,
    timestamp: isoSeconds(nowMs),
    monitor: monitor && {
      id: monitor.id,
      name: monitor.settings.name,
      url: monitor.settings.url === null ? null : withoutUserInfo(monitor.settings.url),
      type: monitor.type,
      status,
    },
    incident: incident === null ? null : incidentOf(incident, nowMs),
    check,
  }
}

/** A check as payloads show it: whole ms. */
export function checkOf(summary: CheckSummary, region: string | null): AlertPayload['check'] {
  return {
    statusCode: summary.statusCode,
    responseTime: summary.responseTimeMs === null ? null : Math.round(summary.responseTimeMs),
    error: summary.error,
    region,
  }
}

/** `2025-01-21T10:30:00Z`: ISO 8601 in UTC to the second (RFC 3339). */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** Takes `user:password@` out of an address. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
}

function incidentOf(incident: Incident, nowMs: number): AlertPayload['incident'] {
  const endMs = incident.resolvedAtMs ?? nowMs
  return {
    id: incident.id,
    startedAt: isoSeconds(incident.startedAtMs),
    duration: Math.max(0, Math.floor((endMs - incident.startedAtMs) / 1_000)),
    checksFailed: incident.checksFailed,
    incidentNumber: formatIncidentNumber(incident.number),
    severity: incident.severity,
  }
}
