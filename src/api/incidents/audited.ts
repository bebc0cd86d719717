import { type Incident, monitorsOf, titleOf } from '#domain'

/** An incident as the audit log calls it. */
export function targetOf(incident: Incident) {
  return { type: 'incident', id: incident.id, name: titleOf(incident) }
}

/** What the audit log tells of an incident. */
export function auditedFields(incident: Incident) {
  const { severity, rootCause, rootCauseCategory, stage, isPublic, assignee, postMortem, acknowledged } = incident
  return {
    title: titleOf(incident),
    severity,
    rootCause,
    rootCauseCategory,
    stage,
    isPublic,
    assignee,
    postMortem,
    acknowledgedBy: acknowledged?.by.name ?? null,
    monitorIds: monitorsOf(incident).map(({ id }) => id),
  }
}
