import type { Clock, Timer } from '#domain'

/** Wake-ups are at least this far apart; a deadline is noticed at most this much late, and a bit of timer slack. */
const WAKE_MIN_MS = 50

/** A wake-up later than this means that pings may still lie unread: they are let in before anyone is judged. */
const LATE_MS = 250

/** Wakes up when heartbeat deadlines pass. One timer for all of them; moving a deadline out costs nothing. */
export class HeartbeatWatch {
  readonly #clock: Clock
  readonly #onDue: (monitorId: string) => void
  readonly #dueAtMs = new Map<string, number>()
  #timer: Timer | null = null
  #wakeAtMs = Number.POSITIVE_INFINITY

  constructor(clock: Clock, onDue: (monitorId: string) => void) {
    this.#clock = clock
    this.#onDue = onDue
  }

  /** Sets when the monitor fails by itself; null when it can't. */
  expect(monitorId: string, dueAtMs: number | null): void {
    if (dueAtMs === null) {
      this.#dueAtMs.delete(monitorId)
      return
    }
    this.#dueAtMs.set(monitorId, dueAtMs)
    if (dueAtMs < this.#wakeAtMs) this.#wakeAt(dueAtMs)
  }

  /** The clock was set, or nothing ran for a while: the next wake-up is found anew, once pings had time to be let in. */
  lookAgain(): void {
    let nextMs = Number.POSITIVE_INFINITY
    for (const dueAtMs of this.#dueAtMs.values()) nextMs = Math.min(nextMs, dueAtMs)
    this.#timer?.cancel()
    this.#timer = null
    this.#wakeAtMs = Number.POSITIVE_INFINITY
    if (nextMs < Number.POSITIVE_INFINITY) this.#wakeAt(Math.max(nextMs, this.#clock.nowMs() + LATE_MS))
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
    this.#dueAtMs.clear()
  }

  #wakeAt(atMs: number): void {
    this.#timer?.cancel()
    this.#wakeAtMs = atMs
    const delayMs = Math.max(WAKE_MIN_MS, atMs - this.#clock.nowMs())
    this.#timer = this.#clock.schedule(delayMs, () => this.#wake())
  }

  #wake(): void {
    this.#timer = null
    const nowMs = this.#clock.nowMs()
    if (nowMs - this.#wakeAtMs > LATE_MS) {
      this.#wakeAt(nowMs + LATE_MS)
      return
    }
    let nextMs = Number.POSITIVE_INFINITY
    for (const [monitorId, dueAtMs] of this.#dueAtMs) {
      if (dueAtMs > nowMs) nextMs = Math.min(nextMs, dueAtMs)
      else {
        this.#dueAtMs.delete(monitorId)
        this.#onDue(monitorId)
      }
    }
    this.#wakeAtMs = Number.POSITIVE_INFINITY
    if (nextMs < Number.POSITIVE_INFINITY) this.#wakeAt(nextMs)
  }
}
