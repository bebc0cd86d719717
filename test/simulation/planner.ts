import type { MaintenanceWindow } from '#domain'
import type { Facts } from './facts.ts'
import type { Mirror } from './mirror.ts'
import type { Planned } from './planned.ts'
import type { Prng } from './prng.ts'
import type { Server } from './server.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** So many windows are open at a time. */
const OPEN_MAX = 5
const TRY_AGAIN_MS = 10 * SECOND_MS

export interface PlannerParts {
  facts: Facts
  mirror: Mirror
  planned: Planned
  server: Server
  random: Prng
  accountId: string
}

/** Someone who plans maintenance at random, changes the plan, and cancels it. */
export class Planner {
  readonly #parts: PlannerParts
  #made = 0
  acts = 0

  constructor(parts: PlannerParts) {
    this.#parts = parts
  }

  /** Does one thing. */
  async act(): Promise<void> {
    const { random } = this.#parts
    this.acts++
    const open = this.#open()
    const window = random.some(open)
    const lot = random.next()
    if (window === undefined || (lot < 0.6 && open.length < OPEN_MAX)) return this.#save(this.#new())
    const now = this.#parts.facts.clock.nowMs()
    if (lot < 0.8) return this.#save({ ...window, cancelledAtMs: now, updatedAtMs: now })
    const endsAtMs = window.endsAtMs + Math.round(random.between(-10, 20)) * MINUTE_MS
    if (endsAtMs > window.startsAtMs) return this.#save({ ...window, endsAtMs, updatedAtMs: now })
  }

  /** What would come again and again is cancelled, however often it takes. */
  calm(): void {
    const now = this.#parts.facts.clock.nowMs()
    const left = this.#open().filter(({ recurrence }) => recurrence !== null)
    for (const window of left) void this.#save({ ...window, cancelledAtMs: now, updatedAtMs: now })
    if (left.length > 0) this.#parts.facts.clock.schedule(TRY_AGAIN_MS, () => this.calm())
  }

  #new(): MaintenanceWindow {
    const { random, mirror, facts, accountId } = this.#parts
    const nowMs = facts.clock.nowMs()
    const startsAtMs = Math.floor((nowMs + random.between(-5, 30) * MINUTE_MS) / SECOND_MS) * SECOND_MS
    const allMonitors = random.chance(0.3)
    return {
      id: `mw_${String(++this.#made).padStart(16, '0')}`,
      accountId,
      title: `maintenance ${this.#made}`,
      description: null,
      startsAtMs,
      endsAtMs: startsAtMs + Math.round(random.between(2, 60)) * MINUTE_MS,
      timezone: 'America/New_York',
      recurrence: random.chance(0.2) ? { frequency: 'daily', interval: 1, untilMs: null, count: null } : null,
      allMonitors,
      monitorIds: allMonitors ? [] : [...mirror.monitors.keys()].filter(() => random.chance(0.3)),
      cancelledAtMs: null,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
    }
  }

  /** Through the server as it is; what is acknowledged must be stored. */
  async #save(window: MaintenanceWindow): Promise<void> {
    const { server, planned, facts } = this.#parts
    const { engine } = server
    if (engine === null) return
    const isStored = () => planned.windows.get(window.id)?.updatedAtMs === window.updatedAtMs
    try {
      await engine.saveMaintenance(window)
    } catch (error) {
      if (isStored()) facts.violate('9', 'world', `${window.id} was refused (${String(error)}), but is stored`)
      return
    }
    if (!isStored()) facts.violate('8', 'world', `${window.id} was acknowledged, but is not stored`)
  }

  #open(): MaintenanceWindow[] {
    const nowMs = this.#parts.facts.clock.nowMs()
    return [...this.#parts.planned.windows.values()].filter(
      ({ cancelledAtMs, endsAtMs, recurrence }) => cancelledAtMs === null && (recurrence !== null || endsAtMs > nowMs),
    )
  }
}
