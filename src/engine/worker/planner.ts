import { type CheckKind, type MissedCheck, nextStartMs, phaseMs, planResume } from '#domain'
import { Heap } from '../heap.ts'
import type { Assignment } from '../protocol.ts'
import { firstCheckPace } from './pace.ts'
import { dueAtMs, type Slot, takeScheduledTime } from './slot.ts'

export interface Due {
  slot: Slot
  kind: CheckKind
  scheduledAtMs: number
}

/** An entry is stale, and skipped, once its slot has got a newer one. */
interface QueueEntry {
  atMs: number
  order: number
  slot: Slot
}

/**
 * Knows every assignment of a region and when each is to be checked next. Has no clock: wall time is handed in.
 * `onGone` is told of each slot that was removed or replaced, so that what runs in it can be ended.
 */
export class Planner {
  readonly #region: string
  readonly #onGone: (slot: Slot) => void
  readonly #slots = new Map<string, Slot>()
  readonly #queue = new Heap<QueueEntry>()
  readonly #queued = new Map<Slot, QueueEntry>()
  /** Slots whose first or catch-up check has not started. */
  readonly #waiting = new Set<Slot>()
  #firstCheckTurn = firstCheckPace()
  #order = 0
  /** Checks left out because the one before was still running. */
  skipped = 0

  constructor(region: string, onGone: (slot: Slot) => void) {
    this.#region = region
    this.#onGone = onGone
  }

  get(monitorId: string): Slot | undefined {
    return this.#slots.get(monitorId)
  }

  /** Monitors that are assigned and not among these. */
  othersThan(assignments: readonly Assignment[]): string[] {
    const kept = new Set(assignments.map(({ monitorId }) => monitorId))
    return [...this.#slots.keys()].filter((monitorId) => !kept.has(monitorId))
  }

  /** How many checks should have started by their plan, and wait for their turn. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Adds, replaces and removes. Overdue ones of the same call catch up together, see `planResume`. */
  assign(add: readonly Assignment[], remove: readonly string[], nowMs: number): void {
    for (const monitorId of remove) this.#remove(monitorId)
    const missed: MissedCheck[] = []
    for (const assignment of add) {
      const { monitorId, intervalMs } = assignment
      const old = this.#slots.get(monitorId)
      // The same version again is the same configuration: nothing to do over.
      if (old?.assignment.version === assignment.version && !assignment.immediate) continue
      const isFirst = assignment.immediate || (old !== undefined && (old.run !== null || this.#waiting.has(old)))
      if (old) this.#remove(monitorId)
      const phase = phaseMs(monitorId, this.#region, intervalMs)
      const slot: Slot = {
        assignment,
        phaseMs: phase,
        plannedAtMs: nextStartMs(phase, intervalMs, nowMs),
        extra: null,
        run: null,
        asks: [],
        lastScheduledAtMs: old?.lastScheduledAtMs ?? Number.NEGATIVE_INFINITY,
      }
      this.#slots.set(monitorId, slot)
      if (isFirst) this.#wait(slot, this.#firstCheckTurn(nowMs))
      else if (assignment.missedAtMs !== null && assignment.missedAtMs <= nowMs) {
        missed.push({ monitorId, missedAtMs: assignment.missedAtMs, nextAtMs: slot.plannedAtMs, intervalMs })
      }
      this.#enqueue(slot)
    }
    this.#catchUp(missed, nowMs)
  }

  /** Plans a re-check, unless another start comes sooner or the version is another. */
  recheck(monitorId: string, version: number, atMs: number): void {
    const slot = this.#slots.get(monitorId)
    if (!slot || slot.assignment.version !== version || atMs >= dueAtMs(slot)) return
    this.#waiting.delete(slot)
    slot.extra = { atMs, kind: 'recheck' }
    this.#enqueue(slot)
  }

  /** Wall ms of the next start; Infinity when there is none. */
  headMs(): number {
    for (let top = this.#queue.peek(); top; top = this.#queue.peek()) {
      if (this.#queued.get(top.slot) === top) return top.atMs
      this.#queue.pop()
    }
    return Number.POSITIVE_INFINITY
  }

  /** Takes the next check that is due, and plans the one after it. Null when none is due. */
  takeDue(nowMs: number): Due | null {
    while (this.headMs() <= nowMs) {
      const slot = this.#queue.pop()?.slot
      if (!slot) return null
      const due = this.#advance(slot, nowMs)
      this.#enqueue(slot)
      if (slot.run === null) return { ...due, slot, scheduledAtMs: takeScheduledTime(slot, due.scheduledAtMs) }
      this.skipped++
    }
    return null
  }

  /**
   * Plans everything anew after a time in which nobody looked. What fell due in it, or ran and was dropped
   * (`droppedAtMs` by slot), is caught up with.
   */
  replan(nowMs: number, droppedAtMs: ReadonlyMap<Slot, number>): void {
    const missed: MissedCheck[] = []
    this.#firstCheckTurn = firstCheckPace()
    this.#waiting.clear()
    for (const slot of this.#slots.values()) {
      const { monitorId, intervalMs } = slot.assignment
      const missedAtMs = droppedAtMs.get(slot) ?? slot.extra?.atMs ?? slot.plannedAtMs
      const isMissed = droppedAtMs.has(slot) || slot.extra !== null || missedAtMs <= nowMs
      slot.extra = null
      slot.plannedAtMs = nextStartMs(slot.phaseMs, intervalMs, nowMs)
      if (isMissed) {
        missed.push({ monitorId, missedAtMs: Math.min(missedAtMs, nowMs), nextAtMs: slot.plannedAtMs, intervalMs })
      }
      this.#enqueue(slot)
    }
    this.#catchUp(missed, nowMs)
  }

  /** Forgets all plans; slots and what runs in them stay. */
  clearPlans(): void {
    this.#queue.clear()
    this.#queued.clear()
    this.#waiting.clear()
  }

  #advance(slot: Slot, nowMs: number): { kind: CheckKind; scheduledAtMs: number } {
    const { extra, plannedAtMs } = slot
    slot.extra = null
    this.#waiting.delete(slot)
    if (extra && extra.atMs < plannedAtMs) return { kind: extra.kind, scheduledAtMs: extra.atMs }
    slot.plannedAtMs = nextStartMs(slot.phaseMs, slot.assignment.intervalMs, Math.max(nowMs, plannedAtMs))
    return { kind: 'planned', scheduledAtMs: plannedAtMs }
  }

  #catchUp(missed: readonly MissedCheck[], nowMs: number): void {
    for (const { monitorId, atMs, standsForNext } of planResume(missed, nowMs)) {
      const slot = this.#slots.get(monitorId)
      if (!slot) continue
      if (standsForNext) slot.plannedAtMs += slot.assignment.intervalMs
      this.#wait(slot, atMs)
      this.#enqueue(slot)
    }
  }

  #wait(slot: Slot, atMs: number): void {
    slot.extra = { atMs, kind: 'planned' }
    this.#waiting.add(slot)
  }

  #enqueue(slot: Slot): void {
    const entry = { atMs: dueAtMs(slot), order: this.#order++, slot }
    this.#queued.set(slot, entry)
    this.#queue.push(entry)
  }

  #remove(monitorId: string): void {
    const slot = this.#slots.get(monitorId)
    if (!slot) return
    this.#slots.delete(monitorId)
    this.#queued.delete(slot)
    this.#waiting.delete(slot)
    this.#onGone(slot)
  }
}
