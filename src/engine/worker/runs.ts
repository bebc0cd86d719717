import { type CheckKind, type CheckResult, judge, unknownResult } from '#domain'
import type { Assignment } from '../protocol.ts'
import { type Lookout, type Moment, STALL_MS } from './lookout.ts'
import type { Slot } from './slot.ts'

/** Runs one check of an assignment and never outlives the signal. A rejection is a fault of ours, not the target's. */
export type Check = (assignment: Assignment, signal: AbortSignal) => Promise<CheckResult>

/**
 * A check that has not ended this long after its timeout is given up, at the next look of once a second. Probes have
 * their own guard before that; this one is for whatever gets past it.
 */
const GIVE_UP_AFTER_MS = 1500

/** A stall shorter than this share of the timeout can't have made a timeout out of an answer in time. */
const STALL_SHARE = 1 / 50

/** A check to run. */
export interface RunOrder {
  assignment: Assignment
  /** Null for a try-out of something that is not assigned. */
  slot: Slot | null
  kind: CheckKind
  /** The question that it answers; null for a check of the schedule. */
  askId: number | null
  scheduledAtMs: number
}

/** A check that runs now. */
export interface Run extends RunOrder {
  startedAtMs: number
  startedMonotonicMs: number
  stalledBeforeMs: number
  controller: AbortController
}

/** Starts checks, judges what they found, and gives up those that don't end. */
export class Runs {
  readonly #check: Check
  readonly #lookout: Lookout
  readonly #enter: (task: () => void) => void
  readonly #onEnd: (run: Run, result: CheckResult) => void
  readonly #log: (message: string) => void
  readonly #inFlight = new Set<Run>()

  /**
   * `enter` wraps whatever happens when a check settles, so that the owner looks at the clock first. `onEnd` gets the
   * judged result; it is not called for a dropped run.
   */
  constructor(parts: {
    check: Check
    lookout: Lookout
    enter: (task: () => void) => void
    onEnd: (run: Run, result: CheckResult) => void
    log: (message: string) => void
  }) {
    this.#check = parts.check
    this.#lookout = parts.lookout
    this.#enter = parts.enter
    this.#onEnd = parts.onEnd
    this.#log = parts.log
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  start(order: RunOrder, now: Moment): Run {
    const run: Run = {
      ...order,
      startedAtMs: now.wallMs,
      startedMonotonicMs: now.monotonicMs,
      stalledBeforeMs: this.#lookout.stalledMs,
      controller: new AbortController(),
    }
    this.#inFlight.add(run)
    // Promise.try: a probe that throws before its first await is a rejection like any other.
    Promise.try(this.#check, run.assignment, run.controller.signal).then(
      (result) => this.#settle(run, result),
      (error) => this.#settle(run, error instanceof Error ? error : new Error(String(error))),
    )
    return run
  }

  /** Ends a run whose result no longer counts. */
  drop(run: Run): void {
    if (this.#inFlight.delete(run)) run.controller.abort()
  }

  /** Ends all runs; answers them. */
  dropAll(): Run[] {
    const runs = [...this.#inFlight]
    for (const run of runs) this.drop(run)
    return runs
  }

  /** Gives up runs that are well past their timeout. Answers how many others are past it. */
  sweep({ monotonicMs }: Moment): number {
    let late = 0
    for (const run of this.#inFlight) {
      const overMs = monotonicMs - run.startedMonotonicMs - run.assignment.timeoutMs
      if (overMs <= 0) continue
      late++
      if (overMs < GIVE_UP_AFTER_MS) continue
      this.drop(run)
      this.#log(`${describe(run)} did not end by its timeout and was given up`)
      this.#onEnd(run, unknownResult('the check did not end by its timeout and was given up'))
    }
    return late
  }

  #settle(run: Run, outcome: CheckResult | Error): void {
    if (!this.#inFlight.has(run)) return
    this.#enter(() => {
      // Looking at the clock may just have dropped it.
      if (!this.#inFlight.delete(run)) return
      this.#onEnd(run, outcome instanceof Error ? this.#failed(run, outcome) : this.#judged(run, outcome))
    })
  }

  #failed(run: Run, error: Error): CheckResult {
    this.#log(`${describe(run)} failed by a fault of ours: ${error.stack ?? error.message}`)
    return unknownResult(`the check failed by a fault of ours: ${error.message}`)
  }

  #judged(run: Run, result: CheckResult): CheckResult {
    const { timeoutMs, upsideDown, degradedThresholdMs } = run.assignment
    const stalledMs = this.#lookout.stalledMs - run.stalledBeforeMs
    if (isTimeout(result) && stalledMs >= Math.max(STALL_MS, timeoutMs * STALL_SHARE)) {
      return unknownResult(
        `the worker stood still for ${Math.round(stalledMs)} ms of this check, so its timeout says nothing`,
      )
    }
    return judge(result, { degradedThresholdMs, upsideDown, lostMs: stalledMs })
  }
}

/** Its deadline may have passed because we stood still; also that of a name lookup, which is a failure of ours. */
function isTimeout({ status, category, localFault }: CheckResult): boolean {
  return status === 'DOWN' && (category === 'NETWORK_TIMEOUT' || (category === 'DNS_FAILURE' && localFault))
}

function describe({ assignment }: Run): string {
  return `the ${assignment.type} check of ${assignment.monitorId}`
}
