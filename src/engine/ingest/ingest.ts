import type { CheckReport, Clock, Timer } from '#domain'
import { type EngineBatch, StorageError } from '#storage'
import type { Log } from '../log.ts'
import { BatchDraft, type DraftDeps } from './batch-draft.ts'
import { decideInput } from './decide-input.ts'
import type { Effect, Input, Pending } from './input.ts'

/** Inputs are gathered this long before they are decided on and written together. */
const GATHER_MS = 2

/** At most about this many checks and other inputs make one transaction, so that no write holds the thread for long. */
const GROUP_MAX = 250

/** While the store fails, inputs wait; beyond this many the oldest batches of passing checks are given up. */
const WAITING_MAX = 20_000

const RETRY_MIN_MS = 50
const RETRY_MAX_MS = 5_000

export interface IngestDeps extends DraftDeps {
  clock: Clock
  log: Log
  commit: (batch: EngineBatch) => Promise<void>
  /** Looks at reports before they are decided on; may take the blame for them. */
  screen: (reports: CheckReport[]) => CheckReport[] | Promise<CheckReport[]>
  /** Called after each commit with what it led to. */
  committed: (draft: BatchDraft) => void
}

/**
 * The one door to what is known: inputs are decided on in order of arrival, in groups, and each group is one
 * transaction. If it can't be written nothing has happened; checks and deadlines wait for better times, callers who
 * can try again are told.
 */
export class Ingest {
  readonly #deps: IngestDeps
  #waiting: Pending[] = []
  #timer: Timer | null = null
  #running: Promise<void> | null = null
  #retryMs = 0
  #failingSinceMs: number | null = null
  /** The same by the monotonic clock, which nobody sets. */
  #failingFromMs = 0
  /** Monitors whose heartbeats were refused since the store fails. */
  readonly #refused = new Set<string>()
  /** What excuses these, once it waits its turn. */
  #excuse: Pending | null = null
  #closed = false

  constructor(deps: IngestDeps) {
    this.#deps = deps
  }

  /** Takes an input without waiting for it. */
  push(input: Input): void {
    this.#enqueue({ input, done: null, failed: null })
  }

  /** Takes an input that checks which wait already must be judged by. */
  pushAhead(input: Input): void {
    const index = this.#waiting.findIndex((pending) => isBehindMissed(pending.input))
    this.#waiting.splice(index < 0 ? this.#waiting.length : index, 0, { input, done: null, failed: null })
    this.#arm(GATHER_MS)
  }

  /** Takes an input; resolves once what it leads to is committed, rejects when that is not possible now. */
  submit(input: Input): Promise<Effect> {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(new StorageError('closed', 'the engine has stopped'))
      else this.#enqueue({ input, done: resolve, failed: reject })
    })
  }

  /** Since when nothing can be written; null while all is well. */
  get failingSinceMs(): number | null {
    return this.#failingSinceMs
  }

  /** Until when all that came could be taken down, by the clock as it is now; now while all is well. */
  get heardUntilMs(): number {
    const nowMs = this.#deps.clock.nowMs()
    if (this.#failingSinceMs === null) return nowMs
    return nowMs - Math.round(this.#deps.clock.monotonicMs() - this.#failingFromMs)
  }

  /** Writes what waits, as far as the store lets it, and takes nothing more. */
  async stop(): Promise<void> {
    this.#timer?.cancel()
    this.#timer = null
    await this.#running
    while (this.#waiting.length > 0) {
      const before = this.#waiting.length
      await this.#flush()
      if (this.#waiting.length >= before) break
    }
    this.#closed = true
    for (const { failed } of this.#waiting) failed?.(new StorageError('closed', 'the engine has stopped'))
    this.#waiting = []
  }

  #enqueue(pending: Pending): void {
    this.#waiting.push(pending)
    if (this.#waiting.length > WAITING_MAX) this.#giveUpOldest()
    this.#arm(GATHER_MS)
  }

  #arm(delayMs: number): void {
    if (this.#timer !== null || this.#running !== null || this.#closed) return
    this.#timer = this.#deps.clock.schedule(Math.max(delayMs, this.#retryMs), () => {
      this.#timer = null
      // In a turn of its own: what comes in while it begins must find it running.
      const flushing = Promise.resolve().then(() => this.#flush())
      this.#running = flushing.finally(() => {
        this.#running = null
        if (this.#waiting.length > 0) this.#arm(0)
      })
    })
  }

  async #flush(): Promise<void> {
    // Whatever has ended must stand before the checks that it is about.
    this.#deps.maintenance.advance(this.#deps.clock.nowMs())
    this.#excuseRefused()
    const group = this.#waiting.splice(0, groupEnd(this.#waiting))
    try {
      await this.#screen(group)
      // What writes nothing says nothing of whether the store can be written.
      if (await this.#write(group)) this.#recovered()
    } catch (error) {
      await this.#failed(group, error)
    }
  }

  async #screen(group: Pending[]): Promise<void> {
    const batches = group.flatMap((pending) => (pending.input.kind === 'reports' ? [pending.input] : []))
    const reports = batches.flatMap((batch) => batch.reports)
    const screening = this.#deps.screen(reports)
    const screened = screening instanceof Promise ? await screening : screening
    if (screened === reports) return
    let next = 0
    for (const batch of batches) {
      batch.reports = screened.slice(next, next + batch.reports.length)
      next += batch.reports.length
    }
  }

  /**
   * Jobs that were refused did report: they are not judged by the time in which nobody could take it down. Said behind all
   * else that waits, since a clock that was set meanwhile must be known first, and before any deadline.
   */
  #excuseRefused(): void {
    if (this.#failingSinceMs === null || this.#refused.size === 0) return
    const input: Input = {
      kind: 'blind',
      monitorIds: [...this.#refused],
      fromMs: this.heardUntilMs,
      toMs: this.#deps.clock.nowMs(),
      reason: 'heartbeats could not be stored',
    }
    const excuse: Pending = { input, done: null, failed: null }
    const others = this.#waiting.filter((pending) => pending !== this.#excuse)
    const isDeadline = (pending: Pending) => pending.input.kind === 'due'
    this.#waiting = [...others.filter((each) => !isDeadline(each)), excuse, ...others.filter(isDeadline)]
    this.#excuse = excuse
  }

  async #write(group: readonly Pending[]): Promise<boolean> {
    const nowMs = this.#deps.clock.nowMs()
    this.#deps.maintenance.advance(nowMs)
    const draft = new BatchDraft(this.#deps, nowMs)
    const effects: Effect[] = group.map(() => 'ignored')
    const decide = (isDue: boolean) => {
      for (const [index, { input }] of group.entries()) {
        if ((input.kind === 'due') === isDue) effects[index] = decideInput(draft, input, nowMs)
      }
    }
    // Nobody is judged by a deadline before all that excuses is known.
    decide(false)
    decide(true)
    if (!draft.isEmpty) await this.#deps.commit(draft.batch())
    draft.enter()
    this.#deps.committed(draft)
    for (const [index, { done }] of group.entries()) done?.(effects[index] ?? 'ignored')
    return !draft.isEmpty
  }

  /** Passing trouble: everything waits. Else one input is to blame, and only that one is lost. */
  async #failed(group: Pending[], error: unknown): Promise<void> {
    const passing = error instanceof StorageError && (error.reason === 'busy' || error.reason === 'full')
    if (passing) {
      this.#retryMs = Math.min(RETRY_MAX_MS, Math.max(RETRY_MIN_MS, this.#retryMs * 2))
      if (this.#failingSinceMs === null) {
        this.#failingSinceMs = this.#deps.clock.nowMs()
        this.#failingFromMs = this.#deps.clock.monotonicMs()
        this.#deps.log.error({ err: error, waiting: group.length }, 'results cannot be stored; they wait')
      }
      // Also those that no group has room for yet: they would hear of it only when it is over.
      const [impatient, patient] = split([...group, ...this.#waiting])
      for (const { input, failed } of impatient) {
        if (input.kind === 'beat') this.#refused.add(input.beat.monitorId)
        failed?.(error)
      }
      this.#waiting = patient
      return
    }
    if (group.length === 1) {
      const [pending] = group
      this.#deps.log.error({ err: error, input: pending?.input.kind }, 'an input could not be applied and is dropped')
      pending?.failed?.(error instanceof Error ? error : new Error(String(error)))
      return
    }
    for (const pending of group) {
      try {
        await this.#write([pending])
      } catch (single) {
        await this.#failed([pending], single)
      }
    }
  }

  #recovered(): void {
    if (this.#failingSinceMs !== null) {
      this.#deps.log.info({ sinceMs: this.#failingSinceMs }, 'results are stored again')
    }
    this.#failingSinceMs = null
    this.#refused.clear()
    this.#excuse = null
    this.#retryMs = 0
  }

  #giveUpOldest(): void {
    const index = this.#waiting.findIndex(
      ({ input }) => input.kind === 'reports' && input.reports.every(({ result }) => result.status === 'UP'),
    )
    if (index >= 0) this.#waiting.splice(index, 1)
  }
}

function isBehindMissed(input: Input): boolean {
  return input.kind === 'reports' || (input.kind === 'maintenance' && input.missed === null)
}

/** How many of the waiting go together. */
function groupEnd(waiting: readonly Pending[]): number {
  let weight = 0
  let end = 0
  while (end < waiting.length && weight < GROUP_MAX) {
    const input = waiting[end]?.input
    weight += input?.kind === 'reports' ? Math.max(1, input.reports.length) : 1
    end += 1
  }
  return end
}

/** Those who are told of a failure, and those who wait. */
function split(group: Pending[]): [impatient: Pending[], patient: Pending[]] {
  const impatient: Pending[] = []
  const patient: Pending[] = []
  for (const pending of group) (pending.failed === null ? patient : impatient).push(pending)
  return [impatient, patient]
}
