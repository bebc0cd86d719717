import type { Clock, Heartbeat, HeartbeatKind } from '#domain'
import type { Prng } from './prng.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** A job that is not answered tries again like `curl --retry`, for so long. */
const PATIENCE_MS = 45 * MINUTE_MS

/** When a job runs: every so often, or at whole multiples of that in UTC. */
export interface JobPlan {
  everyMs: number
  byTheClock: boolean
  graceMs: number
  maxDurationMs: number | null
}

/** A success or failure that the job sent, whoever heard it. */
interface Sent {
  kind: 'success' | 'fail'
  wallMs: number
  monotonicMs: number
}

/** Sends one signal; true when it was acknowledged. */
export type Ping = (beat: Heartbeat) => Promise<boolean>

/** A scheduled job as it truly is: mostly punctual, sometimes failing, overlapping itself, or away. */
export class Job {
  readonly plan: JobPlan
  readonly #monitorId: string
  readonly #clock: Clock
  readonly #random: Prng
  readonly #ping: Ping
  /** What it sent, newest last. */
  readonly sent: Sent[] = []
  /** Starts (monotonic ms) of runs that have not ended, by run id. */
  readonly open = new Map<string, number>()
  #runs = 0
  #away = 0
  #isCalm = false
  #isStopped = false
  onAcknowledged: (sent: Sent) => void = () => undefined

  constructor(parts: { monitorId: string; plan: JobPlan; clock: Clock; random: Prng; ping: Ping }) {
    this.plan = parts.plan
    this.#monitorId = parts.monitorId
    this.#clock = parts.clock
    this.#random = parts.random
    this.#ping = parts.ping
    this.#arm()
  }

  /** From now on every run succeeds, on time. */
  calm(): void {
    this.#isCalm = true
    this.#away = 0
  }

  /** Its monitor was never made. */
  stop(): void {
    this.#isStopped = true
  }

  /** Whether a success is truly overdue. Interval jobs live by true time, the others by the wall clock. */
  isTrulyLate(toleranceMs: number): boolean {
    const last = this.sent.at(-1)
    if (last === undefined) return true
    const { everyMs, byTheClock, graceMs } = this.plan
    if (!byTheClock) return this.#clock.monotonicMs() - last.monotonicMs >= everyMs + graceMs - toleranceMs
    const dueMs = Math.floor((this.#clock.nowMs() + toleranceMs - graceMs) / everyMs) * everyMs
    return !this.sent.some(({ wallMs }) => wallMs >= dueMs - this.#earlyMs() && wallMs <= dueMs + graceMs)
  }

  /** When the product must call it late after that signal, if no other comes: wall ms. */
  deadlineAfterMs({ wallMs }: Sent): number {
    const { everyMs, byTheClock, graceMs } = this.plan
    if (!byTheClock) return wallMs + everyMs + graceMs
    const nextMs = (Math.floor(wallMs / everyMs) + 1) * everyMs
    return (nextMs - wallMs <= this.#earlyMs() ? nextMs + everyMs : nextMs) + graceMs
  }

  /** Whether it has just said of itself that it failed, or a run truly takes too long. */
  isTrulyFailing(toleranceMs: number): boolean {
    const nowMs = this.#clock.monotonicMs()
    if (this.sent.at(-1)?.kind === 'fail' || this.sent.some(({ kind }) => kind === 'fail')) return true
    const { maxDurationMs } = this.plan
    return (
      maxDurationMs !== null &&
      [...this.open.values()].some((startMs) => nowMs - startMs >= maxDurationMs - toleranceMs)
    )
  }

  /** So much before its time a signal counts for the occurrence that comes. */
  #earlyMs(): number {
    return Math.min(this.plan.everyMs / 2, Math.max(MINUTE_MS, this.plan.everyMs / 10))
  }

  #arm(): void {
    if (this.#isStopped) return
    const { everyMs, byTheClock } = this.plan
    const nowMs = byTheClock ? this.#clock.nowMs() : this.#clock.monotonicMs()
    const dueMs = (Math.floor(nowMs / everyMs) + 1) * everyMs
    const jitterMs = this.#isCalm ? 0 : this.#random.next() ** 3 * this.plan.graceMs * 0.5
    this.#clock.schedule(dueMs - nowMs, () => {
      this.#arm()
      this.#clock.schedule(jitterMs, () => this.#run())
    })
  }

  #run(): void {
    const random = this.#random
    if (!this.#isCalm && this.#away === 0 && random.chance(0.02)) this.#away = random.int(1, 6)
    if (this.#away > 0) {
      this.#away--
      return
    }
    const rid = `run${++this.#runs}`
    const overlaps = !this.#isCalm && random.chance(0.02)
    const tookMs = overlaps ? random.between(0.5, 1.5) * this.plan.everyMs : random.between(0, this.plan.graceMs * 0.3)
    const starts = random.chance(0.5)
    const kind = !this.#isCalm && random.chance(0.02) ? 'fail' : 'success'
    if (starts) {
      this.open.set(rid, this.#clock.monotonicMs())
      this.#send('start', rid)
    }
    if (starts && !this.#isCalm && random.chance(0.01)) return // it died on the way
    this.#clock.schedule(tookMs, () => {
      this.open.delete(rid)
      this.#send(kind, starts ? rid : null)
    })
  }

  #send(kind: HeartbeatKind, rid: string | null): void {
    const sent = { wallMs: this.#clock.nowMs(), monotonicMs: this.#clock.monotonicMs() }
    if (kind === 'success' || kind === 'fail') {
      this.sent.push({ kind, ...sent })
      if (this.sent.length > 8) this.sent.shift()
    }
    // A start that can't be told is left untold: it must not arrive after its own end.
    const endMs = sent.monotonicMs + (kind === 'start' ? 0 : Math.min(PATIENCE_MS, this.plan.everyMs * 0.9))
    const attempt = (waitMs: number) => {
      const nowMs = this.#clock.monotonicMs()
      if (nowMs > endMs) return
      let isOver = false
      const again = () => {
        if (isOver) return
        isOver = true
        this.#clock.schedule(waitMs, () => attempt(Math.min(waitMs * 2, 20 * SECOND_MS)))
      }
      this.#clock.schedule(10 * SECOND_MS, again)
      const beat = this.#beat(kind, rid)
      this.#ping(beat).then((isTaken) => {
        if (!isTaken) again()
        else if (!isOver) {
          isOver = true
          if (kind === 'success' || kind === 'fail') {
            this.onAcknowledged({ kind, wallMs: beat.atMs, monotonicMs: nowMs })
          }
        }
      }, again)
    }
    attempt(SECOND_MS)
  }

  #beat(kind: HeartbeatKind, rid: string | null): Heartbeat {
    return {
      monitorId: this.#monitorId,
      atMs: this.#clock.nowMs(),
      kind,
      rid,
      message: kind === 'fail' ? 'backup failed' : null,
      exitStatus: kind === 'fail' ? 1 : null,
      durationMs: null,
      source: null,
    }
  }
}
