import type { Clock, Timer } from '#domain'
import { Heap } from './heap.ts'

/** After so many timers the real event loop gets a turn, so that a test's own time limit can still fire. */
const TIMERS_PER_TURN = 10_000

/** A clock whose time passes only when told, for tests and simulation. The same calls give the same order of events. */
export interface SimulatedClock extends Clock {
  /**
   * Lets `ms` pass: runs every timer that falls due, in order of time and then of creation, and lets all promises
   * settle between one timer and the next.
   */
  advanceBy(ms: number): Promise<void>
  /** Lets time pass until the wall clock shows `wallMs`; nothing if it does already. */
  advanceTo(wallMs: number): Promise<void>
  /** Lets time pass until the condition holds after some timer. False when it did not within `withinMs`. */
  runUntil(condition: () => boolean, withinMs: number): Promise<boolean>
  /** Lets promises settle; no time passes. */
  settle(): Promise<void>
  /** Sets the wall clock forward or back; monotonic time goes on as it was. */
  jumpWall(ms: number): void
  /** Time passes and nothing runs, as when the process is stopped. What fell due runs late, with the next advance. */
  stall(ms: number): void
  /** Timers that still wait. */
  pending(): number
}

class SimulatedTimer implements Timer {
  readonly atMs: number
  readonly order: number
  task: (() => void) | null
  readonly #onCancel: () => void

  constructor(atMs: number, order: number, task: () => void, onCancel: () => void) {
    this.atMs = atMs
    this.order = order
    this.task = task
    this.#onCancel = onCancel
  }

  cancel(): void {
    if (this.task === null) return
    this.task = null
    this.#onCancel()
  }
}

export function simulatedClock({ startMs }: { startMs: number }): SimulatedClock {
  let monotonicMs = 0
  let wallOffsetMs = startMs
  let created = 0
  let cancelled = 0
  let fired = 0
  const heap = new Heap<SimulatedTimer>()

  function noteCancelled(): void {
    cancelled++
  }

  function schedule(delayMs: number, task: () => void): Timer {
    const timer = new SimulatedTimer(monotonicMs + Math.max(0, delayMs), created++, task, noteCancelled)
    heap.push(timer)
    return timer
  }

  /** Drops cancelled timers from the top and tells the first live one. */
  function head(): SimulatedTimer | undefined {
    let top = heap.peek()
    while (top?.task === null) {
      heap.pop()
      cancelled--
      top = heap.peek()
    }
    return top
  }

  function runTo(untilMs: number, condition?: () => boolean): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    const step = () => {
      try {
        if (condition?.()) return resolve(true)
        const next = head()
        if (!next || next.atMs > untilMs) {
          monotonicMs = Math.max(monotonicMs, untilMs)
          return resolve(false)
        }
        heap.pop()
        monotonicMs = Math.max(monotonicMs, next.atMs)
        const task = next.task
        next.task = null
        task?.()
      } catch (error) {
        return reject(error)
      }
      if (++fired % TIMERS_PER_TURN === 0) setImmediate(step)
      else queueMicrotask(tick)
    }
    const tick = () => process.nextTick(step)
    queueMicrotask(tick)
    return promise
  }

  return {
    nowMs: () => Math.floor(monotonicMs + wallOffsetMs),
    monotonicMs: () => monotonicMs,
    schedule,
    async advanceBy(ms) {
      await runTo(monotonicMs + ms)
    },
    async advanceTo(wallMs) {
      await runTo(wallMs - wallOffsetMs)
    },
    runUntil: (condition, withinMs) => runTo(monotonicMs + withinMs, condition),
    settle,
    jumpWall(ms) {
      wallOffsetMs += ms
    },
    stall(ms) {
      monotonicMs += ms
    },
    pending: () => heap.size - cancelled,
  }
}

/** A tick queued from a promise reaction runs when no reaction is left, so by then everything has settled. */
function afterPromises(task: () => void): void {
  queueMicrotask(() => process.nextTick(task))
}

function settle(): Promise<void> {
  return new Promise(afterPromises)
}
