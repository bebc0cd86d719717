import type { Clock, Timer } from '#domain'

/** The longest delay that Node's timers take; a longer one would fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** The machine's own time. Tasks never run early by the monotonic clock, and late by 1–2 ms at best. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule: (delayMs, task) => new RealTimer(delayMs, task),
}

class RealTimer implements Timer {
  #timeout: NodeJS.Timeout

  constructor(delayMs: number, task: () => void) {
    this.#timeout = this.#arm(Math.max(0, Math.ceil(delayMs)), task)
  }

  cancel(): void {
    clearTimeout(this.#timeout)
  }

  #arm(leftMs: number, task: () => void): NodeJS.Timeout {
    // The event loop counts whole ms from a truncated start, so a timer may be up to 1 ms early: one more.
    if (leftMs < LONGEST_TIMEOUT_MS) return setTimeout(task, leftMs + 1)
    const again = () => {
      this.#timeout = this.#arm(leftMs - LONGEST_TIMEOUT_MS + 1, task)
    }
    return setTimeout(again, LONGEST_TIMEOUT_MS)
  }
}
