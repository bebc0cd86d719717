import {
  type AlertEventName,
  type Heartbeat,
  isWatched,
  type Monitor,
  type MonitorSettings,
  type RegionQuorum,
} from '#domain'
import type { NotificationChannel } from '#storage'
import type { Facts } from './facts.ts'
import { IncidentHands } from './incident-hands.ts'
import { Job, type JobPlan } from './job.ts'
import type { Mirror } from './mirror.ts'
import type { Prng } from './prng.ts'
import type { TruthRules } from './rules/truth-rules.ts'
import type { Server } from './server.ts'
import { Target } from './target.ts'

const MINUTE_MS = 60_000
const EVENTS: readonly AlertEventName[] = [
  'monitor.down',
  'monitor.up',
  'monitor.degraded',
  'incident.created',
  'incident.updated',
  'incident.resolved',
]

export interface UserParts {
  facts: Facts
  mirror: Mirror
  server: Server
  random: Prng
  regions: readonly string[]
  targets: Map<string, Target>
  jobs: Map<string, Job>
  truth: TruthRules
  accountId: string
  /** How many there are to be. */
  monitors: number
}

/** Few monitors are checked often, so that much happens to each of them. */
const BUSY_INTERVALS_S = [10, 30, 60, 60, 120, 300, 300, 600] as const
/** Hundreds are checked as people have them: mostly at the default. */
const USUAL_INTERVALS_S = [10, 30, 60, 60, 60, 300, 300, 300, 300, 300, 300, 300, 300, 600, 600, 3_600] as const
const MANY = 100

/** Someone who makes, changes, pauses and deletes monitors and channels at random, through the server as it is. */
export class User {
  readonly #parts: UserParts
  readonly channels = new Map<string, NotificationChannel>()
  /** Monitors that an unanswered request is about. */
  readonly #busy = new Set<string>()
  readonly #hands: IncidentHands
  #made = 0
  acts = 0

  constructor(parts: UserParts) {
    this.#parts = parts
    this.#hands = new IncidentHands(parts)
  }

  async createMonitor(): Promise<void> {
    const { server, random, targets, facts, truth, regions } = this.#parts
    const { engine, store } = server
    if (engine === null || store === null) return
    const isJob = random.chance(0.15)
    const id = `mon_${String(++this.#made).padStart(4, '0')}${Math.floor(random.next() * 1e9)
      .toString(36)
      .padStart(12, '0')}`
    const plan = isJob ? this.#plan() : null
    const key = await store.monitors.nextKey()
    const monitor: Monitor = {
      key,
      id,
      accountId: this.#parts.accountId,
      type: isJob ? 'CRON' : 'WEBSITE',
      settings: this.#settings(plan),
      config: plan === null ? {} : configOf(plan),
      isPaused: random.chance(0.02),
      isActive: true,
      version: 1,
      createdAtMs: facts.clock.nowMs(),
      updatedAtMs: facts.clock.nowMs(),
    }
    const target = plan === null ? new Target(random.fork(id), regions, facts.clock.monotonicMs()) : null
    if (target !== null) targets.set(id, target)
    const job = plan === null ? null : this.#startJob(id, plan)
    try {
      await engine.createMonitor(monitor)
    } catch {
      job?.stop()
      return
    }
    if (target !== null) truth.follow(id, target)
  }

  #startJob(id: string, plan: JobPlan): Job {
    const { random, jobs, facts, truth } = this.#parts
    const ping = (beat: Heartbeat) => this.#ping(id, beat)
    const job = new Job({ monitorId: id, plan, clock: facts.clock, random: random.fork(`job ${id}`), ping })
    jobs.set(id, job)
    truth.followJob(id, job)
    return job
  }

  /** A signal through the server as it is; what is acknowledged must be stored. */
  async #ping(id: string, beat: Heartbeat): Promise<boolean> {
    const { server, mirror, facts } = this.#parts
    const { engine, view } = server
    if (engine === null || view === null) throw new Error('connection refused')
    // A process that stands still takes it later, and stamps it then.
    await new Promise<void>((resolve) => view.run(resolve))
    const entry = mirror.get(id)
    const beats = entry?.beats ?? 0
    const isTaken = await engine.heartbeat({ ...beat, atMs: facts.clock.nowMs() })
    const wasWatched = entry?.atWatchedMs ?? null
    if (isTaken && entry !== undefined && mirror.get(id) === entry && wasWatched !== null && entry.beats <= beats) {
      if (facts.clock.monotonicMs() - entry.atChangedMs > MINUTE_MS) {
        facts.violate('8', id, 'a heartbeat was acknowledged but not stored')
      }
    }
    return isTaken
  }

  /** Does one thing. */
  async act(): Promise<void> {
    const { random } = this.#parts
    this.acts++
    const lot = random.next()
    if (lot < 0.12) return this.createMonitor().catch(() => undefined)
    if (lot < 0.3) return this.#actOnChannel()
    const work = this.#hands.choose()
    const entry = work?.entry ?? random.some([...this.#parts.mirror.monitors.values()])
    const monitor = entry?.monitor
    if (monitor === undefined || this.#busy.has(monitor.id)) return
    this.#busy.add(monitor.id)
    const { server } = this.#parts
    const { view } = server
    try {
      await Promise.race([work === null ? this.#actOn(monitor, lot) : work.run(), this.#patience()])
    } catch {
      // Told that it can't be done now: then nothing may have been changed, which the rules look at.
    } finally {
      if (view === server.view) this.#busy.delete(monitor.id)
      else this.#busy.clear()
    }
  }

  async createChannel(): Promise<void> {
    const { server, random, facts, accountId } = this.#parts
    const { engine, store } = server
    if (engine === null || store === null) return
    const id = `nc_${String(++this.#made).padStart(16, '0')}`
    const channel: NotificationChannel = {
      id,
      accountId,
      name: id,
      type: 'WEBHOOK',
      config: { url: `https://receiver.test/${id}`, secret: 'a secret of the simulation' },
      events: random.chance(0.7) ? ['monitor.down', 'monitor.up', 'monitor.degraded'] : this.#events(),
      allMonitors: random.chance(0.7),
      isActive: true,
      createdAtMs: facts.clock.nowMs(),
      updatedAtMs: facts.clock.nowMs(),
    }
    await store.channels.create(channel)
    engine.channelSaved(channel)
    this.channels.set(id, channel)
  }

  async #actOn(monitor: Monitor, lot: number): Promise<void> {
    const { engine } = this.#parts.server
    if (engine === null) return
    if (lot < 0.38) return engine.deleteMonitor(monitor.id)
    if (lot < 0.45) {
      if (isWatched(monitor) && monitor.type !== 'CRON') await engine.checkNow(monitor.id)
      return
    }
    if (lot < 0.75 || !isWatched(monitor)) return this.#change(monitor, { isPaused: isWatched(monitor) })
    if (lot < 0.78) return this.#change(monitor, { isActive: false })
    const settings = { ...monitor.settings, ...this.#edit(monitor) }
    return this.#change(monitor, { settings })
  }

  async #change(monitor: Monitor, change: Partial<Monitor>): Promise<void> {
    const { server, facts, mirror } = this.#parts
    const isActive = change.isPaused === false ? true : monitor.isActive
    const changed = { ...monitor, isActive, ...change, version: monitor.version + 1, updatedAtMs: facts.clock.nowMs() }
    try {
      await server.engine?.updateMonitor(changed)
    } catch (error) {
      const now = mirror.get(monitor.id)?.monitor.version
      if (now !== undefined && now >= changed.version) {
        facts.violate('9', monitor.id, `a change was refused (${String(error)}), but version ${now} is stored`)
      }
      return
    }
    const now = mirror.get(monitor.id)?.monitor.version
    if (now !== undefined && now < changed.version) {
      facts.violate('8', monitor.id, `version ${changed.version} was acknowledged, but ${now} is stored`)
    }
  }

  async #actOnChannel(): Promise<void> {
    const { server, random, facts, accountId } = this.#parts
    const { engine, store } = server
    const channel = random.some([...this.channels.values()])
    const lot = random.next()
    if (engine === null || store === null) return
    try {
      if (channel === undefined || (lot < 0.25 && this.channels.size < 8)) {
        await this.createChannel()
      } else if (lot < 0.4 && this.channels.size > 2) {
        await store.channels.delete(accountId, channel.id)
        this.channels.delete(channel.id)
        engine.channelDeleted(channel.id)
      } else {
        const isActive = channel.isActive ? random.chance(0.7) : true
        const changed = {
          ...channel,
          isActive,
          events: random.chance(0.5) ? channel.events : this.#events(),
          updatedAtMs: facts.clock.nowMs(),
        }
        if (!(await store.channels.update(changed))) this.channels.delete(channel.id)
        else {
          this.channels.set(channel.id, changed)
          engine.channelSaved(changed)
        }
      }
    } catch {
      // Refused by a store that fails: nothing was changed.
    }
  }

  #events(): AlertEventName[] {
    const some = EVENTS.filter(() => this.#parts.random.chance(0.6))
    return some.length === 0 ? ['monitor.down'] : some
  }

  #edit(monitor: Monitor): Partial<MonitorSettings> {
    const { random, regions } = this.#parts
    if (monitor.type === 'CRON') return { name: `${monitor.settings.name}'` }
    const lot = random.next()
    if (lot < 0.3) return { name: `${monitor.settings.name}'` }
    const { intervalMs, timeoutMs, confirmationChecks, recoveryChecks, regionQuorum, enabledRegions } =
      this.#settings(null)
    if (lot < 0.6) return { intervalMs, timeoutMs }
    if (lot < 0.8 || regions.length === 1) return { confirmationChecks, recoveryChecks }
    return { regionQuorum, enabledRegions }
  }

  #settings(plan: JobPlan | null): MonitorSettings {
    const { random, regions, mirror, monitors } = this.#parts
    const intervalMs =
      plan?.everyMs ?? 1_000 * random.pick<number>(monitors < MANY ? BUSY_INTERVALS_S : USUAL_INTERVALS_S)
    const some = regions.filter(() => random.chance(0.6))
    return {
      name: `monitor ${this.#made}`,
      url: plan === null ? `https://target.test/${this.#made}` : null,
      description: null,
      tags: [],
      intervalMs,
      timeoutMs: random.pick([2_000, 5_000, Math.min(10_000, intervalMs * 0.8)]),
      enabledRegions: random.chance(0.7) || some.length === 0 ? null : some,
      confirmationChecks: random.pick([1, 2, 3, 3, 3, 4, 5]),
      recoveryChecks: random.pick([1, 1, 2, 3]),
      regionQuorum: random.pick<RegionQuorum>(['any', 'majority', 'majority', 'all', 2]),
      degradedThresholdMs: random.chance(0.3) ? 600 : null,
      upsideDown: false,
      severity: null,
      notificationChannelIds: [...this.channels.keys()].filter(() => random.chance(0.3)),
      dependsOn: [...mirror.monitors.keys()].filter(() => random.chance(0.1 / Math.max(1, mirror.monitors.size))),
      regressionEnabled: false,
      regressionThreshold: 50,
      regressionPeriod: 7,
    }
  }

  #plan(): JobPlan {
    const { random } = this.#parts
    const everyMs = random.pick([1, 5, 10, 15, 30, 60]) * MINUTE_MS
    const graceMs = random.pick([20_000, 60_000, 300_000])
    return { everyMs, byTheClock: random.chance(0.5), graceMs, maxDurationMs: random.chance(0.3) ? graceMs : null }
  }

  #patience(): Promise<void> {
    return new Promise((resolve) => this.#parts.facts.clock.schedule(MINUTE_MS, resolve))
  }
}

/** The plan as the product's configuration has it. */
function configOf({ everyMs, byTheClock, graceMs, maxDurationMs }: JobPlan): Monitor['config'] {
  const minutes = everyMs / MINUTE_MS
  const schedule = minutes === 60 ? '0 * * * *' : minutes === 1 ? '* * * * *' : `*/${minutes} * * * *`
  return {
    ...(byTheClock ? { schedule, timezone: 'UTC' } : {}),
    gracePeriod: graceMs / 1_000,
    maxDuration: maxDurationMs === null ? null : maxDurationMs / 1_000,
  }
}
