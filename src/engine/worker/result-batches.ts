import type { CheckReport } from '#domain'
import type { WorkerLine } from '../protocol.ts'

/** A result waits this long for others to share its message and its transaction: at 200 a second that halves them. */
const GATHER_MS = 40
/** A failure goes at once, but in a storm of failures no oftener than this. */
const GATHER_FAILURES_MS = 5
/** When the timer fires for something else, results that are this old go along. */
const RIPE_MS = 25
const REPORTS_MAX = 500
/** Results kept for an engine that does not store them; beyond, the oldest are lost. */
const HELD_MAX = 100_000

interface Batch {
  sequence: number
  reports: CheckReport[]
}

/**
 * Gathers results into batches with a growing sequence, and keeps each until it is stored. `onLost` is told of results
 * that were given up because nobody stored them.
 */
export class ResultBatches {
  readonly #line: WorkerLine
  readonly #onLost: (reports: CheckReport[]) => void
  #gathered: CheckReport[] = []
  #gatheredSinceMs = 0
  #sentAtMs = Number.NEGATIVE_INFINITY
  #sequence = 0
  #held: Batch[] = []
  #heldReports = 0
  /** When to call `flushRipe`, monotonic ms; Infinity when nothing waits. */
  flushAtMs = Number.POSITIVE_INFINITY

  constructor(line: WorkerLine, onLost: (reports: CheckReport[]) => void) {
    this.#line = line
    this.#onLost = onLost
  }

  add(report: CheckReport, monotonicMs: number): void {
    if (this.#gathered.length === 0) this.#gatheredSinceMs = monotonicMs
    this.#gathered.push(report)
    const isFailure = report.result.status !== 'UP'
    const dueMs = isFailure ? this.#sentAtMs + GATHER_FAILURES_MS : monotonicMs + GATHER_MS
    this.flushAtMs = Math.min(this.flushAtMs, dueMs)
    if (this.flushAtMs <= monotonicMs || this.#gathered.length >= REPORTS_MAX) this.flush(monotonicMs)
  }

  /** Sends what has waited long enough to be worth a message. */
  flushRipe(monotonicMs: number): void {
    if (this.flushAtMs <= monotonicMs || monotonicMs - this.#gatheredSinceMs >= RIPE_MS) this.flush(monotonicMs)
  }

  flush(monotonicMs: number): void {
    this.flushAtMs = Number.POSITIVE_INFINITY
    if (this.#gathered.length === 0) return
    const batch = { sequence: ++this.#sequence, reports: this.#gathered }
    this.#gathered = []
    this.#sentAtMs = monotonicMs
    this.#held.push(batch)
    this.#heldReports += batch.reports.length
    this.#line.send({ kind: 'results', ...batch })
    while (this.#heldReports > HELD_MAX) this.#loseOldest()
  }

  /** Forgets batches up to this sequence. */
  stored(sequence: number): void {
    while (this.#held[0] && this.#held[0].sequence <= sequence) this.#takeOldest()
  }

  /** Sends everything that is not known to be stored once more, in order. */
  resend(): void {
    for (const batch of this.#held) this.#line.send({ kind: 'results', ...batch })
  }

  #takeOldest(): CheckReport[] {
    const reports = this.#held.shift()?.reports ?? []
    this.#heldReports -= reports.length
    return reports
  }

  #loseOldest(): void {
    this.#onLost(this.#takeOldest())
  }
}
