import type { Clock, Timer } from '#domain'

const TICK_MS = 1_000

/** A tick this much late, or a wall clock this far from the monotonic one, means that this process could not look. */
const TOLERANCE_MS = 1_000

/** A time in which this process could neither look nor listen. Wall ms. */
export interface Blindness {
  fromMs: number
  toMs: number
  reason: string
  /** By how much the wall clock was set; 0 when time went on as it should. */
  jumpMs: number
}

/** Notices that the process was stalled or suspended, or that its clock was set. */
export class BlindnessWatch {
  readonly #clock: Clock
  readonly #onBlind: (blindness: Blindness) => void
  #timer: Timer | null = null
  #wallMs: number
  #monotonicMs: number

  constructor(clock: Clock, onBlind: (blindness: Blindness) => void) {
    this.#clock = clock
    this.#onBlind = onBlind
    this.#wallMs = clock.nowMs()
    this.#monotonicMs = clock.monotonicMs()
  }

  start(): void {
    this.#wallMs = this.#clock.nowMs()
    this.#monotonicMs = this.#clock.monotonicMs()
    this.#arm()
  }

  stop(): void {
    this.#timer?.cancel()
  }

  /** Looks now; also called before a deadline is judged, which may fire before the tick after a stall. */
  look(): void {
    const wallMs = this.#clock.nowMs()
    const monotonicMs = this.#clock.monotonicMs()
    const passedMs = monotonicMs - this.#monotonicMs
    const lateMs = passedMs - TICK_MS
    const jumpMs = wallMs - this.#wallMs - passedMs
    // The last look, by the clock as it is now if that was set back: it may have been set while nothing ran.
    const fromMs = Math.min(this.#wallMs, wallMs - Math.round(passedMs))
    this.#wallMs = wallMs
    this.#monotonicMs = monotonicMs
    if (Math.abs(jumpMs) > TOLERANCE_MS) {
      this.#onBlind({
        fromMs,
        toMs: wallMs,
        reason: `the clock of the server jumped by ${Math.round(jumpMs / 1_000)} s`,
        jumpMs: Math.round(jumpMs),
      })
    } else if (lateMs > TOLERANCE_MS) {
      this.#onBlind({
        fromMs,
        toMs: wallMs,
        reason: `the server stood still for ${Math.round(lateMs / 1_000)} s`,
        jumpMs: 0,
      })
    }
  }

  #arm(): void {
    this.#timer = this.#clock.schedule(TICK_MS, () => {
      this.look()
      this.#arm()
    })
  }
}
