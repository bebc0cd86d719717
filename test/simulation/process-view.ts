import type { Clock } from '#domain'
import type { SimulatedClock } from '#engine'
import type { Prng } from './prng.ts'

/** One process of ours as the world sees it: it can be killed or stopped for a while, and nothing of it survives. */
export interface ProcessView {
  readonly clock: Clock
  /** Runs a task in the process: at once, after its stall, or never when it is dead. */
  run(task: () => void): void
  isAlive(): boolean
  kill(): void
  /** Nothing of this process runs for so long; what fell due runs afterwards, in order. */
  stall(ms: number): void
}

/** A promise that a dead process waits for. */
export function never<T>(): Promise<T> {
  return new Promise(() => {})
}

/** Timers of a process fire up to this much late, as on a real machine. */
export const LATENESS_MS = 2

export function processView(base: SimulatedClock, random: Prng): ProcessView {
  let alive = true
  let stalledUntilMs = 0

  function run(task: () => void): void {
    if (!alive) return
    const waitMs = stalledUntilMs - base.monotonicMs()
    if (waitMs > 0) base.schedule(waitMs, () => run(task))
    else task()
  }

  return {
    clock: {
      nowMs: base.nowMs,
      monotonicMs: base.monotonicMs,
      schedule(delayMs, task) {
        const lateMs = delayMs >= 1 ? random.next() * LATENESS_MS : 0
        let isCancelled = false
        const timer = base.schedule(delayMs + lateMs, () => run(() => isCancelled || task()))
        return {
          cancel() {
            isCancelled = true
            timer.cancel()
          },
        }
      },
    },
    run,
    isAlive: () => alive,
    kill() {
      alive = false
    },
    stall(ms) {
      stalledUntilMs = Math.max(stalledUntilMs, base.monotonicMs() + ms)
    },
  }
}
