import {
  formatIncidentNumber,
  type Incident,
  type IncidentUpdate,
  isManual,
  type MonitorStatus,
  monitorsOf,
  titleOf,
} from '#domain'
import type { IncidentSummary } from '#storage'
import { isoSeconds } from '../http/times.ts'
import type { IncidentAnswer, IncidentRow } from './answers.ts'

/** What an answer looks at beside the incident. */
export interface PresentContext {
  nowMs: number
  /** Null for a monitor that is gone. */
  statusOf(monitorId: string): MonitorStatus | null
}

/** An incident as lists show it. */
export function presentRow(incident: IncidentSummary, { nowMs, statusOf }: PresentContext): IncidentRow {
  const { startedAtMs, resolvedAtMs, rootCause } = incident
  const isResolved = resolvedAtMs !== null
  const duration = Math.max(0, Math.round(((resolvedAtMs ?? nowMs) - startedAtMs) / 1000))
  const monitors = monitorsOf(incident)
  return {
    id: incident.id,
    incidentNumber: formatIncidentNumber(incident.number),
    title: titleOf(incident),
    monitorId: monitors[0]?.id ?? null,
    monitorName: monitors[0]?.name ?? null,
    monitors: monitors.map(({ id, name }) => ({ id, name, status: statusOf(id) })),
    startedAt: isoSeconds(startedAtMs),
    resolvedAt: isoSeconds(resolvedAtMs),
    duration,
    isResolved,
    isManual: isManual(incident),
    severity: incident.severity,
    status: isResolved ? 'resolved' : 'active',
    stage: incident.stage,
    isPublic: incident.isPublic,
    rootCause: rootCause === '' ? null : rootCause,
    rootCauseCategory: incident.rootCauseCategory,
    affectedRegions: incident.affectedRegions,
    checksFailed: incident.checksFailed,
    checksTotal: incident.checksTotal,
    mttr: isResolved ? duration : null,
    acknowledgedAt: isoSeconds(incident.acknowledged?.atMs ?? null),
    assignee: incident.assignee,
  }
}

/** An incident as its own page shows it. */
export function presentIncident(
  incident: Incident,
  updates: readonly IncidentUpdate[],
  context: PresentContext,
  warnings: string[] = [],
): IncidentAnswer {
  return {
    ...presentRow(incident, context),
    acknowledgedBy: incident.acknowledged?.by ?? null,
    openedBy: incident.openedBy,
    resolvedBy: incident.resolvedBy,
    resolution: incident.resolution,
    evidence: incident.evidence,
    postMortem: incident.postMortem,
    updates: updates.map(({ id, atMs, status, message, isPublic, by }) => ({
      id,
      at: isoSeconds(atMs),
      status,
      message,
      isPublic,
      by,
    })),
    ...(warnings.length > 0 && { warnings }),
  }
}
