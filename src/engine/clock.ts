import type { Clock } from '#domain'

/** The longest delay that Node's timers take; a longer one would fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** The machine's own time. Tasks never run early by the monotonic clock, and late by 1–2 ms at best. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, task) {
    let leftMs = Math.max(0, Math.ceil(delayMs))
    let timeout: NodeJS.Timeout
    const arm = () => {
      const partMs = Math.min(leftMs, LONGEST_TIMEOUT_MS - 1)
      leftMs -= partMs
      // The event loop counts whole ms from a truncated start, so a timer may be up to 1 ms early: one more.
      timeout = setTimeout(leftMs > 0 ? arm : task, partMs + 1)
    }
    arm()
    return { cancel: () => clearTimeout(timeout) }
  },
}
