import { type Clock, PLAN_LIMITS, type Timer } from '#domain'
import type { Store } from '#storage'
import type { Log } from './log.ts'

/** How often the store is told that the server is alive: what a crash can make us forget of it. */
const ALIVE_MS = 5_000

/** Pause between two pieces of housekeeping, so that it never crowds out a check. */
const PIECE_PAUSE_MS = 25

/** How often housekeeping looks for work. */
const ROUND_MS = 10_000

/** How often it looks for what is too old to be kept. */
const RETENTION_MS = 3_600_000

/** How long ended deliveries and their events are kept. */
const DELIVERY_DAYS = 90

/** How long the audit log reaches back. */
const AUDIT_DAYS = 365

/** How long a creating request may be sent again. */
const REPEAT_DAYS = 1

/** How long requests are counted by day. */
const USAGE_DAYS = 90

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Name under which the store keeps until when the server is known to have looked. */
export const LOOKED_UNTIL = 'lookedUntilMs'

/**
 * Background work in small pieces: closing finished hours into blocks, dropping what is too old,
 * clearing up after deleted monitors, and noting that the server is alive.
 */
export class Upkeep {
  readonly #store: Store
  readonly #clock: Clock
  readonly #log: Log
  readonly #heardUntilMs: () => number
  readonly #timers = new Set<Timer>()
  readonly #running = new Set<Promise<void>>()
  /** Ends the pauses between pieces early. */
  readonly #stopping = Promise.withResolvers<void>()
  #stopped = false

  /** `heardUntilMs`: until when all that came could be taken down. */
  constructor(store: Store, clock: Clock, log: Log, heardUntilMs: () => number) {
    this.#store = store
    this.#clock = clock
    this.#log = log
    this.#heardUntilMs = heardUntilMs
  }

  start(): void {
    this.#every(ALIVE_MS, () => this.noteAlive())
    this.#every(ROUND_MS, () => this.#round())
    this.#every(RETENTION_MS, () => this.#dropOld())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
    this.#stopping.resolve()
    await Promise.all(this.#running)
  }

  /** Until this moment the server has looked. What it could not take down it has not seen: a crash would lose it. */
  async noteAlive(): Promise<void> {
    await this.#store.instance.set(LOOKED_UNTIL, String(this.#heardUntilMs()))
  }

  #every(periodMs: number, task: () => Promise<void>): void {
    const run = () => {
      const running = task()
        .catch((error: unknown) => this.#log.warn({ err: error }, 'housekeeping failed; it will be tried again'))
        .finally(() => {
          this.#running.delete(running)
          if (!this.#stopped) this.#after(periodMs, run)
        })
      this.#running.add(running)
    }
    this.#after(periodMs, run)
  }

  #after(delayMs: number, task: () => void): void {
    const timer = this.#clock.schedule(delayMs, () => {
      this.#timers.delete(timer)
      task()
    })
    this.#timers.add(timer)
  }

  async #round(): Promise<void> {
    await this.#pieces(() => this.#store.results.closeHours(this.#clock.nowMs()))
    await this.#pieces(() => this.#store.monitors.purgeDeleted())
  }

  async #dropOld(): Promise<void> {
    const nowMs = this.#clock.nowMs()
    await this.#pieces(() => this.#store.deliveries.dropOlder(nowMs - DELIVERY_DAYS * DAY_MS))
    await this.#pieces(() => this.#store.audit.dropOlder(nowMs - AUDIT_DAYS * DAY_MS))
    const old = { window: Math.floor(nowMs / HOUR_MS) - 1, day: Math.floor(nowMs / DAY_MS) - USAGE_DAYS }
    await this.#pieces(() => this.#store.requests.dropOlder(old))
    await this.#pieces(() => this.#store.idempotency.dropOlder(nowMs - REPEAT_DAYS * DAY_MS))
    for (const account of await this.#store.accounts.list()) {
      const days = PLAN_LIMITS[account.plan].rawRetentionDays
      if (days === null) continue
      const beforeMs = nowMs - days * DAY_MS
      await this.#pieces(() => this.#store.results.dropOlder(account.id, beforeMs))
      await this.#pieces(() => this.#store.heartbeats.dropOlder(account.id, beforeMs))
    }
  }

  async #pieces(piece: () => Promise<boolean>): Promise<void> {
    while (!this.#stopped && (await piece())) await this.#pause()
  }

  #pause(): Promise<void> {
    const over = Promise.withResolvers<void>()
    this.#after(PIECE_PAUSE_MS, over.resolve)
    return Promise.race([over.promise, this.#stopping.promise])
  }
}
