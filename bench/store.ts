import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CheckReport } from '#domain'
import { emptyBatch, openSqliteStore, SecretBox, type Store } from '#storage'
import { monitorOf } from './builders.ts'
import { atLeast, atMost, type BenchOptions, figure, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'

const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 0, 1)
const MONITORS = 1_000
const CHECKS_AN_HOUR = 360
const INTERVAL_MS = HOUR_MS / CHECKS_AN_HOUR
const BATCH = 250

/**
 * What the store reaches: results a second through `commit` beside plain inserts into a plain table, the longest time that
 * a call holds the thread, bytes a result once its hour is closed, and the time to read 90 days as figures.
 */
export async function benchStore({ quick }: BenchOptions): Promise<Row[]> {
  return await inScratchFolder(async (folder) => [
    ...(await benchWrites(folder)),
    ...(await benchReads(folder, quick ? 9 : 90)),
  ])
}

/** How often the same hour is written and closed, each time into a new store. */
const TIMES = 3

async function benchWrites(folder: string): Promise<Row[]> {
  const plain = plainInserts(join(folder, 'plain.db'))
  const series: Series[] = []
  for (let n = 1; n < TIMES; n++) {
    const { store, ...written } = await writeSeries(join(folder, `again-${n}.db`))
    await store.close()
    series.push(written)
  }
  const path = join(folder, 'statusapp.db')
  const { store, monitorIds, random, before, ...newest } = await writeSeries(path)
  series.push(newest)
  const oneHour = (closedBytes(path).total - before.total) / (MONITORS * CHECKS_AN_HOUR)
  const hoursMore = 2
  const middle = closedBytes(path)
  for (let n = 0; n < hoursMore; n++) {
    await commitHour(store, monitorIds, START_MS + (2 + n) * HOUR_MS, random, CHECKS_AN_HOUR)
    await closeAll(store, START_MS + (4 + n) * HOUR_MS)
  }
  const after = closedBytes(path)
  await store.close()
  const stored = (bytes: number) => bytes / (MONITORS * CHECKS_AN_HOUR * hoursMore)
  const commits = holdsOf(series.map(({ commits }) => commits.held))
  const closings = holdsOf(series.map(({ closings }) => closings.held))
  const noise = spread(series.flatMap(({ commits }) => commits.noise))
  const machineNoise = (value: number) => ({ name: 'as much arithmetic: the noise', value })
  const inserts = { name: 'plain inserts, plain table', value: plain.perSecond }
  const rows = { name: 'rows of a plain table', value: plain.bytes }
  const totalMs = series.reduce((sum, { closings }) => sum + closings.totalMs, 0)
  return [
    atLeast(
      200_000,
      `results a second through commit, ${BATCH} at once as in the engine`,
      Math.max(...series.map(({ commits }) => commits.perSecond)),
      '1/s',
      inserts,
    ),
    atMost(5, `longest hold of the thread by a commit, the same series ${TIMES} times`, commits.longestMs, 'ms'),
    figure('99 % of commits hold it for at most', commits.p99Ms, 'ms'),
    figure('the longest single time, whatever held it', commits.onceMs, 'ms', machineNoise(noise.longestMs)),
    figure('99 % of single times', commits.onceP99Ms, 'ms', machineNoise(noise.p99Ms)),
    figure('longest wait for a commit, the log being emptied meanwhile', newest.commits.waitedMs, 'ms'),
    atMost(5, `longest hold by a piece of closing, the same series ${TIMES} times`, closings.longestMs, 'ms'),
    figure('99 % of pieces hold it for at most', closings.p99Ms, 'ms'),
    figure('the longest single time, whatever held it', closings.onceMs, 'ms', machineNoise(noise.longestMs)),
    figure('closing a result', (totalMs * 1000) / (TIMES * MONITORS * CHECKS_AN_HOUR), 'µs'),
    atMost(10, 'bytes a result, first closed hour', oneHour, 'B', rows),
    atMost(10, 'bytes a result, two hours more', stored(after.total - middle.total), 'B', rows),
    figure('… of these in blocks', stored(after.blocks - middle.blocks), 'B'),
    figure('… of these in roll-ups', stored(after.rollups - middle.rollups), 'B'),
  ]
}

interface Series {
  commits: Awaited<ReturnType<typeof commitHour>>
  closings: Awaited<ReturnType<typeof closeAll>>
}

/** An hour of the same checks each time it is called, written and closed, after one of warming up. */
async function writeSeries(path: string) {
  const { store, monitorIds } = await open(path, MONITORS)
  // Warm up on an hour of its own, so that the compiler is not what is measured.
  const random = randomOf(1)
  await commitHour(store, monitorIds, START_MS, random, 40)
  await closeAll(store, START_MS + 2 * HOUR_MS)
  const before = closedBytes(path)
  const commits = await commitHour(store, monitorIds, START_MS + HOUR_MS, random, CHECKS_AN_HOUR)
  const closings = await closeAll(store, START_MS + 3 * HOUR_MS)
  return { store, monitorIds, random, before, commits, closings }
}

/**
 * The same work was done several times, so what a machine that is shared takes away meanwhile can be told from what the
 * work itself takes: the shortest of a call's times is the call's own, and `once…` are all times as they were.
 */
function holdsOf(times: number[][]) {
  const own = (times[0] ?? []).map((held, n) => Math.min(held, ...times.map((all) => all[n] ?? held)))
  const { longestMs, p99Ms } = spread(own)
  const once = spread(times.flat())
  return { longestMs, p99Ms, onceMs: once.longestMs, onceP99Ms: once.p99Ms }
}

async function benchReads(folder: string, days: number): Promise<Row[]> {
  const { store, monitorIds } = await open(join(folder, 'history.db'), 1)
  const random = randomOf(2)
  for (let hour = 0; hour < days * 24; hour++) {
    await commitHour(store, monitorIds, START_MS + hour * HOUR_MS, random, CHECKS_AN_HOUR)
    if (hour % 24 === 23) await closeAll(store, START_MS + (hour + 2) * HOUR_MS)
  }
  const [id = ''] = monitorIds
  const range = { fromMs: START_MS, toMs: START_MS + days * 24 * HOUR_MS }
  const read = async (bucket: 'hour' | 'day') =>
    (await store.results.figures(id, range, { bucket, byRegion: false })).length
  const first = await timed(async () => (await read('day')) + (await read('hour')))
  const reads = await several(21, async () => (await read('day')) + (await read('hour')))
  const count = (await store.results.list(id, {}, { limit: 1, offset: 0 })).count
  const lists = await several(21, async () => (await store.results.list(id, {}, { limit: 50, offset: 0 })).count)
  const deep = await several(
    21,
    async () => (await store.results.list(id, {}, { limit: 50, offset: Math.round(count * 0.9) })).count,
  )
  const filtered = await several(
    21,
    async () => (await store.results.list(id, { status: 'DOWN' }, { limit: 50, offset: 0 })).count,
  )
  await store.close()
  return [
    figure('results in the history read below', count, ''),
    atMost(10, `${days} days of a 10 s interval as daily and hourly figures, first time`, first, 'ms'),
    atMost(10, 'the same, median', reads, 'ms'),
    figure('newest 50 checks and the count of all, median', lists, 'ms'),
    figure('50 checks from far back (nine tenths of the way), median', deep, 'ms'),
    figure('newest 50 that were DOWN, median', filtered, 'ms'),
  ]
}

async function open(path: string, monitors: number): Promise<{ store: Store; monitorIds: string[] }> {
  const store = await openSqliteStore({ path, secrets: new SecretBox([new Uint8Array(32)]) })
  await store.accounts.create({
    id: 'acc_bench',
    name: 'Bench',
    plan: 'ENTERPRISE',
    isSuspended: false,
    createdAtMs: 0,
  })
  const batch = emptyBatch(START_MS)
  for (let n = 0; n < monitors; n++) {
    batch.monitors.created.push(
      monitorOf({
        key: await store.monitors.nextKey(),
        id: `mon_${String(n).padStart(16, '0')}`,
        accountId: 'acc_bench',
        url: 'https://example.com/',
        intervalMs: INTERVAL_MS,
        createdAtMs: 0,
      }),
    )
  }
  await store.commit(batch)
  return { store, monitorIds: batch.monitors.created.map(({ id }) => id) }
}

/** An hour of checks in order of time, in batches; time is measured inside `commit` only. */
async function commitHour(store: Store, monitorIds: string[], fromMs: number, random: () => number, checks: number) {
  const times: number[] = []
  const held: number[] = []
  const noise: number[] = []
  let reports: CheckReport[] = []
  let committed = 0
  let sequence = 0
  const flush = async () => {
    const batch = { ...emptyBatch(START_MS), results: reports, workers: [{ workerId: 'bench', sequence: ++sequence }] }
    const startedMs = performance.now()
    held.push(await longestHold(() => store.commit(batch)))
    times.push(performance.now() - startedMs)
    noise.push(await longestHold(arithmetic))
    committed += reports.length
    reports = []
    // As a server would: other work gets its turn between two batches.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  for (let k = 0; k < checks; k++) {
    for (const [n, id] of monitorIds.entries()) {
      reports.push(
        reportOf(id, n, fromMs + k * INTERVAL_MS + Math.round((n * INTERVAL_MS) / monitorIds.length), random),
      )
      if (reports.length === BATCH) await flush()
    }
  }
  if (reports.length > 0) await flush()
  const totalMs = times.reduce((sum, ms) => sum + ms, 0)
  return { perSecond: (committed * 1000) / totalMs, waitedMs: Math.max(...times), held, noise }
}

/** An HTTPS check as one sees them from afar: each monitor has its own phases, and each phase its own noise. */
function reportOf(monitorId: string, n: number, scheduledAtMs: number, random: () => number): CheckReport {
  const around = (middle: number, width: number) => middle * Math.exp(width * normal(random))
  const distance = 5 + (n % 40) * 3
  const isDown = random() < 0.002
  const phases = {
    dns: around(4, 0.4),
    connect: around(distance, 0.12),
    tls: around(distance * 1.6, 0.12),
    firstByte: isDown ? null : around(distance + 30 + (n % 7) * 20, 0.25),
    download: isDown ? null : around(3, 0.5),
  }
  const { dns, connect, tls, firstByte, download } = phases
  return {
    monitorId,
    version: 1,
    region: 'eu-west-1',
    kind: 'planned',
    scheduledAtMs,
    startedAtMs: scheduledAtMs + Math.floor(random() * 4),
    result: {
      status: isDown ? 'DOWN' : 'UP',
      responseTimeMs: dns + connect + tls + (firstByte ?? 0) + (download ?? 0) + random() * 0.4,
      phases,
      statusCode: isDown ? null : 200,
      error: isDown ? 'the connection was closed before an answer' : null,
      category: isDown ? 'NETWORK_TIMEOUT' : null,
      localFault: false,
      details: {
        url: `https://shop-${n}.example.com/`,
        httpVersion: '1.1',
        address: `192.0.2.${n % 250}`,
        family: 4,
        redirects: [],
        // Pages with a date or a token in them differ a little each time.
        bytes: 14_000 + (n % 3 === 0 ? Math.floor(random() * 40) : 0),
        certificate: { subject: `shop-${n}.example.com`, issuer: 'Example CA', validTo: '2026-06-01T00:00:00Z' },
      },
      evidence: null,
    },
  }
}

/** The yardstick: the same columns by one prepared statement, in batches, keyed by nothing. */
function plainInserts(path: string): { perSecond: number; bytes: number } {
  const db = new DatabaseSync(path)
  db.exec(`pragma journal_mode = wal; pragma synchronous = normal;
    create table plain (monitor integer, region integer, at integer, started integer, kind integer, status integer,
      code integer, total real, dns real, connect real, tls real, first_byte real, download real, error text, category text,
      details text)`)
  const insert = db.prepare(`insert into plain values (${Array(16).fill('?').join(', ')})`)
  const random = randomOf(1)
  let totalMs = 0
  const batches = CHECKS_AN_HOUR
  for (let k = 0; k < batches; k++) {
    const reports = Array.from({ length: BATCH }, (_, n) => reportOf('', n, START_MS + k * INTERVAL_MS, random))
    const startedMs = performance.now()
    db.exec('begin immediate')
    for (const [n, { scheduledAtMs, startedAtMs, result }] of reports.entries()) {
      const { dns, connect, tls, firstByte, download } = result.phases
      const code = result.statusCode
      const { responseTimeMs, error, category } = result
      const details = JSON.stringify(result.details)
      const down = Number(result.status === 'DOWN')
      insert.run(
        n,
        1,
        scheduledAtMs,
        startedAtMs,
        0,
        down,
        code,
        responseTimeMs,
        dns,
        connect,
        tls,
        firstByte,
        download,
        error,
        category,
        details,
      )
    }
    db.exec('commit')
    totalMs += performance.now() - startedMs
  }
  const size = db.prepare('select sum(pgsize) as bytes from dbstat').get()
  db.close()
  return { perSecond: (batches * BATCH * 1000) / totalMs, bytes: Number(size?.['bytes']) / (batches * BATCH) }
}

async function closeAll(store: Store, nowMs: number) {
  const times: number[] = []
  const held: number[] = []
  for (let isMore = true; isMore; ) {
    const startedMs = performance.now()
    const hold = await longestHold(async () => {
      isMore = await store.results.closeHours(nowMs)
    })
    held.push(hold)
    times.push(performance.now() - startedMs)
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { totalMs: times.reduce((sum, ms) => sum + ms, 0), held }
}

/** Whole pages of what closed hours are kept in, and of the roll-ups in it; the hot tier's pages are used again. */
function closedBytes(path: string): { total: number; blocks: number; rollups: number } {
  const db = new DatabaseSync(path)
  const bytes = (pattern: string) =>
    Number(db.prepare('select coalesce(sum(pgsize), 0) as bytes from dbstat where name like ?').get(pattern)?.['bytes'])
  const blocks = bytes('block_piece')
  const rollups = bytes('rollup_%')
  db.close()
  return { total: blocks + rollups, blocks, rollups }
}

/**
 * The longest time for which the thread served nobody else while the call ran: what a commit costs others. Its own wait
 * for the log to be emptied by another thread is not in it.
 */
async function longestHold(work: () => Promise<void>): Promise<number> {
  let isDone = false
  let longest = 0
  let lastMs = performance.now()
  const look = () => {
    const nowMs = performance.now()
    longest = Math.max(longest, nowMs - lastMs)
    lastMs = nowMs
  }
  const tick = () => {
    look()
    if (!isDone) setImmediate(tick)
  }
  setImmediate(tick)
  await work()
  isDone = true
  look()
  return longest
}

/** As long as a commit, and in nobody's way: what holds it up is the machine. */
async function arithmetic(): Promise<void> {
  const untilMs = performance.now() + 1
  while (performance.now() < untilMs);
}

function spread(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  return { longestMs: sorted.at(-1) ?? 0, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0 }
}

async function timed(work: () => Promise<number>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

async function several(times: number, work: () => Promise<number>): Promise<number> {
  const all: number[] = []
  for (let n = 0; n < times; n++) all.push(await timed(work))
  return all.toSorted((a, b) => a - b)[times >> 1] ?? 0
}

/** Mulberry32: the same noise in every run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
