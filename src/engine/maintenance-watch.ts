import type { Clock, Timer } from '#domain'
import type { MaintenancePlan } from './maintenance-plan.ts'

/** A wall clock that is slewed drifts away from the timer, so that a far change is looked at again after this. */
const LONGEST_WAIT_MS = 60_000

/** Wakes up when the next window begins or ends. One timer for all of them. */
export class MaintenanceWatch {
  readonly #clock: Clock
  readonly #plan: MaintenancePlan
  readonly #beforeLook: () => void
  #timer: Timer | null = null
  #isStopped = false

  /** `beforeLook`: finds out whether this process could look at all. */
  constructor(clock: Clock, plan: MaintenancePlan, beforeLook: () => void) {
    this.#clock = clock
    this.#plan = plan
    this.#beforeLook = beforeLook
  }

  /** Sets the timer by what is planned now. */
  arm(): void {
    this.#timer?.cancel()
    this.#timer = null
    const nextMs = this.#plan.nextChangeMs()
    if (nextMs === null || this.#isStopped) return
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(1, nextMs - this.#clock.nowMs()))
    this.#timer = this.#clock.schedule(waitMs, () => {
      this.#beforeLook()
      this.#plan.advance(this.#clock.nowMs())
      this.arm()
    })
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
  }
}
