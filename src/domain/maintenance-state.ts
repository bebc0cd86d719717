import type { RunningSpan } from './change-span.ts'
import { type Decision, type DecisionContext, quiet } from './decision.ts'
import type { Incident } from './incident.ts'
import type { MonitorStatus } from './monitor.ts'
import type { MonitorState } from './state.ts'

/** What is kept of a monitor in maintenance: what people knew before, and what its checks say meanwhile. */
export interface MaintenanceState {
  /** When it is to end, wall ms. */
  untilMs: number
  /** The status that people knew of when it began. */
  before: MonitorStatus
  /** What would be known of the monitor without it. The incident is never stored; it is what an incident would say. */
  status: MonitorStatus
  sinceMs: number
  span: RunningSpan
  told: boolean
  incident: Incident | null
  /** When an outage was last seen to end meanwhile, wall ms. */
  recoveredAtMs: number | null
}

/** The status that a monitor's checks give it, in maintenance too. */
export function statusBeneath(state: MonitorState): MonitorStatus {
  return state.maintenance?.status ?? state.status
}

/**
 * Decides as if there were no maintenance, and keeps for the end of it what follows: nothing is told, no incident opens
 * or ends, and the span goes on. What is seen (checks, heartbeats, certificates) is taken in as ever.
 */
export function decideBeneath(
  state: MonitorState,
  context: DecisionContext,
  decide: (state: MonitorState, context: DecisionContext) => Decision,
): Decision {
  const { maintenance } = state
  if (maintenance === undefined || maintenance === null) return decide(state, context)
  const { status, sinceMs, span, told, incident } = maintenance
  const beneath: MonitorState = { ...state, status, sinceMs, span, told }
  // It gets a number and an id when it is told, if ever. What holds an alert then is looked at then.
  const apart = { openIncident: incident, downDependencies: [], newId: (prefix: string) => prefix }
  const decision = decide(beneath, { ...context, ...apart, nextIncidentNumber: () => 0 })
  if (decision.state === beneath) return quiet(state)
  return { ...quiet(cover(state, maintenance, decision)), rechecks: decision.rechecks }
}

function cover(state: MonitorState, before: MaintenanceState, decision: Decision): MonitorState {
  const { status, sinceMs, span, told } = decision.state
  const latest = decision.opened ?? decision.changed ?? before.incident
  const recovered = before.status === 'DOWN' && status !== 'DOWN'
  const after: MaintenanceState = {
    ...before,
    status,
    sinceMs,
    span,
    told,
    incident: latest !== null && latest.resolvedAtMs === null ? latest : null,
    recoveredAtMs: recovered ? span.fromMs : before.recoveredAtMs,
  }
  return {
    ...decision.state,
    ...certificateOf(state, decision.state),
    status: state.status,
    sinceMs: state.sinceMs,
    span: state.span,
    told: state.told,
    maintenance: isSame(before, after) ? before : after,
  }
}

/** The certificate that was seen, while what people were told of certificates stays as it was. */
function certificateOf(before: MonitorState, { certificate }: MonitorState): Pick<MonitorState, 'certificate'> {
  if (certificate === undefined || certificate === null) return {}
  const known = before.certificate ?? null
  if (known !== null && known.latest === certificate.latest) return { certificate: known }
  return { certificate: { latest: certificate.latest, told: known?.told ?? [] } }
}

function isSame(a: MaintenanceState, b: MaintenanceState): boolean {
  return (
    a.status === b.status &&
    a.sinceMs === b.sinceMs &&
    a.span === b.span &&
    a.told === b.told &&
    a.incident === b.incident &&
    a.recoveredAtMs === b.recoveredAtMs
  )
}
