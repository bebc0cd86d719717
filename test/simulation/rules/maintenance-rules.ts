import { type AlertEventName, isWatched } from '#domain'
import type { EngineBatch, Store } from '#storage'
import type { FaultKind } from '../disturbances.ts'
import type { Facts } from '../facts.ts'
import type { Committed, Mirror } from '../mirror.ts'
import type { Planned } from '../planned.ts'

/** A monitor follows a window within this. */
const PUNCTUAL_MS = 1_500
/** Small steps of the clock, and what a check in flight takes. */
const TOLERANCE_MS = 2_000
/** What a fault that is over leaves to be caught up. */
const AFTER_MS = 10_000
const SWEEP_MS = 5_000

const ALERTS: readonly AlertEventName[] = ['monitor.down', 'monitor.up', 'monitor.degraded', 'incident.created']

/** Maintenance: nobody is alarmed in it, it begins and ends punctually, and no time of it counts as up or down. */
export class MaintenanceRules {
  readonly #facts: Facts
  readonly #mirror: Mirror
  readonly #planned: Planned

  constructor(facts: Facts, mirror: Mirror, planned: Planned) {
    this.#facts = facts
    this.#mirror = mirror
    this.#planned = planned
    facts.clock.schedule(SWEEP_MS, () => this.#sweep())
  }

  /** After the mirror, and before the windows of the batch are taken in. */
  committed(batch: EngineBatch): void {
    this.#checkAlerts(batch)
    this.#checkSpans(batch)
    this.#planned.committed(batch)
    for (const window of batch.maintenance.saved) {
      const what = window.cancelledAtMs === null ? 'planned' : 'cancelled'
      this.#facts.trace.add(
        'world',
        `maintenance ${window.id} ${what} for ${new Date(window.startsAtMs).toISOString()}`,
      )
    }
    for (const { monitorId } of batch.states) {
      const entry = this.#mirror.get(monitorId)
      if (entry !== undefined) this.#checkStatus(entry, batch.atMs)
    }
  }

  /** Compares the stored windows with those that were seen. */
  async checkEnd(store: Store): Promise<void> {
    for (const window of this.#planned.windows.values()) {
      const stored = await store.maintenance.get(window.accountId, window.id)
      const isSame = stored?.updatedAtMs === window.updatedAtMs && stored.cancelledAtMs === window.cancelledAtMs
      if (!isSame) this.#facts.violate('8', 'world', `window ${window.id} is not stored as it was seen`)
    }
  }

  #checkAlerts({ events, incidents, maintenance }: EngineBatch): void {
    const changing = new Set(maintenance.saved.map(({ id }) => id))
    for (const { event } of events) {
      const entry = this.#mirror.get(event.monitorId)
      if (entry === undefined || !isWatched(entry.monitor) || !this.#isCalm(['jump'])) continue
      const isByHand = incidents.opened.some(({ id, monitorId }) => id === event.incidentId && monitorId === null)
      if (isByHand) continue
      const recovered = incidents.changed.some(
        ({ id, resolution }) => id === event.incidentId && resolution === 'recovered',
      )
      const isAlert = ALERTS.includes(event.name) || (event.name === 'incident.resolved' && recovered)
      if (isAlert && this.#covers(entry, event.createdAtMs, changing) === true)
        this.#facts.violate('maintenance', event.monitorId, `${event.name} is told in maintenance`)
    }
  }

  #checkSpans({ spans }: EngineBatch): void {
    for (const { monitorId, status, fromMs, toMs } of spans.ended) {
      const entry = this.#mirror.get(monitorId)
      if (entry === undefined || toMs === null || !['UP', 'DEGRADED', 'DOWN'].includes(status)) continue
      const coveredMs = this.#planned.coveredMs(entry.monitor, fromMs, toMs)
      if (coveredMs <= TOLERANCE_MS || !this.#isCalm(['jump'], toMs - fromMs)) continue
      this.#facts.violate('maintenance', monitorId, `${coveredMs} ms of maintenance count as ${status}`)
    }
  }

  #checkStatus({ monitor, state }: Committed, atMs: number): void {
    if (!isWatched(monitor) || state === null) return
    const covers = this.#covers({ monitor }, atMs)
    if (covers === null || covers === (state.status === 'MAINTENANCE')) return
    if (!this.#isCalm(['crash', 'stall', 'jump', 'store'])) return
    this.#facts.violate('maintenance', monitor.id, `${covers ? 'in' : 'out of'} maintenance it is ${state.status}`)
  }

  #sweep(): void {
    const { clock } = this.#facts
    if (this.#planned.windows.size > 0) {
      for (const entry of this.#mirror.monitors.values()) {
        const isNew = clock.monotonicMs() - entry.atChangedMs < PUNCTUAL_MS
        if (!isNew) this.#checkStatus(entry, clock.nowMs())
      }
    }
    clock.schedule(SWEEP_MS, () => this.#sweep())
  }

  /** Null: something begins or ends about now, or was changed just now. */
  #covers({ monitor }: Pick<Committed, 'monitor'>, atMs: number, except?: ReadonlySet<string>): boolean | null {
    const moments = [atMs - PUNCTUAL_MS, atMs, atMs + PUNCTUAL_MS]
    const [before, now, after] = moments.map((ms) => this.#planned.untilMs(monitor, ms, except) !== null)
    const isNew = [...this.#planned.windows.values()].some(({ updatedAtMs }) => atMs - updatedAtMs < PUNCTUAL_MS)
    return before === now && now === after && !isNew ? (now ?? null) : null
  }

  #isCalm(kinds: FaultKind[], agoMs = 0): boolean {
    const nowMs = this.#facts.clock.monotonicMs()
    return this.#facts.disturbances.isCalm(nowMs - agoMs - AFTER_MS, nowMs, { kinds })
  }
}
