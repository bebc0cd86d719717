import type { CheckReport } from '#domain'

/**
 * Who was to blame for a failing check: the target, our network, our process; null: it did not fail. `unclear`: our
 * network, but nobody could have known.
 */
export type Fault = 'target' | 'network' | 'process' | 'unclear' | null

interface Ran {
  fault: Fault
  /** Monotonic ms of its start. */
  atMs: number
}

/** What truly happened in each check, by where and when it started. */
export class TruthOfChecks {
  readonly #ran = new Map<string, Ran>()
  readonly #lastStartMs = new Map<string, number>()

  started(monitorId: string, region: string, startedWallMs: number, ran: Ran): void {
    this.#ran.set(`${monitorId} ${region} ${startedWallMs}`, ran)
    this.#lastStartMs.set(`${monitorId} ${region}`, ran.atMs)
  }

  /** The truth of a check whose result was committed; it is asked for once. */
  take({ monitorId, region, startedAtMs }: CheckReport): Ran | null {
    const key = `${monitorId} ${region} ${startedAtMs}`
    const ran = this.#ran.get(key) ?? null
    this.#ran.delete(key)
    return ran
  }

  /** Monotonic ms of the newest start; negative infinity when there was none. */
  lastStartMs(monitorId: string, region: string): number {
    return this.#lastStartMs.get(`${monitorId} ${region}`) ?? Number.NEGATIVE_INFINITY
  }
}
