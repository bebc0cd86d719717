import { type CheckReport, type Clock, isAtFault, type RegionHealth, suspectsItself, unknownResult } from '#domain'

/** Only failures that began within this time count as "at the same moment". */
const MOMENT_MS = 60_000

/** An answer of the control address is good for this long. */
const ANSWER_MS = 5_000

/** Asks the control address; resolves within about a second. */
export type AskControl = () => Promise<boolean>

interface Failure {
  sinceMs: number
  local: boolean
  /** We took the blame since. */
  isOurs: boolean
}

/**
 * Watches a region for the sign that its own network is at fault: most of what it checks begins to fail at once. Then
 * the failures are taken for what they are, checks that could not be measured.
 */
export class SelfCheck {
  readonly #clock: Clock
  readonly #ask: AskControl | null
  /** Monitors that fail now. */
  readonly #failing = new Map<string, Failure>()
  readonly #checkedAtMs = new Map<string, number>()
  /** Start of the newest check that succeeded. */
  #succeededAtMs = Number.NEGATIVE_INFINITY
  #answer: { atMs: number; monotonicMs: number; answers: boolean } | null = null
  /** When the control address was last found silent. */
  #silentAtMs = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, ask: AskControl | null) {
    this.#clock = clock
    this.#ask = ask
  }

  /** Takes reports of one region in; answers them as they are to be decided on. */
  screen(reports: CheckReport[]): CheckReport[] | Promise<CheckReport[]> {
    for (const report of reports) this.#note(report)
    if (this.#failing.size === 0 || !reports.some(isFailure)) return reports
    const suspicions = this.#suspicions()
    const [health] = suspicions
    if (health === undefined) return reports
    if (this.#ask !== null) return this.#screenByControl(reports, health, this.#ask)
    return suspicions.some((one) => isAtFault(one, null)) ? this.#blame(reports, looksLocal) : reports
  }

  /** The clock was set: stamps that now lie ahead would count as newest for as long. */
  clockWasSet(): void {
    const nowMs = this.#clock.nowMs()
    for (const [monitorId, atMs] of this.#checkedAtMs) if (atMs > nowMs) this.#checkedAtMs.set(monitorId, 0)
    for (const failure of this.#failing.values()) failure.sinceMs = Math.min(failure.sinceMs, nowMs)
    if (this.#succeededAtMs > nowMs) this.#succeededAtMs = Number.NEGATIVE_INFINITY
    if (this.#silentAtMs > nowMs) this.#silentAtMs = Number.NEGATIVE_INFINITY
  }

  forget(monitorId: string): void {
    this.#failing.delete(monitorId)
    this.#checkedAtMs.delete(monitorId)
  }

  #note({ monitorId, startedAtMs, result }: CheckReport): void {
    // What waits for the store is shown again with each attempt: a success of before must not stand for what came since.
    const newestMs = this.#checkedAtMs.get(monitorId) ?? Number.NEGATIVE_INFINITY
    // One that lies ahead is of a clock that has been set back since.
    if (startedAtMs < newestMs && newestMs <= this.#clock.nowMs()) return
    this.#checkedAtMs.set(monitorId, startedAtMs)
    // What could not be measured, or was blamed on us before, says nothing new.
    if (result.status === 'UNKNOWN') return
    const failure = this.#failing.get(monitorId)
    if (result.status !== 'DOWN') {
      this.#failing.delete(monitorId)
      this.#succeededAtMs = startedAtMs
    } else if (failure !== undefined) failure.local = result.localFault
    else {
      this.#failing.set(monitorId, { sinceMs: startedAtMs, local: result.localFault, isOurs: false })
    }
  }

  /**
   * The share of failing monitors that makes this region suspect, if any. Two things do: most of what
   * was checked since the first of the recent failures fails (what we took the blame for goes on counting until it
   * succeeds), or nothing has succeeded at all since a while. An outage that is older says nothing either way.
   */
  #suspicions(): RegionHealth[] {
    const oldestMs = this.#clock.nowMs() - MOMENT_MS
    const recent = this.#health(({ sinceMs, isOurs }) => isOurs || sinceMs >= oldestMs)
    const sinceSuccess = this.#health(({ sinceMs }) => sinceMs > this.#succeededAtMs)
    return [recent, sinceSuccess].filter((health) => health !== null).filter(suspectsItself)
  }

  /** Null once it is clear that most are well: that is the rule, and then a few of thousands tell. */
  #health(counts: (failure: Failure) => boolean): RegionHealth | null {
    let failing = 0
    let localFaults = 0
    let beganMs = Number.POSITIVE_INFINITY
    for (const failure of this.#failing.values()) {
      if (!counts(failure)) continue
      failing += 1
      if (failure.local) localFaults += 1
      if (failure.sinceMs < beganMs) beganMs = failure.sinceMs
    }
    let checked = 0
    for (const [monitorId, atMs] of this.#checkedAtMs) {
      if (checked >= 2 * failing) return null
      if (atMs < beganMs) continue
      const failure = this.#failing.get(monitorId)
      if (failure === undefined || counts(failure)) checked += 1
    }
    return { checked, failing, localFaults }
  }

  async #screenByControl(reports: CheckReport[], health: RegionHealth, ask: AskControl): Promise<CheckReport[]> {
    const newestMs = Math.max(...reports.filter(isFailure).map(({ startedAtMs }) => startedAtMs))
    const answers = await this.#answered(ask, newestMs)
    if (isAtFault(health, answers)) return this.#blame(reports, isFailure)
    // It answers again, but a check that ran into its silence is still ours, for as long as silence was taken for granted.
    const silentMs = this.#silentAtMs
    return this.#blame(reports, (report) => isFailure(report) && report.startedAtMs <= silentMs + ANSWER_MS)
  }

  /** Silence is good for some seconds; an answer only for checks that started before it was given. */
  async #answered(ask: AskControl, startedAtMs: number): Promise<boolean> {
    const atMs = this.#clock.nowMs()
    const monotonicMs = this.#clock.monotonicMs()
    const known = this.#answer
    const isRecent = known !== null && monotonicMs - known.monotonicMs <= ANSWER_MS
    const isGood = isRecent && (!known.answers || known.atMs > startedAtMs)
    const answer = isGood ? known : { atMs, monotonicMs, answers: await ask().catch(() => false) }
    this.#answer = answer
    if (!answer.answers) this.#silentAtMs = answer.atMs
    return answer.answers
  }

  #blame(reports: CheckReport[], isOurs: (report: CheckReport) => boolean): CheckReport[] {
    if (!reports.some(isOurs)) return reports
    return reports.map((report) => {
      if (!isOurs(report)) return report
      const failure = this.#failing.get(report.monitorId)
      if (failure !== undefined) failure.isOurs = true
      return blameUs(report)
    })
  }
}

function isFailure({ result }: CheckReport): boolean {
  return result.status === 'DOWN'
}

function looksLocal({ result }: CheckReport): boolean {
  return result.status === 'DOWN' && result.localFault
}

function blameUs(report: CheckReport): CheckReport {
  const why = report.result.error ?? 'the check failed'
  return {
    ...report,
    result: unknownResult(
      `not counted: most targets fail at once from region ${report.region}, so its own network is suspected (${why})`,
    ),
  }
}
