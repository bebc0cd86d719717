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

/** What is known of the checks of one monitor in one region. */
interface Seen {
  lastStartMs: number
  /** By wall time of the start. */
  ran: Map<number, Ran>
}

/** What truly happened in each check, by where and when it started. */
export class TruthOfChecks {
  /** By monitor and region. Nested, since keys that are joined anew for each question take longer than the answer. */
  readonly #seen = new Map<string, Map<string, Seen>>()

  started(monitorId: string, region: string, startedWallMs: number, ran: Ran): void {
    const regions = this.#seen.get(monitorId) ?? new Map<string, Seen>()
    if (regions.size === 0) this.#seen.set(monitorId, regions)
    const seen = regions.get(region)
    if (seen === undefined) regions.set(region, { lastStartMs: ran.atMs, ran: new Map([[startedWallMs, ran]]) })
    else {
      seen.lastStartMs = ran.atMs
      seen.ran.set(startedWallMs, ran)
    }
  }

  /** The truth of a check whose result was committed; it is asked for once. */
  take({ monitorId, region, startedAtMs }: CheckReport): Ran | null {
    const known = this.#seen.get(monitorId)?.get(region)?.ran
    const ran = known?.get(startedAtMs) ?? null
    known?.delete(startedAtMs)
    return ran
  }

  /** Monotonic ms of the newest start; negative infinity when there was none. */
  lastStartMs(monitorId: string, region: string): number {
    return this.#seen.get(monitorId)?.get(region)?.lastStartMs ?? Number.NEGATIVE_INFINITY
  }
}
