import type { TestContext } from 'node:test'
import { idSource, type MaintenanceWindow, type Monitor } from '#domain'
import { buildMonitor, buildReport } from '#domain/kit'
import { openSqliteStore, SecretBox, type Store } from '#storage'
import type { Engine } from './engine.ts'
import { silentLog } from './kit/silent-log.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import { startEngine } from './run.ts'
import { type SimulatedClock, simulatedClock } from './simulated-clock.ts'

export const START_MS = Date.UTC(2026, 2, 2)
export const MINUTE_MS = 60_000
export const ACCOUNT = 'acc_aaaaaaaaaaaaaaaa'

/** An engine in simulated time with one region, whose worker says what a test wants. */
export interface Stage {
  clock: SimulatedClock
  store: Store
  engine: Engine
  /** What the region's worker is told. */
  told: ToWorker[]
  /** The worker says that a check of the monitor, started now or at `atMs`, ended so. */
  see(monitorId: string, status: 'UP' | 'DOWN', atMs?: number): Promise<void>
  create(id: string, rest?: Partial<Monitor>): Promise<Monitor>
  /** The process dies and another one starts after so long. */
  restart(offMs: number): Promise<void>
  events(): Promise<string[]>
}

/** A stage with an empty account; the test's end ends it. */
export async function setUp(t: TestContext): Promise<Stage> {
  const clock = simulatedClock({ startMs: START_MS })
  const store = await openSqliteStore({ path: ':memory:', secrets: new SecretBox([new Uint8Array(32).fill(1)]) })
  await store.accounts.create({ id: ACCOUNT, name: 'A', plan: 'ENTERPRISE', isSuspended: false, createdAtMs: START_MS })
  let bytes = 0
  let sequence = 0
  let runs = 0
  let speak: (message: FromWorker) => void = () => undefined

  async function start(): Promise<Engine> {
    const starting = startEngine({
      store,
      clock,
      newId: idSource((size) => Uint8Array.from({ length: size }, () => (bytes = (bytes * 7 + 3) % 251))),
      random: () => 0.5,
      log: silentLog,
      ownRegion: 'local',
      http: { post: async () => ({ statusCode: 200, body: '' }) } as never,
      askControl: null,
      allowPrivateTargets: true,
    })
    await clock.advanceBy(10)
    const engine = await starting
    const line = {
      send: (message: ToWorker) => void stage.told.push(message),
      onMessage(listener: (message: FromWorker) => void) {
        speak = listener
      },
      close: () => undefined,
    }
    sequence = 0
    await engine.attachWorker({ region: 'local', workerId: `w${runs++}`, line, resends: false })
    await clock.advanceBy(50)
    return engine
  }

  const stage: Stage = {
    clock,
    store,
    told: [],
    engine: null as never,
    async see(monitorId, status, atMs = clock.nowMs()) {
      const version = stage.engine.monitor(monitorId)?.version ?? 1
      const report = buildReport(status, atMs, { monitorId, version, region: 'local' })
      speak({ kind: 'alive', atMs: clock.nowMs(), inFlight: 0, lateMs: 0, overdue: 0 })
      speak({ kind: 'results', sequence: ++sequence, reports: [report] })
      await clock.advanceBy(50)
    },
    async create(id, rest = {}) {
      const key = await store.monitors.nextKey()
      const monitor = buildMonitor(
        { name: id, confirmationChecks: 1, ...rest.settings },
        { id, key, accountId: ACCOUNT, ...rest },
      )
      const done = stage.engine.createMonitor(monitor)
      await clock.advanceBy(50)
      await done
      return monitor
    },
    async restart(offMs) {
      const stopped = stage.engine.stop()
      await clock.advanceBy(10_000)
      await stopped
      await clock.advanceBy(offMs)
      stage.engine = await start()
    },
    async events() {
      const batches = await store.deliveries.pending(null, 1_000)
      return batches.map(({ event }) => event.name)
    },
  }
  stage.engine = await start()
  t.after(async () => {
    const stopped = stage.engine.stop()
    await clock.advanceBy(10_000)
    await stopped
    await store.close()
  })
  return stage
}

/** A window of all monitors from the tenth minute to the fortieth. */
export function windowOf(rest: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    id: 'mw_aaaaaaaaaaaaaaaa',
    accountId: ACCOUNT,
    title: 'Upgrade',
    description: null,
    startsAtMs: START_MS + 10 * MINUTE_MS,
    endsAtMs: START_MS + 40 * MINUTE_MS,
    timezone: 'UTC',
    recurrence: null,
    allMonitors: true,
    monitorIds: [],
    cancelledAtMs: null,
    createdAtMs: START_MS,
    updatedAtMs: START_MS,
    ...rest,
  }
}

export async function save(stage: Stage, window: MaintenanceWindow): Promise<void> {
  const done = stage.engine.saveMaintenance(window)
  await stage.clock.advanceBy(50)
  await done
}

/** The stored status of the account's one window. */
export async function windowStatus(stage: Stage): Promise<string | undefined> {
  const page = { limit: 10, offset: 0 }
  for (const status of ['SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'] as const) {
    if ((await stage.store.maintenance.list(ACCOUNT, { status }, page)).count > 0) return status
  }
  return undefined
}
