import { type Incident, isWatched } from '#domain'
import type { EngineBatch } from '#storage'
import type { Facts } from '../facts.ts'
import type { Job } from '../job.ts'
import { type Committed, goesOnByHand, type Mirror } from '../mirror.ts'
import type { Planned } from '../planned.ts'
import { isOutage, type Stretch, type Target } from '../target.ts'
import type { CheckRules } from './check-rules.ts'

const SLACK_MS = 4_000
/** A missed heartbeat is an incident within this. */
const MISSED_MS = 1_100
/** What small, unnoticed steps of the clock and travel add up to. */
const TOLERANCE_MS = 1_500
/** So long after the clock was set a job that lives by it is not judged. */
const JUMP_MEMORY_MS = 4 * 3_600_000

/** What truly happened against what was found: real outages in time, healthy targets and jobs never. */
export class TruthRules {
  readonly #facts: Facts
  readonly #mirror: Mirror
  readonly #checks: CheckRules
  readonly #regions: readonly string[]
  readonly #planned: Planned
  readonly #jobs = new Map<string, Job>()
  outages = 0

  constructor(facts: Facts, mirror: Mirror, checks: CheckRules, regions: readonly string[], planned: Planned) {
    this.#facts = facts
    this.#mirror = mirror
    this.#checks = checks
    this.#regions = regions
    this.#planned = planned
  }

  /** Follows a target's course; each outage that lasts long enough must be found. */
  follow(monitorId: string, target: Target): void {
    const { clock } = this.#facts
    let seen: Stretch | null = null
    const look = () => {
      const stretch = target.at(clock.monotonicMs())
      const isNew = stretch !== seen
      seen = stretch
      if (isNew && isOutage(stretch.manner) && stretch.regions === null) this.#expectOutage(monitorId, target, stretch)
      if (stretch.toMs < Number.POSITIVE_INFINITY && !this.#mirror.gone.has(monitorId)) {
        clock.schedule(Math.max(1, stretch.toMs - clock.monotonicMs()), look)
      }
    }
    clock.schedule(0, look)
  }

  /** Follows a job: what it misses while all of ours is well must be found at once. */
  followJob(monitorId: string, job: Job): void {
    const { clock, disturbances, violate } = this.#facts
    this.#jobs.set(monitorId, job)
    job.onAcknowledged = (sent) => {
      const entry = this.#mirror.get(monitorId)
      if (entry === undefined || entry.atWatchedMs === null) return
      const { version } = entry.monitor
      const dueMs = job.deadlineAfterMs(sent)
      const judge = () => {
        if (this.#mirror.get(monitorId) !== entry || entry.monitor.version !== version) return
        if ((job.sent.at(-1)?.monotonicMs ?? 0) > sent.monotonicMs) return
        // A signal whose answer came too late for the job may count as well.
        if ((entry.state?.heartbeat?.expectedAtMs ?? 0) + job.plan.graceMs > dueMs) return
        if (!disturbances.isCalm(sent.monotonicMs, clock.monotonicMs())) return
        if (this.#isHeld(entry, MISSED_MS, judge)) return
        if (entry.open === null && !goesOnByHand(entry))
          violate('truth', monitorId, `the heartbeat due by ${new Date(dueMs).toISOString()} was not missed`)
      }
      clock.schedule(dueMs + MISSED_MS - clock.nowMs(), judge)
    }
  }

  committed(batch: EngineBatch): void {
    for (const incident of batch.incidents.opened) {
      const { monitorId } = incident
      const job = monitorId === null ? undefined : this.#jobs.get(monitorId)
      if (job !== undefined && monitorId !== null) this.#judgeJob(job, incident, monitorId)
    }
  }

  #judgeJob(job: Job, incident: Incident, monitorId: string): void {
    const { violate, disturbances, clock } = this.#facts
    const isMissed = incident.rootCauseCategory === 'MISSED_HEARTBEAT'
    // A job that lives by the wall clock is out of step for a while after that was set.
    const nowMs = clock.monotonicMs()
    if (job.plan.byTheClock && !disturbances.isCalm(nowMs - JUMP_MEMORY_MS, nowMs, { kinds: ['jump'] })) return
    // What was true in maintenance is told at its end, and may be over by now where we could not hear.
    const endedMs = clock.nowMs() - (this.#mirror.get(monitorId)?.state?.lastMaintenance?.toMs ?? 0)
    if (endedMs < SLACK_MS && !disturbances.isCalm(nowMs - JUMP_MEMORY_MS, nowMs)) return
    const isTrue = isMissed ? job.isTrulyLate(TOLERANCE_MS) : job.isTrulyFailing(TOLERANCE_MS)
    if (!isTrue) violate('7', monitorId, `a job that did well is called DOWN: ${incident.rootCause}`)
  }

  #expectOutage(monitorId: string, target: Target, stretch: Stretch): void {
    const { clock, disturbances, violate, trace } = this.#facts
    trace.add(
      monitorId,
      `the target is truly down (${stretch.manner}) for ${Math.round(stretch.toMs - stretch.fromMs)} ms`,
    )
    const entry = this.#mirror.get(monitorId)
    if (entry === undefined || !isWatched(entry.monitor)) return
    const { monitor } = entry
    const { confirmationChecks, intervalMs, timeoutMs, enabledRegions } = monitor.settings
    // One region sees it first, then all confirm: each failure may take the timeout.
    let withinMs = intervalMs + (confirmationChecks + 1) * timeoutMs + SLACK_MS
    for (let failure = 1; failure < confirmationChecks; failure++)
      withinMs += Math.min(1_000 * 2 ** (failure - 1), intervalMs)
    // A catch-up check after a fault may stand for a planned one that follows within a quarter of the interval.
    const isAfterFault = !disturbances.isCalm(stretch.fromMs - 2 * intervalMs, stretch.fromMs)
    if (isAfterFault) withinMs += intervalMs / 4
    if (stretch.toMs - stretch.fromMs < withinMs) return
    const regions = this.#regions.filter((region) => enabledRegions?.includes(region) ?? true)
    const judge = () => {
      if (target.at(clock.monotonicMs()) !== stretch) return
      if (this.#mirror.get(monitorId) !== entry || entry.monitor.version !== monitor.version) return
      // Without any of its regions the server's own one stands in; that is looked at elsewhere.
      const attached = regions.map((region) => this.#checks.attachedSinceMs(region))
      if (attached.some((sinceMs) => sinceMs === null || sinceMs > stretch.fromMs)) return
      if (!disturbances.isCalm(stretch.fromMs - SLACK_MS, clock.monotonicMs())) return
      if (this.#isHeld(entry, withinMs, judge)) return
      this.outages++
      if (entry.open === null && !goesOnByHand(entry))
        violate('truth', monitorId, `an outage was not found within ${withinMs} ms`)
    }
    clock.schedule(stretch.fromMs + withinMs - clock.monotonicMs(), judge)
  }

  /** Whether maintenance may hold back what is to be told; then it is judged again so long after its end. */
  #isHeld({ monitor, state }: Committed, withinMs: number, judge: () => void): boolean {
    const { clock } = this.#facts
    const nowMs = clock.nowMs()
    const untilMs = this.#planned.untilMs(monitor, nowMs) ?? state?.maintenance?.untilMs ?? state?.lastMaintenance?.toMs
    if (untilMs === undefined || untilMs + withinMs <= nowMs) return false
    clock.schedule(untilMs + withinMs - nowMs, judge)
    return true
  }
}
