import { type CheckReport, type Clock, type Monitor, statusBeneath } from '#domain'
import { freshAssignment, isProbed, resumedAssignment } from './assignment.ts'
import type { Entry } from './book.ts'
import type { Input, Source } from './ingest/input.ts'
import type { Log } from './log.ts'
import type { Assignment, FromWorker } from './protocol.ts'
import type { RegionLink, Regions } from './regions.ts'

/** How long a worker may take to end what it has begun. */
const DRAIN_MS = 6_000

/** A worker that does not answer a question within the check's timeout and this, has not heard it. */
const ANSWER_GRACE_MS = 5_000

export interface DispatcherDeps {
  clock: Clock
  log: Log
  regions: Regions
  push: (input: Input) => void
  /** The sequence up to which a worker's batches are stored. */
  appliedSequence: (workerId: string) => Promise<number>
  /** The monitor as it is watched under its account's plan. */
  underPlan?: (monitor: Monitor) => Monitor
}

interface Question {
  answer: (report: CheckReport | null) => void
  monitor: Monitor
  region: string
}

/** Talks to the workers: hands out assignments, takes in results, asks for single checks. */
export class Dispatcher {
  readonly #deps: DispatcherDeps
  readonly #assigned = new Map<string, Set<string>>()
  readonly #applied = new Map<string, number>()
  /** The newest batch that was taken in, stored or not yet: one that is sent again meanwhile is the same one. */
  readonly #taken = new Map<string, number>()
  readonly #questions = new Map<number, Question>()
  readonly #draining = new Map<string, () => void>()
  #nextAskId = 1
  #allowPrivateTargets: boolean

  constructor(deps: DispatcherDeps, allowPrivateTargets: boolean) {
    this.#deps = deps
    this.#allowPrivateTargets = allowPrivateTargets
  }

  /** Begins to listen to a worker and gives it all that it is to check. */
  async attach(link: RegionLink, entries: Iterable<Entry>, lookedUntilMs: number | null): Promise<void> {
    const { regions, clock } = this.#deps
    const seenUntilMs = regions.lastSeenAtMs(link.region) ?? lookedUntilMs
    this.#applied.set(link.workerId, await this.#deps.appliedSequence(link.workerId))
    regions.attach(link)
    const nowMs = clock.nowMs()
    const assigned = new Set<string>()
    const add: Assignment[] = []
    const inDoubt: Entry[] = []
    for (const entry of entries) {
      const { monitor } = entry
      if (!isProbed(monitor) || !regions.for(monitor).includes(link.region)) continue
      assigned.add(monitor.id)
      add.push(
        entry.state.lastCheckedAtMs === null && entry.state.status === 'PENDING'
          ? { ...freshAssignment(this.#underPlan(monitor), false), missedAtMs: monitor.createdAtMs }
          : resumedAssignment(this.#underPlan(monitor), link.region, { lookedUntilMs: seenUntilMs ?? nowMs, nowMs }),
      )
      const region = entry.state.regions[link.region]
      // Also what failed in maintenance and is told to nobody before it is seen again.
      const isTold = region?.verdict === 'DOWN' && statusBeneath(entry.state) === 'DOWN'
      if (region !== undefined && region.troubles > 0 && !isTold) inDoubt.push(entry)
    }
    this.#assigned.set(link.workerId, assigned)
    link.line.onMessage((message) => this.#take(link, message))
    link.line.send({ kind: 'settings', allowPrivateTargets: this.#allowPrivateTargets })
    link.line.send({ kind: 'assign', add, remove: [], isAll: true })
    for (const { monitor } of inDoubt) this.recheck(monitor, link.region, 0)
  }

  #underPlan(monitor: Monitor): Monitor {
    return this.#deps.underPlan?.(monitor) ?? monitor
  }

  detach(workerId: string): void {
    this.#deps.regions.detach(workerId)
    this.#assigned.delete(workerId)
  }

  /** Gives a changed monitor to the workers that now check it, and takes it from those that don't. */
  assign(monitor: Monitor, immediate: boolean): void {
    const wanted = isProbed(monitor) ? this.#deps.regions.for(monitor) : []
    for (const link of this.#deps.regions.links()) {
      const assigned = this.#assigned.get(link.workerId)
      if (assigned === undefined) continue
      if (wanted.includes(link.region)) {
        assigned.add(monitor.id)
        link.line.send({ kind: 'assign', add: [freshAssignment(this.#underPlan(monitor), immediate)], remove: [] })
      } else if (assigned.delete(monitor.id)) {
        link.line.send({ kind: 'assign', add: [], remove: [monitor.id] })
      }
    }
  }

  /** Regions fell silent or were heard again: gives and takes what each is to check now. */
  rebalance(entries: Iterable<Entry>): void {
    const { regions, clock } = this.#deps
    const changes = regions.links().flatMap((link) => {
      const assigned = this.#assigned.get(link.workerId)
      return assigned === undefined ? [] : [{ link, assigned, add: [] as Assignment[], remove: [] as string[] }]
    })
    for (const { monitor } of entries) {
      if (!isProbed(monitor)) continue
      const wanted = regions.for(monitor)
      for (const { link, assigned, add, remove } of changes) {
        if (!wanted.includes(link.region)) {
          // A silent region keeps what it has: it may be checking all the while.
          if (regions.isActive(link.region) && assigned.delete(monitor.id)) remove.push(monitor.id)
        } else if (!assigned.has(monitor.id)) {
          assigned.add(monitor.id)
          add.push({ ...freshAssignment(this.#underPlan(monitor), false), missedAtMs: clock.nowMs() })
        }
      }
    }
    for (const { link, add, remove } of changes) {
      if (add.length + remove.length > 0) link.line.send({ kind: 'assign', add, remove })
    }
  }

  remove(monitorId: string): void {
    for (const link of this.#deps.regions.links()) {
      if (this.#assigned.get(link.workerId)?.delete(monitorId)) {
        link.line.send({ kind: 'assign', add: [], remove: [monitorId] })
      }
    }
  }

  recheck(monitor: Pick<Monitor, 'id' | 'version'>, region: string, delayMs: number): void {
    const link = this.#deps.regions.link(region)
    link?.line.send({ kind: 'recheck', monitorId: monitor.id, version: monitor.version, delayMs })
  }

  stored(workerId: string, sequence: number): void {
    this.#applied.set(workerId, Math.max(sequence, this.#applied.get(workerId) ?? 0))
    for (const link of this.#deps.regions.links()) {
      if (link.workerId === workerId) link.line.send({ kind: 'stored', sequence })
    }
  }

  allowPrivateTargets(allow: boolean): void {
    if (allow === this.#allowPrivateTargets) return
    this.#allowPrivateTargets = allow
    for (const { line } of this.#deps.regions.links()) line.send({ kind: 'settings', allowPrivateTargets: allow })
  }

  /** Lets every worker end what it has begun; none starts anything new. Resolves after some seconds at the latest. */
  async drain(): Promise<void> {
    await Promise.all(
      this.#deps.regions.links().map(({ workerId, line }) => {
        const { promise, resolve } = Promise.withResolvers<void>()
        const patience = this.#deps.clock.schedule(DRAIN_MS, resolve)
        this.#draining.set(workerId, () => {
          patience.cancel()
          resolve()
        })
        line.send({ kind: 'drain' })
        return promise
      }),
    )
  }

  /** Checks once now, in each of the monitor's regions; a region that does not answer is left out. */
  async ask(monitor: Monitor): Promise<CheckReport[]> {
    const regions = this.#deps.regions.for(monitor)
    const reports = await Promise.all(regions.map((region) => this.#askRegion(monitor, region)))
    return reports.filter((report) => report !== null)
  }

  #askRegion(monitor: Monitor, region: string): Promise<CheckReport | null> {
    const link = this.#deps.regions.link(region)
    if (link === undefined) return Promise.resolve(null)
    return new Promise((resolve) => {
      const askId = this.#nextAskId++
      const timer = this.#deps.clock.schedule(monitor.settings.timeoutMs + ANSWER_GRACE_MS, () => {
        this.#questions.delete(askId)
        resolve(null)
      })
      this.#questions.set(askId, {
        monitor,
        region,
        answer: (report) => {
          timer.cancel()
          this.#questions.delete(askId)
          resolve(report)
        },
      })
      link.line.send({ kind: 'ask', askId, assignment: freshAssignment(monitor, false) })
    })
  }

  #take(link: RegionLink, message: FromWorker): void {
    this.#deps.regions.heard(link.region)
    switch (message.kind) {
      case 'results': {
        if (message.sequence <= (this.#applied.get(link.workerId) ?? 0)) {
          link.line.send({ kind: 'stored', sequence: message.sequence })
          return
        }
        if (message.sequence <= (this.#taken.get(link.workerId) ?? 0)) return
        this.#taken.set(link.workerId, message.sequence)
        const source: Source = { workerId: link.workerId, sequence: message.sequence, isKept: link.resends }
        this.#deps.push({ kind: 'reports', reports: message.reports, source })
        return
      }
      case 'answer': {
        const question = this.#questions.get(message.askId)
        if (question === undefined) return
        const { monitor, region } = question
        question.answer({
          monitorId: monitor.id,
          version: monitor.version,
          region,
          kind: 'manual',
          scheduledAtMs: message.scheduledAtMs,
          startedAtMs: message.startedAtMs,
          result: message.result,
        })
        return
      }
      case 'blind': {
        this.#deps.log.warn({ region: link.region, ...message }, 'a region could not look for a while')
        const monitorIds = [...(this.#assigned.get(link.workerId) ?? [])]
        this.#deps.push({ ...message, kind: 'blind', monitorIds })
        return
      }
      case 'drained':
        this.#draining.get(link.workerId)?.()
        return
      case 'alive':
        link.lateMs = message.lateMs
        return
    }
  }
}
