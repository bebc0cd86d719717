import type { ChannelHttp } from '#channels'
import {
  type CheckReport,
  type Clock,
  heartbeatDueAtMs,
  isCoverNews,
  isWatched,
  type MaintenanceWindow,
  type Monitor,
  type NewId,
  pendingState,
} from '#domain'
import type { NotificationChannel, Store } from '#storage'
import { isProbed } from './assignment.ts'
import { type Blindness, BlindnessWatch } from './blindness-watch.ts'
import { Book } from './book.ts'
import { Dispatcher } from './dispatcher.ts'
import type { Engine } from './engine.ts'
import { FirstResults } from './first-results.ts'
import { HeartbeatWatch } from './heartbeat-watch.ts'
import { incidentsByHand } from './incidents-by-hand.ts'
import type { BatchDraft } from './ingest/batch-draft.ts'
import { Ingest } from './ingest/ingest.ts'
import type { Input } from './ingest/input.ts'
import type { Log } from './log.ts'
import { MaintenancePlan } from './maintenance-plan.ts'
import { MaintenanceWatch } from './maintenance-watch.ts'
import { createNotifier } from './notifier/index.ts'
import { testPayload } from './notifier/test-payload.ts'
import { PlanWatch } from './plan-watch.ts'
import { RegionWatch } from './region-watch.ts'
import { Regions } from './regions.ts'
import { schedulerTrouble } from './scheduler-trouble.ts'
import type { AskControl } from './self-check.ts'
import { SelfChecks } from './self-checks.ts'
import { LOOKED_UNTIL, Upkeep } from './upkeep.ts'

/** Decisions on what concerns many monitors are written for so many at once. */
const GROUP_MAX = 250

/** So long after windows could not be read it is tried again. */
const RECALL_MS = 5_000

const NO_CHANGES: ReadonlyMap<string, MaintenanceWindow> = new Map()

export interface EngineDeps {
  store: Store
  clock: Clock
  newId: NewId
  /** From 0 up to 1; for jitter. */
  random: () => number
  log: Log
  /** Code of the server's own region. */
  ownRegion: string
  /** The way out for channels. */
  http: ChannelHttp
  /** Asks the control address; null when none is set. */
  askControl: AskControl | null
  allowPrivateTargets: boolean
}

/** Loads what is known, finds out for how long nobody looked, and begins to work. Workers are attached afterwards. */
export async function startEngine(deps: EngineDeps): Promise<Engine> {
  const { store, clock, newId, log } = deps
  const book = new Book()
  const channels = new Map<string, NotificationChannel>()
  const regions = new Regions(clock, deps.ownRegion)
  const selfChecks = new SelfChecks(clock, deps)
  const firstResults = new FirstResults(clock)
  const upkeep = new Upkeep(store, clock, log, () => ingest.heardUntilMs)

  const notifier = createNotifier({
    store,
    channels: (id) => channels.get(id) ?? null,
    http: deps.http,
    clock,
    random: deps.random,
    log,
  })

  const maintenance = new MaintenancePlan((windows) => followMaintenance(windows))
  const planWatch = new PlanWatch({
    accounts: store.accounts,
    clock,
    log,
    onChange(accountIds) {
      for (const { monitor } of book.entries()) {
        if (accountIds.has(monitor.accountId) && isProbed(monitor)) dispatcher.assign(monitor, false)
      }
    },
  })
  const underPlan = (monitor: Monitor) => planWatch.underPlan(monitor)
  const ingest = new Ingest({
    book,
    maintenance,
    underPlan,
    channels: () => channels.values(),
    regionsFor: (monitor) => regions.for(monitor),
    newId,
    clock,
    log,
    commit: (batch) => store.commit(batch),
    screen,
    committed,
  })
  const dispatcher = new Dispatcher(
    {
      clock,
      log,
      regions,
      push: (input) => ingest.push(input),
      appliedSequence: (workerId) => store.results.appliedSequence(workerId),
      underPlan,
    },
    deps.allowPrivateTargets,
  )
  const regionWatch = new RegionWatch(clock, regions, {
    beforeLook: () => blindnessWatch.look(),
    onChange: () => dispatcher.rebalance(book.entries()),
  })
  const heartbeatWatch = new HeartbeatWatch(clock, (monitorId) => {
    blindnessWatch.look()
    ingest.push({ kind: 'due', monitorId })
  })
  const blindnessWatch = new BlindnessWatch(clock, (blindness) => {
    log.warn({ ...blindness }, 'the server could not listen for a while')
    if (blindness.jumpMs === 0) regions.forgive(blindness.toMs - blindness.fromMs)
    else selfChecks.clockWasSet()
    blindTo(heartbeatIds(), blindness)
    heartbeatWatch.lookAgain()
    if (blindness.jumpMs === 0) noteMissedMaintenance(blindness.fromMs)
    if (blindness.jumpMs > 0) catchUpMaintenance(blindness.fromMs)
    if (blindness.jumpMs < 0) recallMaintenance()
    maintenanceWatch.arm()
  })
  const maintenanceWatch = new MaintenanceWatch(clock, maintenance, () => blindnessWatch.look())

  /** Windows that are saved while others are read again: what is read of them is old. */
  let savedWhileRecalled: Set<string> | null = null

  const startedAtMs = clock.nowMs()
  const lookedUntilMs = await load()
  if (lookedUntilMs !== null && lookedUntilMs < startedAtMs) {
    blindTo(
      [...book.entries()].map(({ monitor }) => monitor.id),
      { fromMs: lookedUntilMs, toMs: startedAtMs, reason: 'the server was not running', jumpMs: 0 },
    )
  }
  catchUpMaintenance(lookedUntilMs ?? startedAtMs)
  maintenanceWatch.arm()
  for (const { monitor } of book.entries()) expectHeartbeat(monitor.id)
  await upkeep.noteAlive().catch((error: unknown) => log.error({ err: error }, 'the store cannot be written'))
  blindnessWatch.start()
  regionWatch.start()
  upkeep.start()
  planWatch.start()
  await notifier.start()

  async function load(): Promise<number | null> {
    await planWatch.load()
    for (const channel of await store.channels.loadAll()) channels.set(channel.id, channel)
    const openIncidents = new Map((await store.incidents.loadOpen()).map((open) => [open.monitorId, open]))
    for (const { monitor, state } of await store.monitors.loadAll()) {
      book.set({
        monitor,
        state: state ?? pendingState(monitor.createdAtMs, null),
        openIncident: openIncidents.get(monitor.id) ?? null,
      })
    }
    regions.presume([...book.entries()].flatMap(({ state }) => Object.keys(state.regions)))
    for (const [accountId, number] of await store.incidents.lastNumbers()) book.noteIncidentNumber(accountId, number)
    maintenance.advance(startedAtMs)
    for (const { window, status } of await store.maintenance.loadOpen(startedAtMs)) maintenance.recall(window, status)
    const stored = await store.instance.get(LOOKED_UNTIL)
    return stored === null ? null : Number(stored)
  }

  function blindTo(monitorIds: string[], { fromMs, toMs, reason, jumpMs }: Blindness): void {
    for (const ids of inGroups(monitorIds)) {
      ingest.push({ kind: 'blind', monitorIds: ids, fromMs, toMs, reason, jumpMs })
    }
  }

  /** Windows have begun or ended: they and the monitors that they are about follow. */
  function followMaintenance(windows: MaintenanceWindow[]): void {
    // Checks that wait for the store are judged by what ran when they were made, though it was never stored.
    if (ingest.failingSinceMs !== null) noteMissedMaintenance(ingest.heardUntilMs, (input) => ingest.pushAhead(input))
    followIn(
      book.idsIn(windows),
      windows.map(({ id }) => id),
    )
  }

  /** What began or ended while nobody looked is taken in, and what did both is noted. */
  function catchUpMaintenance(lookedUntilMs: number): void {
    noteMissedMaintenance(lookedUntilMs)
    maintenance.advance(clock.nowMs())
    const news = [...book.entries()].filter(({ monitor, state }) => {
      return isWatched(monitor) && isCoverNews(state, maintenance.coverOf(monitor, NO_CHANGES))
    })
    followIn(
      news.map(({ monitor }) => monitor.id),
      maintenance.windows().map(({ id }) => id),
    )
  }

  /** Before what runs now: a span that has ended is not changed any more. */
  function noteMissedMaintenance(lookedUntilMs: number, push = (input: Input) => ingest.push(input)): void {
    for (const { window, fromMs, toMs } of maintenance.missed(lookedUntilMs, clock.nowMs())) {
      for (const monitorIds of inGroups(book.idsIn([window]))) {
        push({ kind: 'maintenance', windowIds: [], monitorIds, missed: { fromMs, toMs } })
      }
    }
  }

  /** The clock was set back: windows that were over may come once more. */
  function recallMaintenance(): void {
    maintenance.advance(clock.nowMs())
    const saved = new Set<string>()
    savedWhileRecalled = saved
    store.maintenance.loadOpen(clock.nowMs()).then(
      (found) => {
        for (const { window, status } of found) if (!saved.has(window.id)) maintenance.recall(window, status)
        savedWhileRecalled = null
        catchUpMaintenance(clock.nowMs())
        maintenanceWatch.arm()
      },
      (error: unknown) => {
        log.warn({ err: error }, 'maintenance windows cannot be read; it will be tried again')
        clock.schedule(RECALL_MS, recallMaintenance)
      },
    )
  }

  function followIn(monitorIds: string[], windowIds: string[]): void {
    if (windowIds.length > 0) ingest.push({ kind: 'maintenance', windowIds, monitorIds: [], missed: null })
    for (const ids of inGroups(monitorIds)) {
      ingest.push({ kind: 'maintenance', windowIds: [], monitorIds: ids, missed: null })
    }
  }

  function heartbeatIds(): string[] {
    return [...book.entries()].filter(({ state }) => state.heartbeat !== null).map(({ monitor }) => monitor.id)
  }

  function expectHeartbeat(monitorId: string): void {
    const entry = book.get(monitorId)
    const heartbeat = entry !== undefined && isWatched(entry.monitor) ? entry.state.heartbeat : null
    heartbeatWatch.expect(monitorId, heartbeat === null ? null : heartbeatDueAtMs(heartbeat))
  }

  function screen(reports: CheckReport[]): CheckReport[] | Promise<CheckReport[]> {
    // After a stall what lies here is read before anything else runs.
    blindnessWatch.look()
    return selfChecks.screen(reports)
  }

  function committed(draft: BatchDraft): void {
    for (const { workerId, sequence } of draft.workers()) dispatcher.stored(workerId, sequence)
    for (const { monitorId, version, region, delayMs } of draft.rechecks) {
      dispatcher.recheck({ id: monitorId, version }, region, delayMs)
    }
    for (const monitorId of draft.heartbeatIds()) expectHeartbeat(monitorId)
    firstResults.stored(draft.results())
    if (draft.hasEvents) notifier.wake()
  }

  function isSameTarget(a: Monitor, b: Monitor): boolean {
    const what = ({ settings, config, type }: Monitor) =>
      JSON.stringify([type, settings.url, settings.intervalMs, config])
    return isWatched(a) === isWatched(b) && what(a) === what(b)
  }

  return {
    async createMonitor(monitor) {
      await ingest.submit({ kind: 'create', monitor })
      expectHeartbeat(monitor.id)
      if (isProbed(monitor)) dispatcher.assign(monitor, true)
    },

    async updateMonitor(monitor) {
      // A time in which nobody could look lies before the change.
      blindnessWatch.look()
      const before = book.get(monitor.id)?.monitor
      await ingest.submit({ kind: 'update', monitor })
      expectHeartbeat(monitor.id)
      dispatcher.assign(monitor, before === undefined || !isSameTarget(before, monitor))
    },

    async deleteMonitor(id) {
      await ingest.submit({ kind: 'delete', monitorId: id })
      dispatcher.remove(id)
      heartbeatWatch.expect(id, null)
      selfChecks.forget(id)
    },

    monitor: (id) => book.get(id)?.monitor ?? null,
    state: (monitorId) => book.get(monitorId)?.state ?? null,

    firstResult: (monitorId, waitMs) => firstResults.wait(monitorId, waitMs),

    async checkNow(monitorId) {
      const monitor = book.get(monitorId)?.monitor
      if (monitor === undefined) return []
      const reports = await dispatcher.ask(monitor)
      await ingest.submit({ kind: 'reports', reports, source: null })
      return reports
    },

    tryOut: (monitor) => dispatcher.ask(monitor),

    async heartbeat(beat) {
      // Its time is by the clock as it is now: if that was set, what is known must be moved first.
      blindnessWatch.look()
      const effect = await ingest.submit({ kind: 'beat', beat })
      if (effect === 'applied') await store.durable()
      return effect === 'applied'
    },

    ...incidentsByHand(ingest, store),

    async saveMaintenance(window) {
      savedWhileRecalled?.add(window.id)
      await ingest.submit({ kind: 'window', window })
      followMaintenance([window])
      maintenanceWatch.arm()
    },

    channelSaved: (channel) => void channels.set(channel.id, channel),
    channelDeleted: (channelId) => void channels.delete(channelId),

    testChannel(channel) {
      return notifier.test(channel, testPayload(clock.nowMs()))
    },

    wakeNotifier: () => notifier.wake(),

    regions: () =>
      regions.links().map(({ region, lastSeenAtMs }) => ({
        code: region,
        lastSeenAtMs,
        isActive: regions.isActive(region),
      })),

    regionsFor: (monitor) => regions.for(monitor),

    async attachWorker({ region, workerId, line, resends = true }) {
      const link = { region, workerId, line, resends, lastSeenAtMs: clock.nowMs(), lateMs: 0 }
      await dispatcher.attach(link, book.entries(), lookedUntilMs)
      return () => dispatcher.detach(workerId)
    },

    allowPrivateTargets: (allow) => dispatcher.allowPrivateTargets(allow),

    health() {
      const own = regions.link(deps.ownRegion)
      const { failingSinceMs } = ingest
      const scheduler = schedulerTrouble(own, { ownRegion: deps.ownRegion, failingSinceMs, nowMs: clock.nowMs() })
      return { scheduler, notifier: notifier.health() }
    },

    async stop() {
      blindnessWatch.stop()
      regionWatch.stop()
      heartbeatWatch.stop()
      maintenanceWatch.stop()
      await dispatcher.drain()
      await ingest.stop()
      await Promise.all([notifier.stop(), upkeep.stop(), planWatch.stop()])
      await upkeep.noteAlive().catch((error: unknown) => log.error({ err: error }, 'the store cannot be written'))
    },
  }
}

function inGroups(ids: readonly string[]): string[][] {
  const groups: string[][] = []
  for (let start = 0; start < ids.length; start += GROUP_MAX) groups.push(ids.slice(start, start + GROUP_MAX))
  return groups
}
