import type { DecisionContext, Draft } from './decision.ts'
import type { AlertPayload } from './event.ts'
import { type Resolution, UNTOUCHED } from './incident.ts'
import { endMessage, OPENED_MESSAGE } from './incident-update.ts'
import type { MonitorStatus } from './monitor.ts'
import type { NewIncident } from './outage.ts'

/** The monitor is DOWN: the span reaches back to the first failing check, one incident opens, people are told. */
export function becomeDown(
  draft: Draft,
  context: DecisionContext,
  check: AlertPayload['check'],
  incident: NewIncident,
): void {
  const { monitor, newId, nextIncidentNumber } = context
  // What was said before of an earlier time stands, so the outage and its span begin at one moment.
  const startedAtMs = Math.max(incident.startedAtMs, draft.state.span.fromMs)
  draft.moveSpan('DOWN', startedAtMs)
  draft.state = { ...draft.state, status: 'DOWN', sinceMs: startedAtMs, told: false }
  if (draft.incident === null) {
    draft.openIncident({
      ...UNTOUCHED,
      id: newId('inc'),
      accountId: monitor.accountId,
      monitorId: monitor.id,
      monitorName: monitor.settings.name,
      number: nextIncidentNumber(),
      resolvedAtMs: null,
      resolution: null,
      ...incident,
      startedAtMs,
    })
    draft.note('investigating', OPENED_MESSAGE, true)
    draft.tell('incident.created', check)
  }
  tellOrHold(draft, context, check)
}

/**
 * Tells of an outage that was held back, once nothing that the monitor depends on is DOWN any more. People who have
 * resolved its incident by hand know of it.
 */
export function tellHeldOutage(draft: Draft, context: DecisionContext, check: AlertPayload['check']): void {
  if (draft.incident === null) return
  if (draft.state.told || context.downDependencies.length > 0) return
  draft.state = { ...draft.state, told: true }
  draft.tell('monitor.down', check)
}

function tellOrHold(draft: Draft, context: DecisionContext, check: AlertPayload['check']): void {
  const { downDependencies } = context
  if (downDependencies.length === 0) {
    tellHeldOutage(draft, context, check)
    return
  }
  const names = downDependencies.map((name) => `"${name}"`).join(', ')
  draft.changeIncident({
    rootCause: `${draft.incident?.rootCause ?? 'the check failed'} (alerts held: ${names} is DOWN)`,
  })
}

/** The outage ended at `atMs`: the incident resolves, and those who were told of it hear of its end. */
export function recover(
  draft: Draft,
  check: AlertPayload['check'],
  to: Exclude<MonitorStatus, 'DOWN'>,
  atMs: number,
): void {
  const { told } = draft.state
  draft.moveSpan(to === 'DEGRADED' ? 'DEGRADED' : 'UP', atMs)
  draft.state = { ...draft.state, status: to, sinceMs: draft.state.span.fromMs, told: to === 'DEGRADED' }
  resolveIncident(draft, check, 'recovered', draft.state.span.fromMs)
  if (to === 'DEGRADED') draft.tell('monitor.degraded', check)
  else if (told) draft.tell('monitor.up', check)
}

/** Ends the open incident, if there is one. Never before it began. */
export function resolveIncident(
  draft: Draft,
  check: AlertPayload['check'],
  resolution: Resolution,
  atMs: number,
): void {
  if (draft.incident === null || draft.incident.resolvedAtMs !== null) return
  const resolvedAtMs = Math.max(atMs, draft.incident.startedAtMs)
  draft.changeIncident({ resolvedAtMs, resolution, stage: 'resolved' })
  draft.note('resolved', endMessage(resolution, draft.incident), true)
  draft.tell('incident.resolved', check)
}
