import { changeSpan } from './change-span.ts'
import type { Json } from './check.ts'
import type { AlertEventName, AlertPayload, OutboxEvent } from './event.ts'
import type { NewId } from './id.ts'
import type { Incident } from './incident.ts'
import { withFindings } from './incident-findings.ts'
import type { IncidentUpdate, UpdateStatus } from './incident-update.ts'
import type { Monitor } from './monitor.ts'
import { payloadOf } from './payload.ts'
import type { Span, SpanStatus } from './span.ts'
import type { MonitorState } from './state.ts'

/** What a decision may look at beside the state and the event. */
export interface DecisionContext {
  monitor: Monitor
  nowMs: number
  /** Codes of the active regions that check this monitor. */
  regions: readonly string[]
  /** Names of the monitors it depends on that are DOWN. */
  downDependencies: readonly string[]
  openIncident: Incident | null
  newId: NewId
  /** The next number in the account's row of incidents; drawn only when an incident opens. */
  nextIncidentNumber: () => number
}

/** What follows from an event. Everything here is written in one transaction, or not at all. */
export interface Decision {
  state: MonitorState
  endedSpans: Span[]
  opened: Incident | null
  changed: Incident | null
  /** New entries of the incident's timeline. */
  updates: IncidentUpdate[]
  events: OutboxEvent[]
  rechecks: { region: string; delayMs: number }[]
}

/** A decision that changes nothing but, perhaps, the state. */
export function quiet(state: MonitorState): Decision {
  return { state, endedSpans: [], opened: null, changed: null, updates: [], events: [], rechecks: [] }
}

/** Collects what follows while a decision is made, so that each step stays a few lines. */
export class Draft {
  state: MonitorState
  incident: Incident | null
  readonly #context: DecisionContext
  readonly #decision: Decision
  #incidentTouched: 'opened' | 'changed' | null = null

  constructor(state: MonitorState, context: DecisionContext) {
    this.state = state
    this.incident = context.openIncident
    this.#context = context
    this.#decision = quiet(state)
  }

  /** Moves to another span at `atMs`, never before the running one began. Same status: nothing happens. */
  moveSpan(status: SpanStatus, atMs: number): void {
    const { ended, running } = changeSpan(this.state.span, status, atMs)
    if (ended !== null) this.#decision.endedSpans.push({ monitorId: this.#context.monitor.id, ...ended })
    if (running !== this.state.span) this.state = { ...this.state, span: running }
  }

  openIncident(incident: Incident): void {
    this.incident = incident
    this.#incidentTouched = 'opened'
  }

  changeIncident(change: Partial<Incident>): void {
    if (this.incident === null) return
    this.incident = withFindings(this.incident, change)
    this.#incidentTouched ??= 'changed'
  }

  /** Adds an entry to the incident's timeline. */
  note(status: UpdateStatus, message: string, isPublic: boolean): void {
    if (this.incident === null) return
    const { nowMs, newId } = this.#context
    const incidentId = this.incident.id
    this.#decision.updates.push({ id: newId('upd'), incidentId, atMs: nowMs, status, message, isPublic, by: null })
  }

  /** `details`: facts of this kind of event. */
  tell(name: AlertEventName, check: AlertPayload['check'], details?: Json): void {
    const { monitor, nowMs, newId } = this.#context
    this.#decision.events.push({
      id: newId('evt'),
      accountId: monitor.accountId,
      monitorId: monitor.id,
      incidentId: this.incident?.id ?? null,
      name,
      createdAtMs: nowMs,
      payload: {
        ...payloadOf(name, { monitor, status: this.state.status, incident: this.incident, check, nowMs }),
        ...(details !== undefined && { details }),
      },
    })
  }

  recheck(region: string, delayMs: number): void {
    this.#decision.rechecks.push({ region, delayMs })
  }

  finish(): Decision {
    return {
      ...this.#decision,
      state: this.state,
      opened: this.#incidentTouched === 'opened' ? this.incident : null,
      changed: this.#incidentTouched === 'changed' ? this.incident : null,
    }
  }
}
