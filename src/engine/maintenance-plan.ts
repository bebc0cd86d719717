import {
  type Cover,
  isAbout,
  latestOccurrence,
  type MaintenanceStatus,
  type MaintenanceWindow,
  type Monitor,
  maintenanceStatus,
  nextMaintenanceChangeMs,
  type Occurrence,
  runningOccurrence,
} from '#domain'
import { Heap } from './heap.ts'

/** Steps of the clock as small as this don't take a window back that has begun or ended. */
const STEP_MS = 60_000

/** So many planned changes of windows that have been changed since are let lie. */
const STALE_MAX = 100

interface Known {
  window: MaintenanceWindow
  /** As it is stored. */
  status: MaintenanceStatus
}

type Running = Map<string, Occurrence>

/**
 * Every window that is running or has yet to come, and which of them cover a monitor as of the moment that was last
 * looked at. Looking costs nothing until a window begins or ends.
 */
export class MaintenancePlan {
  readonly #onMoved: (windows: MaintenanceWindow[]) => void
  readonly #windows = new Map<string, Known>()
  /** Occurrences that run, by window: of those about all monitors of an account, and of those about a monitor. */
  readonly #ofAccount = new Map<string, Running>()
  readonly #ofMonitor = new Map<string, Running>()
  readonly #changes = new Heap<{ atMs: number; order: number; window: MaintenanceWindow }>()
  #order = 0
  #nowMs = Number.NEGATIVE_INFINITY

  /** `onMoved`: windows have begun or ended. */
  constructor(onMoved: (windows: MaintenanceWindow[]) => void) {
    this.#onMoved = onMoved
  }

  /** Takes in a window as it is stored now; forgets one that is over. */
  set(window: MaintenanceWindow, status: MaintenanceStatus): void {
    const known = this.#windows.get(window.id)
    if (known !== undefined) this.#run(known.window, null)
    this.#windows.delete(window.id)
    if (status === 'CANCELLED' || status === 'COMPLETED') return
    this.#windows.set(window.id, { window, status })
    this.#look(window)
    if (this.#changes.size > 2 * this.#windows.size + STALE_MAX) this.#lookAnew()
  }

  /** Takes in a window as it is stored, whatever its status was, unless it is known. */
  recall(window: MaintenanceWindow, status: MaintenanceStatus): void {
    if (this.#windows.has(window.id)) return
    this.#windows.set(window.id, { window, status })
    this.#look(window)
  }

  get(windowId: string): MaintenanceWindow | null {
    return this.#windows.get(windowId)?.window ?? null
  }

  windows(): MaintenanceWindow[] {
    return [...this.#windows.values()].map(({ window }) => window)
  }

  /** When the next window begins or ends; null when none does. */
  nextChangeMs(): number | null {
    return this.#changes.peek()?.atMs ?? null
  }

  /** Looks at a moment. Back by more than a step of the clock, everything is looked at anew. */
  advance(nowMs: number): void {
    const isBack = nowMs < this.#nowMs - STEP_MS
    if (nowMs <= this.#nowMs && !isBack) return
    this.#nowMs = nowMs
    const moved: MaintenanceWindow[] = []
    if (isBack) {
      this.#lookAnew()
      moved.push(...this.windows())
    }
    for (let next = this.#changes.peek(); next !== undefined && next.atMs <= nowMs; next = this.#changes.peek()) {
      this.#changes.pop()
      if (this.get(next.window.id) !== next.window) continue
      this.#look(next.window)
      moved.push(next.window)
    }
    if (moved.length > 0) this.#onMoved(moved)
  }

  /** The maintenance that a monitor is in; `changed` are windows as they are about to be stored. */
  coverOf(
    { id, accountId }: Pick<Monitor, 'id' | 'accountId'>,
    changed: ReadonlyMap<string, MaintenanceWindow>,
  ): Cover | null {
    let cover: Cover | null = null
    for (const running of [this.#ofAccount.get(accountId), this.#ofMonitor.get(id)]) {
      if (running === undefined) continue
      for (const [windowId, occurrence] of running) {
        const window = changed.has(windowId) ? null : this.get(windowId)
        if (window !== null) cover = joined(cover, window, occurrence)
      }
    }
    for (const window of changed.values()) {
      if (window.accountId !== accountId || !isAbout(window, id)) continue
      const occurrence = runningOccurrence(window, this.#nowMs)
      if (occurrence !== null) cover = joined(cover, window, occurrence)
    }
    return cover
  }

  /** Of these windows, those whose status is stored otherwise than it is. */
  unstored(windowIds: readonly string[]): { windowId: string; status: MaintenanceStatus }[] {
    return windowIds.flatMap((windowId) => {
      const known = this.#windows.get(windowId)
      if (known === undefined) return []
      const status = maintenanceStatus(known.window, this.#nowMs)
      return status === known.status ? [] : [{ windowId, status }]
    })
  }

  /** A status is stored; a window that is over is forgotten. */
  stored(windowId: string, status: MaintenanceStatus): void {
    const known = this.#windows.get(windowId)
    if (known === undefined) return
    known.status = status
    if (status === 'COMPLETED') this.#windows.delete(windowId)
  }

  /** Windows that ended between two looks, with the last time that each covered; in the order in which these began. */
  missed(lookedUntilMs: number, nowMs: number): { window: MaintenanceWindow; fromMs: number; toMs: number }[] {
    const missed = this.windows().flatMap((window) => {
      const occurrence = latestOccurrence(window, nowMs)
      if (occurrence === null) return []
      const [fromMs, toMs] = [coveredFromMs(window, occurrence), occurrence.endsAtMs]
      return toMs <= nowMs && toMs > lookedUntilMs && fromMs < toMs ? [{ window, fromMs, toMs }] : []
    })
    return missed.sort((a, b) => a.fromMs - b.fromMs)
  }

  #lookAnew(): void {
    this.#changes.clear()
    for (const { window } of this.#windows.values()) this.#look(window)
  }

  #look(window: MaintenanceWindow): void {
    this.#run(window, runningOccurrence(window, this.#nowMs))
    const atMs = nextMaintenanceChangeMs(window, this.#nowMs)
    if (atMs !== null) this.#changes.push({ atMs, order: this.#order++, window })
  }

  #run(window: MaintenanceWindow, occurrence: Occurrence | null): void {
    if (window.allMonitors) note(this.#ofAccount, window.accountId, window.id, occurrence)
    else for (const id of window.monitorIds) note(this.#ofMonitor, id, window.id, occurrence)
  }
}

function note(all: Map<string, Running>, key: string, windowId: string, occurrence: Occurrence | null): void {
  const running = all.get(key) ?? new Map<string, Occurrence>()
  if (occurrence !== null) running.set(windowId, occurrence)
  else running.delete(windowId)
  if (running.size === 0) all.delete(key)
  else all.set(key, running)
}

/** A window covers nothing of the time before it was made. */
function coveredFromMs({ updatedAtMs }: MaintenanceWindow, { startsAtMs }: Occurrence): number {
  return Math.max(startsAtMs, updatedAtMs)
}

function joined(cover: Cover | null, window: MaintenanceWindow, occurrence: Occurrence): Cover {
  const { endsAtMs } = occurrence
  const fromMs = coveredFromMs(window, occurrence)
  if (cover === null) return { fromMs, untilMs: endsAtMs }
  return { fromMs: Math.min(cover.fromMs, fromMs), untilMs: Math.max(cover.untilMs, endsAtMs) }
}
