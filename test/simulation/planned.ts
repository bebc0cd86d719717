import { type MaintenanceWindow, type Monitor, occurrenceAfter, occurrenceAt, runningOccurrence } from '#domain'
import type { EngineBatch } from '#storage'

/** The maintenance windows that are committed, and what they cover by the rules as people read them. */
export class Planned {
  readonly windows = new Map<string, MaintenanceWindow>()

  committed({ maintenance }: EngineBatch): void {
    for (const window of maintenance.saved) this.windows.set(window.id, window)
  }

  /** When the maintenance ends that covers a monitor at a moment, wall ms; null: none does. */
  untilMs(monitor: Monitor, atMs: number, except: ReadonlySet<string> = new Set()): number | null {
    let untilMs: number | null = null
    for (const window of this.#about(monitor)) {
      const running = except.has(window.id) ? null : runningOccurrence(window, atMs)
      if (running !== null) untilMs = Math.max(untilMs ?? 0, running.endsAtMs)
    }
    return untilMs
  }

  /** How much of a time was covered by one window, as each is planned since it was changed last; the most of any. */
  coveredMs(monitor: Monitor, fromMs: number, toMs: number): number {
    let mostMs = 0
    for (const window of this.#about(monitor)) {
      const [startMs, endMs] = [Math.max(fromMs, window.updatedAtMs), Math.min(toMs, window.cancelledAtMs ?? toMs)]
      let sumMs = 0
      let occurrence = occurrenceAt(window, startMs) ?? occurrenceAfter(window, startMs)
      while (occurrence !== null && occurrence.startsAtMs < endMs) {
        sumMs += Math.max(0, Math.min(endMs, occurrence.endsAtMs) - Math.max(startMs, occurrence.startsAtMs))
        occurrence = occurrenceAfter(window, occurrence.startsAtMs)
      }
      mostMs = Math.max(mostMs, sumMs)
    }
    return mostMs
  }

  #about({ id, accountId }: Monitor): MaintenanceWindow[] {
    return [...this.windows.values()].filter(
      (window) => window.accountId === accountId && (window.allMonitors || window.monitorIds.includes(id)),
    )
  }
}
