import type { Json } from './check.ts'
import type { NewId } from './id.ts'
import { type Actor, type Findings, type Incident, type Stage, titleOf } from './incident.ts'
import { setFindings } from './incident-findings.ts'
import { endMessage, type IncidentUpdate, type UpdateStatus } from './incident-update.ts'

/** What people may set. Null takes a field back to what it is when nobody has set it. */
export interface IncidentEdit extends Partial<{ [field in keyof Findings]: Findings[field] | null }> {
  title?: string | null
  assignee?: string | null
  postMortem?: string | null
  isPublic?: boolean | null
}

/** What people do to an incident. `isPublic` null: as the incident is. */
export type IncidentChange =
  | { kind: 'edit'; edit: IncidentEdit }
  | { kind: 'acknowledge' }
  | { kind: 'update'; status: UpdateStatus; message: string; isPublic: boolean | null }
  | { kind: 'resolve'; message: string | null; isPublic: boolean | null }

export interface ChangeContext {
  by: Actor
  nowMs: number
  newId: NewId
}

/** What a change by people leads to. */
export interface IncidentDecision {
  incident: Incident
  /** New entries of the timeline. */
  updates: IncidentUpdate[]
  /** Null: nothing has changed. */
  event: 'incident.created' | 'incident.updated' | 'incident.resolved' | null
  /** What subscribers hear beside the incident itself. */
  details: { [name: string]: Json }
}

/** A sentence that says why a change can't be made. */
export interface IncidentRefusal {
  refusal: string
}

/** Decides on a change by people. Acknowledging and resolving a second time change nothing. */
export function decideIncidentChange(
  incident: Incident,
  change: IncidentChange,
  context: ChangeContext,
): IncidentDecision | IncidentRefusal {
  const isOver = incident.resolvedAtMs !== null
  switch (change.kind) {
    case 'edit':
      return edit(incident, change.edit)
    case 'acknowledge':
      if (incident.acknowledged !== null) return unchanged(incident)
      if (isOver) return { refusal: 'This incident is resolved already, so there is nothing to acknowledge.' }
      return acknowledge(incident, context)
    case 'update':
      if (!isOver) return addUpdate(incident, change, context)
      if (change.status === 'update') return addUpdate(incident, change, context)
      return { refusal: 'This incident is resolved: it takes entries of status "update" only. Open a new one instead.' }
    case 'resolve':
      if (isOver) return unchanged(incident)
      return addUpdate(incident, { ...change, status: 'resolved' }, context)
  }
}

/** An incident that people open, with its first entry. */
export function decideOpening(
  incident: Incident,
  message: string,
  { by, nowMs, newId }: ChangeContext,
): IncidentDecision {
  const isOver = incident.stage === 'resolved'
  const opened: Incident = {
    ...incident,
    openedBy: by,
    ...(isOver && { resolvedAtMs: nowMs, resolution: 'manual', resolvedBy: by }),
  }
  const update = {
    id: newId('upd'),
    incidentId: incident.id,
    atMs: nowMs,
    status: incident.stage,
    message,
    isPublic: incident.isPublic,
    by,
  }
  return { incident: opened, updates: [update], event: 'incident.created', details: detailsOf(opened, update) }
}

function edit(incident: Incident, given: IncidentEdit): IncidentDecision {
  const title = given.title === titleOf(incident) ? undefined : given.title
  const edited: Incident = {
    ...incident,
    ...setFindings(incident, given),
    ...(title !== undefined && { title }),
    ...(given.assignee !== undefined && { assignee: given.assignee }),
    ...(given.postMortem !== undefined && { postMortem: given.postMortem }),
    ...(given.isPublic !== undefined && { isPublic: given.isPublic ?? true }),
  }
  const changed = EDITABLE.filter((field) => edited[field] !== incident[field])
  if (changed.length === 0 && Object.keys(edited.found).length === Object.keys(incident.found).length) {
    return unchanged(incident)
  }
  return {
    incident: { ...edited, revision: incident.revision + 1 },
    updates: [],
    event: 'incident.updated',
    details: { ...detailsOf(edited, null), changed },
  }
}

const EDITABLE = ['title', 'severity', 'rootCause', 'rootCauseCategory', 'assignee', 'postMortem', 'isPublic'] as const

function acknowledge(incident: Incident, { by, nowMs, newId }: ChangeContext): IncidentDecision {
  const acknowledged: Incident = { ...incident, acknowledged: { atMs: nowMs, by } }
  const update: IncidentUpdate = {
    id: newId('upd'),
    incidentId: incident.id,
    atMs: nowMs,
    status: 'update',
    message: `Acknowledged by ${by.name}.`,
    isPublic: false,
    by,
  }
  const details = { ...detailsOf(acknowledged, null), acknowledgedBy: by.name }
  return { incident: acknowledged, updates: [update], event: 'incident.updated', details }
}

function addUpdate(
  incident: Incident,
  given: { status: UpdateStatus; message: string | null; isPublic: boolean | null },
  { by, nowMs, newId }: ChangeContext,
): IncidentDecision {
  const { status } = given
  const ends = status === 'resolved'
  const stage: Stage = status === 'update' ? incident.stage : status
  const changed: Incident = {
    ...incident,
    stage,
    ...(ends && {
      resolvedAtMs: Math.max(nowMs, incident.startedAtMs),
      resolution: 'manual',
      resolvedBy: by,
    }),
  }
  const update: IncidentUpdate = {
    id: newId('upd'),
    incidentId: incident.id,
    atMs: nowMs,
    status,
    message: given.message ?? endMessage('manual', changed),
    isPublic: given.isPublic ?? incident.isPublic,
    by,
  }
  const event = ends ? 'incident.resolved' : 'incident.updated'
  return { incident: changed, updates: [update], event, details: detailsOf(changed, update) }
}

function unchanged(incident: Incident): IncidentDecision {
  return { incident, updates: [], event: null, details: {} }
}

function detailsOf(incident: Incident, update: IncidentUpdate | null): { [name: string]: Json } {
  return {
    title: titleOf(incident),
    stage: incident.stage,
    ...(update !== null && {
      update: {
        status: update.status,
        message: update.message,
        isPublic: update.isPublic,
        by: update.by?.name ?? null,
      },
    }),
  }
}
