import type { Selectable } from 'kysely'
import { type Incident, type Json, type Resolution, ROOT_CAUSE_CATEGORIES, SEVERITIES } from '#domain'
import { fromJson } from '../json.ts'
import type { IncidentTable } from '../schema.ts'

/** An incident as its row. */
export function toIncidentRow(incident: Incident): Omit<Selectable<IncidentTable>, 'key'> {
  return {
    id: incident.id,
    account_id: incident.accountId,
    monitor_id: incident.monitorId,
    monitor_name: incident.monitorName,
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
  }
}

export function toIncident(row: Selectable<IncidentTable>): Incident {
  return {
    id: row.id,
    accountId: row.account_id,
    monitorId: row.monitor_id,
    monitorName: row.monitor_name,
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
    evidence: fromJson<Json>(row.evidence_json),
  }
}
