import type { CheckReport, Clock } from '#domain'

/** Those who wait for the first result of a monitor that they made. */
export class FirstResults {
  readonly #clock: Clock
  readonly #waiting = new Map<string, Set<(report: CheckReport) => void>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The next result that is stored, or null when none is in time. */
  wait(monitorId: string, waitMs: number): Promise<CheckReport | null> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(monitorId) ?? new Set()
      this.#waiting.set(monitorId, waiting)
      const finish = (report: CheckReport | null) => {
        timer.cancel()
        waiting.delete(finish)
        if (waiting.size === 0) this.#waiting.delete(monitorId)
        resolve(report)
      }
      const timer = this.#clock.schedule(waitMs, () => finish(null))
      waiting.add(finish)
    })
  }

  /** These are stored. */
  stored(reports: Iterable<CheckReport>): void {
    if (this.#waiting.size === 0) return
    for (const report of reports) {
      for (const resolve of this.#waiting.get(report.monitorId) ?? []) resolve(report)
    }
  }
}
