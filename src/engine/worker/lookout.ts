import type { Clock } from '#domain'

/** More than this late, or apart between wall and monotonic time, and nothing that ran meanwhile can be believed. */
const BLIND_MS = 1000
/** Longer than this without a look while checks run, and what they measured includes our own delay. */
export const STALL_MS = 200

export interface Moment {
  wallMs: number
  monotonicMs: number
}

/** A time in which the worker could not look, wall ms. */
export interface BlindSpot {
  fromMs: number
  toMs: number
  reason: string
}

/**
 * Notices when this process did not run as it should have: a stalled event loop, a stopped process, a suspended
 * machine, a wall clock that was set. `look` is called first whenever the worker gets to run.
 */
export class Lookout {
  readonly #clock: Clock
  #last: Moment
  #expectedMs = Number.POSITIVE_INFINITY
  /** Monotonic ms lost to stalls so far; a check compares it before and after. */
  stalledMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#last = { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() }
  }

  /** The last look. */
  get last(): Moment {
    return this.#last
  }

  /** Says when the worker means to look next at the latest, monotonic ms. */
  expect(monotonicMs: number): void {
    this.#expectedMs = monotonicMs
  }

  /** Reads both clocks. `isBusy`: checks have run since the last look. */
  look(isBusy: boolean): { now: Moment; blind: BlindSpot | null } {
    const now = { wallMs: this.#clock.nowMs(), monotonicMs: this.#clock.monotonicMs() }
    const last = this.#last
    this.#last = now
    const passedMs = now.monotonicMs - last.monotonicMs
    const lateMs = now.monotonicMs - this.#expectedMs
    const jumpMs = now.wallMs - last.wallMs - passedMs
    if (lateMs > BLIND_MS || Math.abs(jumpMs) > BLIND_MS) {
      this.#expectedMs = Number.POSITIVE_INFINITY
      const reason =
        Math.abs(jumpMs) > BLIND_MS ? jumpReason(jumpMs) : `the worker stood still for ${inSeconds(lateMs)}`
      return { now, blind: { fromMs: Math.min(last.wallMs, now.wallMs), toMs: now.wallMs, reason } }
    }
    if (isBusy && passedMs >= STALL_MS) this.stalledMs += passedMs
    return { now, blind: null }
  }
}

function jumpReason(jumpMs: number): string {
  return jumpMs > 0
    ? `the clock jumped forward by ${inSeconds(jumpMs)}: it was set, or the machine was suspended`
    : `the clock was set back by ${inSeconds(-jumpMs)}`
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
