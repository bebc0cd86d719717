import {
  afterBlindness,
  afterClockSet,
  type CheckReport,
  decideBeat,
  decideBlindness,
  decideChange,
  decideCheck,
  decideDeletion,
  decideDue,
  decideIncidentChange,
  decideOpening,
  dismissal,
  firstHeartbeatState,
  type Heartbeat,
  type HeartbeatState,
  isWatched,
  type Monitor,
  pendingState,
  planOf,
  replan,
  suspendHeartbeat,
} from '#domain'
import type { BatchDraft } from './batch-draft.ts'
import { setAside, settleMaintenance, takeMaintenance, takeWindow, upToDate } from './decide-maintenance.ts'
import type { Effect, Input } from './input.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { kind: Kind }>

/** Drafts what an input leads to. */
export function decideInput(draft: BatchDraft, input: Input, nowMs: number): Effect {
  switch (input.kind) {
    case 'reports': {
      if (input.source !== null) draft.noteWorker(input.source)
      for (const report of input.reports) takeReport(draft, report)
      return 'applied'
    }
    case 'beat':
      return takeBeat(draft, input.beat)
    case 'due':
      return takeDue(draft, input.monitorId)
    case 'create':
      create(draft, input.monitor, nowMs)
      settleMaintenance(draft, input.monitor.id)
      return 'applied'
    case 'update': {
      const effect = update(draft, input.monitor, nowMs)
      settleMaintenance(draft, input.monitor.id)
      return effect
    }
    case 'delete':
      return remove(draft, input.monitorId)
    case 'blind': {
      for (const monitorId of input.monitorIds) takeBlindness(draft, monitorId, input)
      return 'applied'
    }
    case 'open incident':
      return openByHand(draft, input, nowMs)
    case 'change incident':
      return changeByHand(draft, input, nowMs)
    case 'delete incident':
      draft.dropIncident(input.incidentId)
      return 'applied'
    case 'window':
      takeWindow(draft, input)
      return 'applied'
    case 'maintenance':
      takeMaintenance(draft, input)
      return 'applied'
  }
}

function openByHand(draft: BatchDraft, { incident, message, by }: InputOf<'open incident'>, nowMs: number): Effect {
  const numbered = { ...incident, number: draft.nextIncidentNumber(incident.accountId) }
  const decision = decideOpening(numbered, message, { by, nowMs, newId: draft.newId })
  draft.applyByHand(decision)
  return { incident: decision.incident }
}

function changeByHand(draft: BatchDraft, input: InputOf<'change incident'>, nowMs: number): Effect {
  const { stored, isSure, change, by } = input
  const own = stored.monitorId === null ? undefined : draft.get(stored.monitorId)?.openIncident
  const known = own?.id === stored.id ? own : null
  // Of an open outage the engine knows more than was read; all else is changed by people only, one at a time.
  if (known === null && stored.monitorId !== null && stored.resolvedAtMs === null && !isSure) return 'stale'
  const decision = decideIncidentChange(known ?? stored, change, { by, nowMs, newId: draft.newId })
  if ('refusal' in decision) return decision
  draft.applyByHand(decision)
  return { incident: decision.incident }
}

function takeReport(draft: BatchDraft, report: CheckReport): void {
  const found = draft.get(report.monitorId)
  if (found === undefined) return
  const entry = upToDate(draft, found)
  const context = draft.contextOf(entry)
  const dismissed = dismissal(entry.state, report, context)
  if (dismissed === 'stale' || dismissed === 'repeated') return
  draft.addResult(report)
  if (dismissed === 'late' || setAside(draft, entry, report)) return
  draft.apply(entry, decideCheck(entry.state, report, context), report.region)
}

function takeBeat(draft: BatchDraft, signal: Heartbeat): Effect {
  const found = draft.get(signal.monitorId)
  if (found === undefined || found.monitor.type !== 'CRON') return 'ignored'
  const entry = upToDate(draft, found)
  const { decision, beat } = decideBeat(entry.state, signal, draft.contextOf(entry))
  if (beat === null) return 'applied'
  draft.addBeat(beat)
  draft.apply(entry, decision, null)
  return 'applied'
}

function takeDue(draft: BatchDraft, monitorId: string): Effect {
  const found = draft.get(monitorId)
  if (found === undefined) return 'ignored'
  const entry = upToDate(draft, found)
  const decision = decideDue(entry.state, draft.contextOf(entry))
  if (decision.state === entry.state) return 'ignored'
  draft.apply(entry, decision, null)
  return 'applied'
}

function create(draft: BatchDraft, monitor: Monitor, nowMs: number): void {
  const heartbeat = monitor.type === 'CRON' ? firstHeartbeat(monitor, nowMs) : null
  const state = pendingState(nowMs, heartbeat)
  draft.create({
    monitor,
    state: isWatched(monitor) ? state : { ...state, status: 'PAUSED', span: { status: 'PAUSED', fromMs: nowMs } },
    openIncident: null,
  })
}

function update(draft: BatchDraft, monitor: Monitor, nowMs: number): Effect {
  const found = draft.get(monitor.id)
  if (found === undefined) return 'ignored'
  // Until now it was what it was: maintenance that has begun or ended belongs to that.
  const entry = upToDate(draft, found)
  const { heartbeat } = entry.state
  const expected = heartbeat === null ? null : expectAnew(heartbeat, monitor, nowMs)
  const changed = { ...entry, monitor }
  draft.edit(monitor)
  draft.apply(changed, decideChange(entry.state, entry.monitor, expected, draft.contextOf(changed)), null)
  return 'applied'
}

function firstHeartbeat(monitor: Monitor, nowMs: number): HeartbeatState {
  const heartbeat = firstHeartbeatState(planOf(monitor), nowMs)
  return isWatched(monitor) ? heartbeat : suspendHeartbeat(heartbeat)
}

function expectAnew(heartbeat: HeartbeatState, monitor: Monitor, nowMs: number): HeartbeatState {
  return isWatched(monitor) ? replan(heartbeat, planOf(monitor), nowMs) : suspendHeartbeat(heartbeat)
}

function remove(draft: BatchDraft, monitorId: string): Effect {
  const entry = draft.get(monitorId)
  if (entry === undefined) return 'ignored'
  draft.apply(entry, decideDeletion(entry.state, draft.contextOf(entry)), null)
  draft.delete(monitorId)
  return 'applied'
}

function sparedHeartbeat(
  heartbeat: HeartbeatState,
  monitor: Monitor,
  blind: { fromMs: number; toMs: number; jumpMs?: number },
): HeartbeatState {
  const plan = planOf(monitor)
  const { jumpMs = 0 } = blind
  return afterBlindness(jumpMs === 0 ? heartbeat : afterClockSet(heartbeat, plan, jumpMs), plan, blind)
}

function takeBlindness(
  draft: BatchDraft,
  monitorId: string,
  blind: { fromMs: number; toMs: number; reason: string; jumpMs?: number },
): void {
  const entry = draft.get(monitorId)
  if (entry === undefined) return
  const { heartbeat } = entry.state
  const spared = heartbeat === null ? null : sparedHeartbeat(heartbeat, entry.monitor, blind)
  const decision = decideBlindness(entry.state, blind, spared, draft.contextOf(entry))
  const { span, maintenance } = decision.state
  if (span === entry.state.span && maintenance === entry.state.maintenance && spared === heartbeat) return
  draft.apply(entry, decision, null)
}
