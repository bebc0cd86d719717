import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type CheckReport, idSource, type Monitor, type MonitorType } from '#domain'
import { createOutboundHttp, type Log, realClock, startEngine, startWorkerThread } from '#engine'
import { targetPolicy } from '#probes'
import { emptyBatch, openSqliteStore, SecretBox, type Store } from '#storage'
import { monitorOf } from './builders.ts'

const ACCOUNT = 'acc_bench00000000000'
const REGION = 'local'
/** Monitors created in one transaction. */
const CREATED_AT_ONCE = 1_000

export interface Setup {
  count: number
  intervalMs: number
  /** The target's. */
  port: number
  hookUrl?: string | null
  /** Default: `/m/N`. */
  pathOf?: (n: number) => string
  /** Default: WEBSITE. */
  type?: MonitorType
  isPaused?: boolean
}

export interface WatchedEngine {
  /** Wall ms at which the worker was let in. */
  attachedAtMs: number
  stop(): Promise<void>
}

/** Opens (or makes) the store in a folder. */
export function openStore(folder: string): Promise<Store> {
  return openSqliteStore({
    path: join(folder, 'statusapp.db'),
    secrets: new SecretBox([new Uint8Array(32)]),
  })
}

/**
 * Makes a store in a folder, with an account that has monitors of `http://127.0.0.1:PORT` and, where a URL is given,
 * a webhook that hears of them all. Answers the monitors' ids, the Nth of path N.
 */
export async function createMonitorsIn(
  folder: string,
  { count, intervalMs, port, hookUrl = null, pathOf = (n) => `/m/${n}`, type = 'WEBSITE', isPaused = false }: Setup,
): Promise<string[]> {
  const store = await openStore(folder)
  if ((await store.accounts.get(ACCOUNT)) === null)
    await store.accounts.create({ id: ACCOUNT, name: 'Bench', plan: 'ENTERPRISE', isSuspended: false, createdAtMs: 0 })
  const ids: string[] = []
  let created: Monitor[] = []
  const flush = async () => {
    await store.commit({ ...emptyBatch(Date.now()), monitors: { created, changed: [], deleted: [] } })
    created = []
  }
  for (let n = 0; n < count; n++) {
    const key = await store.monitors.nextKey()
    const id = `mon_${randomBytes(8).toString('hex')}`
    const url = `http://127.0.0.1:${port}${pathOf(n)}`
    const monitor = monitorOf({ key, id, accountId: ACCOUNT, url, intervalMs, createdAtMs: Date.now(), type, isPaused })
    ids.push(monitor.id)
    created.push(monitor)
    if (created.length === CREATED_AT_ONCE) await flush()
  }
  await flush()
  if (hookUrl !== null) await createChannel(store, hookUrl)
  await store.close()
  return ids
}

/**
 * The whole engine as `serve` runs it: the real store, the real probes in their own thread, the real way out for
 * webhooks; all of it in this process. `onCommitted` hears of every result once it is stored.
 */
export async function startWatching(
  folder: string,
  onCommitted: (reports: readonly CheckReport[], atMs: number) => void,
): Promise<WatchedEngine> {
  const store = await openStore(folder)
  const policy = targetPolicy({ allowPrivate: true })
  const engine = await startEngine({
    store: {
      ...store,
      async commit(batch) {
        await store.commit(batch)
        onCommitted(batch.results, Date.now())
      },
    },
    clock: realClock,
    newId: idSource(randomBytes),
    random: Math.random,
    log: complaints,
    ownRegion: REGION,
    http: createOutboundHttp({ ...policy, clock: realClock, userAgent: 'StatusApp-Webhook/bench' }),
    askControl: null,
    allowPrivateTargets: true,
  })
  const thread = startWorkerThread({
    region: REGION,
    userAgent: 'StatusApp/bench',
    allowPrivateTargets: true,
    log: (message) => console.error(message),
  })
  await thread.ready
  const attachedAtMs = Date.now()
  await engine.attachWorker({ region: REGION, workerId: `${REGION}-${randomUUID()}`, line: thread.line })
  return {
    attachedAtMs,
    async stop() {
      await engine.stop()
      await thread.stop()
      await store.close()
    },
  }
}

/** What should not happen while measuring is said aloud. */
const complaints: Log = {
  debug: () => {},
  info: () => {},
  warn: (facts, message) => console.error('warning:', message, facts),
  error: (facts, message) => console.error('error:', message, facts),
}

async function createChannel(store: Store, url: string): Promise<void> {
  await store.channels.create({
    id: 'nc_bench00000000000',
    accountId: ACCOUNT,
    name: 'Bench',
    type: 'WEBHOOK',
    config: { url, secret: 'a secret of the benchmark' },
    events: ['monitor.down'],
    allMonitors: true,
    isActive: true,
    createdAtMs: 0,
    updatedAtMs: 0,
  })
}
