import type { Selectable } from 'kysely'
import {
  type Actor,
  type Findings,
  formatIncidentNumber,
  type Incident,
  type IncidentUpdate,
  type Json,
  monitorsOf,
  type NamedMonitor,
  type Resolution,
  ROOT_CAUSE_CATEGORIES,
  SEVERITIES,
  STAGES,
  titleOf,
  UPDATE_STATUSES,
} from '#domain'
import { fromJson } from '../json.ts'
import type { IncidentSummary } from '../port.ts'
import type { IncidentTable, IncidentUpdateTable } from '../schema.ts'

type IncidentRow = Omit<Selectable<IncidentTable>, 'key'>
export type SummaryRow = Omit<IncidentRow, 'evidence_json' | 'post_mortem' | 'search_folded'>

/** Columns of what a list shows of an incident. */
export const SUMMARY_COLUMNS = [
  'id',
  'account_id',
  'monitor_id',
  'monitor_name',
  'number',
  'started_at',
  'resolved_at',
  'resolution',
  'severity',
  'root_cause',
  'root_cause_category',
  'affected_regions_json',
  'checks_failed',
  'checks_total',
  'monitors_json',
  'title',
  'stage',
  'is_public',
  'found_json',
  'revision',
  'acknowledged_at',
  'acknowledged_by_json',
  'opened_by_json',
  'resolved_by_json',
  'assignee',
] as const
/** Columns of all that is stored of one. */
export const INCIDENT_COLUMNS = [...SUMMARY_COLUMNS, 'evidence_json', 'post_mortem', 'search_folded'] as const

/** An incident as its row. */
export function toIncidentRow(incident: Incident): IncidentRow {
  const { acknowledged } = incident
  const names = monitorsOf(incident).map(({ name }) => name)
  return {
    id: incident.id,
    account_id: incident.accountId,
    monitor_id: incident.monitorId ?? '',
    monitor_name: incident.monitorName ?? '',
    number: incident.number,
    started_at: incident.startedAtMs,
    resolved_at: incident.resolvedAtMs,
    resolution: incident.resolution,
    severity: incident.severity,
    root_cause: incident.rootCause,
    root_cause_category: incident.rootCauseCategory,
    affected_regions_json: JSON.stringify(incident.affectedRegions),
    checks_failed: incident.checksFailed,
    checks_total: incident.checksTotal,
    evidence_json: JSON.stringify(incident.evidence),
    monitors_json: JSON.stringify(incident.monitors),
    title: incident.title,
    stage: incident.stage,
    is_public: incident.isPublic ? 1 : 0,
    found_json: JSON.stringify(incident.found),
    revision: incident.revision,
    acknowledged_at: acknowledged?.atMs ?? null,
    acknowledged_by_json: actorJson(acknowledged?.by ?? null),
    opened_by_json: actorJson(incident.openedBy),
    resolved_by_json: actorJson(incident.resolvedBy),
    assignee: incident.assignee,
    post_mortem: incident.postMortem,
    search_folded: [titleOf(incident), ...names, incident.rootCause, formatIncidentNumber(incident.number)]
      .join('\n')
      .toLowerCase(),
  }
}

/** All of a row but what only the page of one incident shows. */
export function toIncidentSummary(row: SummaryRow): IncidentSummary {
  return {
    id: row.id,
    accountId: row.account_id,
    monitorId: row.monitor_id === '' ? null : row.monitor_id,
    monitorName: row.monitor_id === '' ? null : row.monitor_name,
    monitors: fromJson<NamedMonitor[]>(row.monitors_json),
    number: row.number,
    startedAtMs: row.started_at,
    resolvedAtMs: row.resolved_at,
    resolution: row.resolution as Resolution | null,
    severity: SEVERITIES.find((known) => known === row.severity) ?? 'MEDIUM',
    rootCause: row.root_cause,
    rootCauseCategory: ROOT_CAUSE_CATEGORIES.find((known) => known === row.root_cause_category) ?? 'UNKNOWN',
    affectedRegions: fromJson<string[]>(row.affected_regions_json),
    checksFailed: row.checks_failed,
    checksTotal: row.checks_total,
    title: row.title,
    stage: STAGES.find((known) => known === row.stage) ?? 'investigating',
    isPublic: row.is_public === 1,
    found: fromJson<Partial<Findings>>(row.found_json),
    revision: row.revision,
    acknowledged:
      row.acknowledged_at === null || row.acknowledged_by_json === null
        ? null
        : { atMs: row.acknowledged_at, by: fromJson<Actor>(row.acknowledged_by_json) },
    openedBy: toActor(row.opened_by_json),
    resolvedBy: toActor(row.resolved_by_json),
    assignee: row.assignee,
  }
}

/** An incident from its row. */
export function toIncident(row: IncidentRow): Incident {
  return {
    ...toIncidentSummary(row),
    evidence: fromJson<Json>(row.evidence_json),
    postMortem: row.post_mortem,
  }
}

/** An entry of a timeline as its row. */
export function toUpdateRow(update: IncidentUpdate): Omit<Selectable<IncidentUpdateTable>, 'key'> {
  return {
    id: update.id,
    incident_id: update.incidentId,
    at_ms: update.atMs,
    status: update.status,
    message: update.message,
    is_public: update.isPublic ? 1 : 0,
    by_json: actorJson(update.by),
  }
}

/** An entry of a timeline from its row. */
export function toUpdate(row: Selectable<IncidentUpdateTable>): IncidentUpdate {
  return {
    id: row.id,
    incidentId: row.incident_id,
    atMs: row.at_ms,
    status: UPDATE_STATUSES.find((known) => known === row.status) ?? 'update',
    message: row.message,
    isPublic: row.is_public === 1,
    by: toActor(row.by_json),
  }
}

function actorJson(actor: Actor | null): string | null {
  return actor === null ? null : JSON.stringify(actor)
}

function toActor(text: string | null): Actor | null {
  return text === null ? null : fromJson<Actor>(text)
}
