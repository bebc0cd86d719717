/** The one source of time. Wall time stamps things, monotonic time measures them; a simulated body drives tests. */
export interface Clock {
  /** Wall time, ms since the Unix epoch. May jump. */
  nowMs(): number
  /** Monotonic time in ms with fractions, from an arbitrary origin. Never jumps. */
  monotonicMs(): number
  /** Runs `task` once after `delayMs` (any length; negative counts as 0). */
  schedule(delayMs: number, task: () => void): Timer
}

export interface Timer {
  cancel(): void
}
