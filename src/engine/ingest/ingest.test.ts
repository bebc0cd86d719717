import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckReport, type Heartbeat, idSource, type Monitor, NO_PHASES } from '#domain'
import { buildMonitor } from '#domain/kit'
import { type EngineBatch, StorageError } from '#storage'
import { Book } from '../book.ts'
import { silentLog } from '../kit/silent-log.ts'
import { MaintenancePlan } from '../maintenance-plan.ts'
import { simulatedClock } from '../simulated-clock.ts'
import { Ingest, type IngestDeps } from './ingest.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')

/** An ingest whose store is a list, and can be made to fail. */
function setUp(rest: Partial<Pick<IngestDeps, 'screen' | 'commit'>> = {}) {
  const clock = simulatedClock({ startMs: START_MS })
  const book = new Book()
  const written: EngineBatch[] = []
  const store: { fails: StorageError | null; refuses: (batch: EngineBatch) => boolean } = {
    fails: null,
    refuses: () => false,
  }
  let bytes = 0
  const ingest = new Ingest({
    book,
    maintenance: new MaintenancePlan(() => undefined),
    channels: () => [],
    regionsFor: () => ['local'],
    newId: idSource((size) => Uint8Array.from({ length: size }, () => bytes++ % 250)),
    clock,
    log: silentLog,
    screen: (reports) => reports,
    committed: () => undefined,
    async commit(batch) {
      if (store.fails !== null) throw store.fails
      if (store.refuses(batch)) throw new StorageError('conflict', 'refused')
      written.push(batch)
    },
    ...rest,
  })
  return { clock, book, written, store, ingest }
}

function monitor(id: string): Monitor {
  return buildMonitor({ confirmationChecks: 1 }, { id })
}

function report(monitorId: string, status: 'UP' | 'DOWN', atMs: number): CheckReport {
  const error = status === 'DOWN' ? 'connection refused by 127.0.0.1:9' : null
  return {
    monitorId,
    version: 1,
    region: 'local',
    kind: 'planned',
    scheduledAtMs: atMs,
    startedAtMs: atMs,
    result: {
      status,
      responseTimeMs: 3,
      phases: { ...NO_PHASES },
      statusCode: null,
      error,
      category: null,
      localFault: false,
      details: null,
      evidence: null,
    },
  }
}

test('inputs that come together are written together', async () => {
  const { clock, ingest, written } = setUp()
  const both = Promise.all([
    ingest.submit({ kind: 'create', monitor: monitor('mon_a') }),
    ingest.submit({ kind: 'create', monitor: monitor('mon_b') }),
  ])
  await clock.advanceBy(10)
  assert.deepEqual(await both, ['applied', 'applied'])
  assert.equal(written.length, 1)
  assert.equal(written[0]?.monitors.created.length, 2)
})

test('result, state, incident and event are one batch', async () => {
  const { clock, ingest, written } = setUp()
  ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  await clock.advanceBy(10)
  ingest.push({ kind: 'reports', reports: [report('mon_a', 'DOWN', START_MS + 5)], source: null })
  await clock.advanceBy(10)
  const batch = written.at(-1)
  assert.deepEqual(
    [batch?.results.length, batch?.states.length, batch?.incidents.opened.length, batch?.events.length],
    [1, 1, 1, 2],
  )
})

test('a steady UP writes its result and nothing else', async () => {
  const { clock, ingest, written } = setUp()
  ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  for (const second of [1, 61, 121]) {
    await clock.advanceBy(60_000)
    ingest.push({ kind: 'reports', reports: [report('mon_a', 'UP', START_MS + second * 1_000)], source: null })
  }
  await clock.advanceBy(10)
  assert.equal(written.at(-1)?.results.length, 1)
  assert.equal(written.at(-1)?.states.length, 0)
})

test('while the store is full, checks wait and nothing is decided; then the outage is found with its true start', async () => {
  const { clock, ingest, written, store, book } = setUp()
  ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  await clock.advanceBy(10)
  store.fails = new StorageError('full', 'disk full')
  ingest.push({ kind: 'reports', reports: [report('mon_a', 'DOWN', START_MS + 1_000)], source: null })
  await clock.advanceBy(60_000)
  assert.equal(book.get('mon_a')?.state.status, 'PENDING')
  assert.notEqual(ingest.failingSinceMs, null)
  store.fails = null
  await clock.advanceBy(10_000)
  assert.equal(book.get('mon_a')?.state.status, 'DOWN')
  assert.equal(written.at(-1)?.incidents.opened[0]?.startedAtMs, START_MS + 1_000)
  assert.equal(ingest.failingSinceMs, null)
})

test('a caller is told at once that the store is full, and nothing has happened', async () => {
  const { clock, ingest, store, book } = setUp()
  store.fails = new StorageError('full', 'disk full')
  const refused = assert.rejects(ingest.submit({ kind: 'create', monitor: monitor('mon_a') }), /disk full/)
  await clock.advanceBy(10)
  await refused
  store.fails = null
  await clock.advanceBy(10_000)
  assert.equal(book.get('mon_a'), undefined)
})

test('an input that the store refuses takes no other down with it', async () => {
  const { clock, ingest, store, book } = setUp()
  store.refuses = (batch) => batch.monitors.created.some(({ id }) => id === 'mon_bad')
  const results = Promise.allSettled([
    ingest.submit({ kind: 'create', monitor: monitor('mon_a') }),
    ingest.submit({ kind: 'create', monitor: monitor('mon_bad') }),
    ingest.submit({ kind: 'create', monitor: monitor('mon_b') }),
  ])
  await clock.advanceBy(10)
  assert.deepEqual(
    (await results).map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual([...book.entries()].map((entry) => entry.monitor.id).sort(), ['mon_a', 'mon_b'])
})

test('a report for a monitor that was deleted in the same moment leaves no trace', async () => {
  const { clock, ingest, written } = setUp()
  ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  await clock.advanceBy(10)
  ingest.push({ kind: 'reports', reports: [report('mon_a', 'DOWN', START_MS + 5)], source: null })
  ingest.push({ kind: 'delete', monitorId: 'mon_a' })
  ingest.push({ kind: 'reports', reports: [report('mon_a', 'DOWN', START_MS + 6)], source: null })
  await clock.advanceBy(10)
  assert.equal(written.at(-1)?.results.length, 0)
  assert.equal(written.at(-1)?.states.length, 0)
  assert.deepEqual(written.at(-1)?.monitors.deleted, ['mon_a'])
})

test('stopping writes what waits', async () => {
  const { ingest, written } = setUp()
  ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  await ingest.stop()
  assert.equal(written.length, 1)
  await assert.rejects(ingest.submit({ kind: 'delete', monitorId: 'mon_a' }), /stopped/)
})

/** A job that must report every minute, with a grace of five. */
function job(id: string): Monitor {
  return { ...monitor(id), type: 'CRON', config: { gracePeriod: 300 } }
}

function beat(monitorId: string, atMs: number): Heartbeat {
  const nothing = { rid: null, message: null, exitStatus: null, durationMs: null, source: null }
  return { monitorId, atMs, kind: 'success', ...nothing }
}

test('a job whose heartbeat the full store refused is not called late when the store is well again', async () => {
  const { clock, ingest, book, store } = setUp()
  ingest.push({ kind: 'create', monitor: job('mon_a') })
  ingest.push({ kind: 'beat', beat: beat('mon_a', START_MS) })
  await clock.advanceBy(60_000)
  store.fails = new StorageError('full', 'the disk is full')
  const refused = assert.rejects(ingest.submit({ kind: 'beat', beat: beat('mon_a', clock.nowMs()) }))
  await clock.advanceBy(310_000)
  await refused
  ingest.push({ kind: 'due', monitorId: 'mon_a' })
  await clock.advanceBy(10_000)
  store.fails = null
  await clock.advanceBy(10_000)
  assert.equal(book.get('mon_a')?.state.status, 'UP')
})

test('a refused heartbeat excuses also when the clock was set meanwhile and much else waits', async () => {
  const { clock, ingest, book, store } = setUp()
  ingest.push({ kind: 'create', monitor: job('mon_a') })
  ingest.push({ kind: 'create', monitor: monitor('mon_b') })
  ingest.push({ kind: 'beat', beat: beat('mon_a', START_MS) })
  await clock.advanceBy(60_000)
  store.fails = new StorageError('full', 'the disk is full')
  const refused = assert.rejects(ingest.submit({ kind: 'beat', beat: beat('mon_a', clock.nowMs()) }))
  for (let n = 0; n < 600; n++) {
    ingest.push({ kind: 'reports', reports: [report('mon_b', 'UP', clock.nowMs() + n)], source: null })
  }
  await clock.advanceBy(310_000)
  await refused
  const jumpMs = -3_600_000
  clock.jumpWall(jumpMs)
  const [fromMs, toMs] = [clock.nowMs(), clock.nowMs()]
  ingest.push({ kind: 'blind', monitorIds: ['mon_a'], fromMs, toMs, reason: 'the clock was set', jumpMs })
  ingest.push({ kind: 'due', monitorId: 'mon_a' })
  await clock.advanceBy(10_000)
  store.fails = null
  await clock.advanceBy(10_000)
  assert.equal(book.get('mon_a')?.state.status, 'UP')
})

test('the server has heard all that came, or all until the store began to fail, by the clock as it is now', async () => {
  const { clock, ingest, store } = setUp()
  assert.equal(ingest.heardUntilMs, START_MS)
  await clock.advanceBy(5_000)
  store.fails = new StorageError('busy', 'the database is locked')
  ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  await clock.advanceBy(60_000)
  assert.equal(ingest.heardUntilMs, START_MS + 5_002)
  clock.jumpWall(-3_600_000)
  assert.equal(ingest.heardUntilMs, START_MS + 5_002 - 3_600_000)
  store.fails = null
  await clock.advanceBy(10_000)
  assert.equal(ingest.heardUntilMs, clock.nowMs())
})

test('a group that writes nothing does not call the store well', async () => {
  const { clock, ingest, store } = setUp()
  store.fails = new StorageError('full', 'the disk is full')
  const refused = assert.rejects(ingest.submit({ kind: 'create', monitor: monitor('mon_a') }))
  await clock.advanceBy(1_000)
  await refused
  ingest.push({ kind: 'due', monitorId: 'mon_unknown' })
  await clock.advanceBy(10_000)
  assert.notEqual(ingest.failingSinceMs, null)
})

test('what comes in while reports are screened waits for the group that is being written', async () => {
  let writing = 0
  let most = 0
  const rig = setUp({
    screen(reports) {
      rig.ingest.push({ kind: 'due', monitorId: 'mon_a' })
      rig.ingest.push({ kind: 'create', monitor: monitor(`mon_${rig.clock.nowMs()}`) })
      return reports
    },
    async commit() {
      most = Math.max(most, ++writing)
      await new Promise<void>((resolve) => rig.clock.schedule(20, resolve))
      writing--
    },
  })
  rig.ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  await rig.clock.advanceBy(500)
  assert.equal(most, 1)
})

test('a caller behind a long queue is told of the full store just as soon', async () => {
  const { clock, ingest, store } = setUp()
  ingest.push({ kind: 'create', monitor: monitor('mon_a') })
  await clock.advanceBy(10)
  store.fails = new StorageError('full', 'the disk is full')
  const reports = Array.from({ length: 600 }, (_, index) => report('mon_a', 'UP', START_MS + index))
  ingest.push({ kind: 'reports', reports, source: null })
  const refused = assert.rejects(ingest.submit({ kind: 'update', monitor: monitor('mon_a') }), /full/)
  await clock.advanceBy(10)
  await refused
})
