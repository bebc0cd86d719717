import { type CheckReport, type Clock, isAtFault, type RegionHealth, suspectsItself, unknownResult } from '#domain'

/** Only failures that began within this time count as "at the same moment". */
const MOMENT_MS = 60_000

/** An answer of the control address is good for this long. */
const ANSWER_MS = 5_000

/** Asks the control address; resolves within about a second. */
export type AskControl = () => Promise<boolean>

/**
 * Watches a region for the sign that its own network is at fault: most of what it checks begins to fail at once. Then
 * the failures are taken for what they are, checks that could not be measured.
 */
export class SelfCheck {
  readonly #clock: Clock
  readonly #ask: AskControl | null
  /** Monitors that fail now, with the moment at which it began. */
  readonly #failing = new Map<string, { sinceMs: number; local: boolean }>()
  readonly #checkedAtMs = new Map<string, number>()
  #answer: { atMs: number; answers: boolean } | null = null

  constructor(clock: Clock, ask: AskControl | null) {
    this.#clock = clock
    this.#ask = ask
  }

  /** Takes reports of one region in; answers them as they are to be decided on. */
  screen(reports: CheckReport[]): CheckReport[] | Promise<CheckReport[]> {
    for (const report of reports) this.#note(report)
    if (this.#failing.size === 0 || !reports.some(isFailure)) return reports
    const health = this.#health()
    if (!suspectsItself(health)) return reports
    if (this.#ask === null) return isAtFault(health, null) ? reports.map(blameUs) : reports
    return this.#answered(this.#ask).then((answers) => (isAtFault(health, answers) ? reports.map(blameUs) : reports))
  }

  /** Whether the last answer of the control address was none. */
  get controlIsSilent(): boolean {
    return this.#answer !== null && !this.#answer.answers
  }

  forget(monitorId: string): void {
    this.#failing.delete(monitorId)
    this.#checkedAtMs.delete(monitorId)
  }

  #note({ monitorId, startedAtMs, result }: CheckReport): void {
    this.#checkedAtMs.set(monitorId, startedAtMs)
    if (result.status !== 'DOWN') this.#failing.delete(monitorId)
    else if (!this.#failing.has(monitorId)) {
      this.#failing.set(monitorId, { sinceMs: startedAtMs, local: result.localFault })
    }
  }

  /** The share of failing monitors among those checked since the first of the recent failures began. */
  #health(): RegionHealth {
    const oldestMs = this.#clock.nowMs() - MOMENT_MS
    let failing = 0
    let localFaults = 0
    let beganMs = Number.POSITIVE_INFINITY
    for (const { sinceMs, local } of this.#failing.values()) {
      if (sinceMs < oldestMs) continue
      failing += 1
      if (local) localFaults += 1
      if (sinceMs < beganMs) beganMs = sinceMs
    }
    let checked = 0
    for (const atMs of this.#checkedAtMs.values()) if (atMs >= beganMs) checked += 1
    return { checked, failing, localFaults }
  }

  async #answered(ask: AskControl): Promise<boolean> {
    const nowMs = this.#clock.nowMs()
    if (this.#answer === null || nowMs - this.#answer.atMs > ANSWER_MS) {
      this.#answer = { atMs: nowMs, answers: await ask().catch(() => false) }
    }
    return this.#answer.answers
  }
}

function isFailure({ result }: CheckReport): boolean {
  return result.status === 'DOWN'
}

function blameUs(report: CheckReport): CheckReport {
  if (!isFailure(report)) return report
  const why = report.result.error ?? 'the check failed'
  return {
    ...report,
    result: unknownResult(
      `not counted: most targets fail at once from region ${report.region}, so its own network is suspected (${why})`,
    ),
  }
}
