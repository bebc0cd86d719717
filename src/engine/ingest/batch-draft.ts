import {
  type CheckReport,
  type Cover,
  type Decision,
  type DecisionContext,
  differsInSubstance,
  type Heartbeat,
  type Incident,
  type IncidentDecision,
  type IncidentUpdate,
  type MaintenanceStatus,
  type MaintenanceWindow,
  type Monitor,
  type MonitorState,
  maintenanceStatus,
  monitorsOf,
  type NewId,
  type OutboxEvent,
  payloadOf,
  type Span,
} from '#domain'
import type { EngineBatch, NotificationChannel } from '#storage'
import { type Book, downAmong, type Entry, type EntryReader } from '../book.ts'
import type { MaintenancePlan } from '../maintenance-plan.ts'
import { channelsFor, isTrouble } from '../routing.ts'
import type { Source } from './input.ts'

export interface DraftDeps {
  book: Book
  channels: () => Iterable<NotificationChannel>
  regionsFor: (monitor: Monitor) => string[]
  newId: NewId
  maintenance: MaintenancePlan
  /** The monitor as it is watched under its account's plan. */
  underPlan?: (monitor: Monitor) => Monitor
}

/**
 * What a group of inputs leads to, drafted over the book without touching it: if the commit fails, nothing has
 * happened.
 */
export class BatchDraft implements EntryReader {
  readonly #deps: DraftDeps
  readonly #nowMs: number
  /** Null: deleted. */
  readonly #touched = new Map<string, Entry | null>()
  readonly #saved = new Set<string>()
  readonly #numbers = new Map<string, number>()
  readonly #opened = new Map<string, Incident>()
  readonly #changed = new Map<string, Incident>()
  readonly #updates: IncidentUpdate[] = []
  readonly #dropped: string[] = []
  readonly #created = new Map<string, Monitor>()
  readonly #edited = new Map<string, Monitor>()
  readonly #deleted: string[] = []
  readonly #spans: Span[] = []
  readonly #results: CheckReport[] = []
  readonly #beats: Heartbeat[] = []
  readonly #windows = new Map<string, MaintenanceWindow>()
  readonly #moved = new Map<string, MaintenanceStatus>()
  readonly #events: EngineBatch['events'] = []
  readonly #workers = new Map<string, Source>()
  readonly rechecks: { monitorId: string; version: number; region: string; delayMs: number }[] = []

  constructor(deps: DraftDeps, nowMs: number) {
    this.#deps = deps
    this.#nowMs = nowMs
  }

  get(monitorId: string): Entry | undefined {
    const touched = this.#touched.get(monitorId)
    if (touched === null) return undefined
    return touched ?? this.#deps.book.get(monitorId)
  }

  /** What a decision on this entry may look at. */
  contextOf({ monitor, openIncident }: Pick<Entry, 'monitor' | 'openIncident'>): DecisionContext {
    return {
      monitor: this.#deps.underPlan?.(monitor) ?? monitor,
      nowMs: this.#nowMs,
      regions: this.#deps.regionsFor(monitor),
      downDependencies: monitor.settings.dependsOn.length === 0 ? [] : downAmong(this, monitor.settings.dependsOn),
      openIncident,
      newId: this.#deps.newId,
      nextIncidentNumber: () => this.#nextNumber(monitor.accountId),
    }
  }

  /** Takes a decision in. `region`: it followed from a check there, and need not be saved when nothing of substance changed. */
  apply(entry: Entry, decision: Decision, region: string | null): void {
    const { monitor } = entry
    const toldChannelIds = this.#publish(monitor, decision, entry.state.toldChannelIds)
    const state: MonitorState = { ...decision.state, toldChannelIds }
    if (decision.opened !== null) this.#opened.set(decision.opened.id, decision.opened)
    if (decision.changed !== null) this.#change(decision.changed)
    this.#updates.push(...decision.updates)
    this.#spans.push(...decision.endedSpans)
    const latest = decision.opened ?? decision.changed ?? entry.openIncident
    const openIncident = latest !== null && latest.resolvedAtMs === null ? latest : null
    this.#touched.set(monitor.id, { monitor, state, openIncident })
    if (region === null || differsInSubstance(entry.state, state, region)) this.#saved.add(monitor.id)
    for (const recheck of decision.rechecks) {
      this.rechecks.push({ monitorId: monitor.id, version: monitor.version, ...recheck })
    }
  }

  /** The maintenance that a monitor is in. */
  coverOf(monitor: Monitor): Cover | null {
    return this.#deps.maintenance.coverOf(monitor, this.#windows)
  }

  /** Stores a window; answers the monitors that it is about, or was until now. */
  saveWindow(window: MaintenanceWindow): string[] {
    const before = this.#windows.get(window.id) ?? this.#deps.maintenance.get(window.id)
    this.#windows.set(window.id, window)
    return this.#deps.book.idsIn(before === null ? [window] : [before, window])
  }

  /** Stores how these windows are now, where that is not known yet. */
  noteMoved(windowIds: readonly string[]): void {
    for (const { windowId, status } of this.#deps.maintenance.unstored(windowIds)) this.#moved.set(windowId, status)
  }

  get newId(): NewId {
    return this.#deps.newId
  }

  /** The next number in the account's row of incidents. */
  nextIncidentNumber(accountId: string): number {
    return this.#nextNumber(accountId)
  }

  /** Takes in what people did to an incident; its monitor's entry follows where it is the open one. */
  applyByHand({ incident, updates, event, details }: IncidentDecision): void {
    if (event === null) return
    if (event === 'incident.created') this.#opened.set(incident.id, incident)
    else this.#change(incident)
    this.#updates.push(...updates)
    const entry = incident.monitorId === null ? undefined : this.get(incident.monitorId)
    if (entry !== undefined && entry.openIncident?.id === incident.id) {
      const openIncident = incident.resolvedAtMs === null ? incident : null
      this.#touched.set(entry.monitor.id, { ...entry, openIncident })
    }
    this.#tellOfIncident(incident, event, details)
  }

  /** Forgets an incident that people opened. */
  dropIncident(incidentId: string): void {
    this.#dropped.push(incidentId)
  }

  create(entry: Entry): void {
    this.#created.set(entry.monitor.id, entry.monitor)
    this.#touched.set(entry.monitor.id, entry)
    this.#saved.add(entry.monitor.id)
  }

  edit(monitor: Monitor): void {
    if (this.#created.has(monitor.id)) this.#created.set(monitor.id, monitor)
    else this.#edited.set(monitor.id, monitor)
  }

  delete(monitorId: string): void {
    this.#touched.set(monitorId, null)
    this.#saved.delete(monitorId)
    this.#edited.delete(monitorId)
    if (this.#created.delete(monitorId)) return
    this.#deleted.push(monitorId)
  }

  addResult(report: CheckReport): void {
    this.#results.push(report)
  }

  addBeat(beat: Heartbeat): void {
    this.#beats.push(beat)
  }

  noteWorker(source: Source): void {
    const before = this.#workers.get(source.workerId)
    if (before === undefined || before.sequence < source.sequence) this.#workers.set(source.workerId, source)
  }

  /** Ids of the CRON monitors that this draft touches. */
  heartbeatIds(): string[] {
    return [...this.#touched].flatMap(([id, entry]) => (entry !== null && entry.state.heartbeat !== null ? [id] : []))
  }

  results(): readonly CheckReport[] {
    return this.#results
  }

  get hasEvents(): boolean {
    return this.#events.length > 0
  }

  /** Sequences that may be forgotten by their workers once this is committed. */
  workers(): Iterable<Source> {
    return this.#workers.values()
  }

  batch(): EngineBatch {
    const gone = (monitorId: string) => this.#touched.get(monitorId) === null
    return {
      atMs: this.#nowMs,
      monitors: {
        created: [...this.#created.values()],
        changed: [...this.#edited.values()],
        deleted: this.#deleted,
      },
      states: [...this.#saved].flatMap((monitorId) => {
        const entry = this.#touched.get(monitorId)
        return entry === undefined || entry === null ? [] : [{ monitorId, state: entry.state }]
      }),
      results: this.#results.filter(({ monitorId }) => !gone(monitorId)),
      heartbeats: this.#beats.filter(({ monitorId }) => !gone(monitorId)),
      spans: { ended: this.#spans.filter(({ monitorId }) => !gone(monitorId)) },
      incidents: { opened: [...this.#opened.values()], changed: [...this.#changed.values()] },
      incidentUpdates: this.#updates,
      incidentsDeleted: this.#dropped,
      maintenance: {
        saved: [...this.#windows.values()],
        moved: [...this.#moved].flatMap(([windowId, status]) =>
          this.#windows.has(windowId) ? [] : [{ windowId, status }],
        ),
      },
      events: this.#events,
      workers: [...this.#workers.values()]
        .filter(({ isKept }) => isKept)
        .map(({ workerId, sequence }) => ({ workerId, sequence })),
    }
  }

  /** Nothing to write. */
  get isEmpty(): boolean {
    return (
      this.#results.length === 0 &&
      this.#saved.size === 0 &&
      this.#beats.length === 0 &&
      this.#deleted.length === 0 &&
      this.#edited.size === 0 &&
      this.#opened.size === 0 &&
      this.#changed.size === 0 &&
      this.#dropped.length === 0 &&
      this.#windows.size === 0 &&
      this.#moved.size === 0 &&
      ![...this.#workers.values()].some(({ isKept }) => isKept) &&
      this.#events.length === 0
    )
  }

  /** After the commit: the book says what the store says. */
  enter(): void {
    const { book, maintenance } = this.#deps
    for (const [windowId, status] of this.#moved) maintenance.stored(windowId, status)
    for (const window of this.#windows.values()) maintenance.set(window, maintenanceStatus(window, this.#nowMs))
    for (const [monitorId, entry] of this.#touched) {
      if (entry === null) book.delete(monitorId)
      else book.set(entry)
    }
    for (const [accountId, number] of this.#numbers) book.noteIncidentNumber(accountId, number)
  }

  #change(incident: Incident): void {
    if (this.#opened.has(incident.id)) this.#opened.set(incident.id, incident)
    else this.#changed.set(incident.id, incident)
  }

  /** Adds the events with the channels that they go to; answers which channels now know of the trouble. */
  #publish(monitor: Monitor, { events }: Decision, before: string[]): string[] {
    let told = before
    for (const event of events) {
      const channels = channelsFor(this.#routed(event, monitor, told), this.#deps.channels())
      if (isTrouble(event.name)) told = [...new Set([...told, ...channels.map(({ id }) => id)])]
      if (event.name === 'monitor.up') told = []
      this.#events.push({
        event,
        deliveries: channels.map(({ id }) => ({ id: this.#deps.newId('del'), channelId: id })),
      })
    }
    return told
  }

  /** Those who hear of any of its monitors hear of it; of one without a monitor, those who watch all. */
  #tellOfIncident(incident: Incident, name: OutboxEvent['name'], details: IncidentDecision['details']): void {
    const entries = monitorsOf(incident).flatMap(({ id }) => this.get(id) ?? [])
    const [first] = entries
    const notificationChannelIds = entries.flatMap(({ monitor }) => monitor.settings.notificationChannelIds)
    const facts = { monitor: first?.monitor ?? null, status: first?.state.status ?? 'PENDING', incident, check: null }
    const event: OutboxEvent = {
      id: this.#deps.newId('evt'),
      accountId: incident.accountId,
      monitorId: first?.monitor.id ?? incident.id,
      incidentId: incident.id,
      name,
      createdAtMs: this.#nowMs,
      payload: {
        ...payloadOf(name, { ...facts, nowMs: this.#nowMs }),
        details: { ...details, monitors: monitorsOf(incident).map(({ id, name }) => ({ id, name })) },
      },
    }
    const routed = { accountId: incident.accountId, name, settings: { notificationChannelIds }, toldChannelIds: [] }
    const channels = channelsFor(routed, this.#deps.channels())
    this.#events.push({ event, deliveries: channels.map(({ id }) => ({ id: this.#deps.newId('del'), channelId: id })) })
  }

  #routed(event: OutboxEvent, { settings }: Monitor, toldChannelIds: readonly string[]) {
    return { accountId: event.accountId, name: event.name, settings, toldChannelIds }
  }

  #nextNumber(accountId: string): number {
    const number = (this.#numbers.get(accountId) ?? this.#deps.book.lastIncidentNumber(accountId)) + 1
    this.#numbers.set(accountId, number)
    return number
  }
}
