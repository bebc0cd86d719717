import type { Prng } from './prng.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** How a target answers. `hang`: not at all, so that checks run into their timeout. */
export type Manner = 'up' | 'slow' | 'refused' | 'error' | 'hang'

/** A stretch of true time in which a target behaves in one way. */
export interface Stretch {
  manner: Manner
  fromMs: number
  toMs: number
  /** The regions that see it; null: all. The others find the target up. */
  regions: readonly string[] | null
}

/** The true course of one target, drawn from its seed as time goes on. */
export class Target {
  readonly #random: Prng
  readonly #regions: readonly string[]
  readonly #quietMs: number
  #stretches: Stretch[] = []
  #endMs = 0
  #isCalm = false

  constructor(random: Prng, regions: readonly string[], nowMs: number) {
    this.#random = random
    this.#regions = regions
    this.#quietMs = random.pick([30 * MINUTE_MS, 2 * 60 * MINUTE_MS, 6 * 60 * MINUTE_MS])
    this.#endMs = nowMs
  }

  /** The stretch that runs at a moment; time only moves on. */
  at(nowMs: number): Stretch {
    while (this.#endMs <= nowMs) this.#drawMore()
    let running = this.#stretches[0]
    while (running !== undefined && running.toMs <= nowMs) {
      this.#stretches.shift()
      running = this.#stretches[0]
    }
    return running ?? { manner: 'up', fromMs: nowMs, toMs: this.#endMs, regions: null }
  }

  /** From now on it is up. */
  calm(nowMs: number): void {
    this.#isCalm = true
    this.#stretches = [{ manner: 'up', fromMs: nowMs, toMs: Number.POSITIVE_INFINITY, regions: null }]
    this.#endMs = Number.POSITIVE_INFINITY
  }

  #drawMore(): void {
    const random = this.#random
    if (this.#isCalm) return
    this.#add('up', random.wait(this.#quietMs) + 5 * SECOND_MS)
    const lot = random.next()
    if (lot < 0.15) this.#flap()
    else if (lot < 0.25) this.#add('slow', random.wait(10 * MINUTE_MS) + SECOND_MS)
    else this.#add(random.pick(['refused', 'error', 'hang']), this.#outageMs(), this.#where())
  }

  #outageMs(): number {
    const lot = this.#random.next()
    if (lot < 0.25) return this.#random.between(500, 6 * SECOND_MS)
    if (lot < 0.8) return this.#random.between(30 * SECOND_MS, 15 * MINUTE_MS)
    return this.#random.between(15 * MINUTE_MS, 90 * MINUTE_MS)
  }

  #where(): readonly string[] | null {
    if (this.#regions.length < 2 || !this.#random.chance(0.2)) return null
    const some = this.#regions.filter(() => this.#random.chance(0.5))
    return some.length === 0 ? null : some
  }

  #flap(): void {
    const manner = this.#random.pick(['refused', 'error', 'hang'] as const)
    for (let times = this.#random.int(3, 20); times > 0; times--) {
      this.#add(manner, this.#random.between(200, 20 * SECOND_MS))
      this.#add('up', this.#random.between(200, 20 * SECOND_MS))
    }
  }

  #add(manner: Manner, lengthMs: number, regions: readonly string[] | null = null): void {
    this.#stretches.push({ manner, fromMs: this.#endMs, toMs: this.#endMs + lengthMs, regions })
    this.#endMs += lengthMs
  }
}

/** Whether a manner is an outage. */
export function isOutage(manner: Manner): boolean {
  return manner === 'refused' || manner === 'error' || manner === 'hang'
}
