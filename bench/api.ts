import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BurstFigures, BurstOrder } from './api-burst.ts'
import { Partner } from './partner.ts'
import { atLeast, atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'
import { originOf, type Started, start, startWithKey, stop } from './started-server.ts'
import { createMonitorsIn, openStore } from './watched-engine.ts'

const MONITORS = 10_000
const WATCHED = 5_000
const WATCHED_INTERVAL_MS = 10_000
const JOBS = 400
const ROUNDS = 3
/** Linux counts CPU time in hundredths of a second. */
const TICK_US = 10_000
const PAGE = '/api/v1/monitors?limit=100'

/** What a server reaches over real HTTP, asked from another process. */
export async function benchApi({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./target.ts')
  const burst = new Partner('./api-burst.ts')
  try {
    const port = await target.ask<number>()
    await burst.ask()
    return [
      ...(await inScratchFolder((folder) => benchReads(folder, port, burst, quick))),
      ...(await inScratchFolder((folder) => benchBesideChecks(folder, port, burst, quick))),
    ]
  } finally {
    await burst.stop()
    await target.stop()
  }
}

/** One monitor by its id, and pages of ten thousand, while nothing else goes on. */
async function benchReads(folder: string, port: number, burst: Partner, quick: boolean): Promise<Row[]> {
  const ids = await createMonitorsIn(folder, { count: MONITORS, intervalMs: 86_400_000, port, isPaused: true })
  const server = await startWithKey(folder)
  const path = `/api/v1/monitors/${ids[0]}`
  const answer = Buffer.from(await (await fetch(`${server.origin}${path}`, { headers: server.headers })).arrayBuffer())
  const bare = await start('node', ['bench/bare-fastify.ts'], {
    ...process.env,
    ANSWER: answer.toString('base64'),
  })
  const count = quick ? 2_000 : 6_000
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const own = await perCpuSecond(server, burst, {
      origin: server.origin,
      paths: [path],
      headers: server.headers,
      count,
    })
    const beside = await perCpuSecond(bare, burst, { origin: originOf(bare), paths: ['/'], headers: {}, count })
    // The first round is the compilers'.
    if (round > 0) ours.push(own)
    if (round > 0) theirs.push(beside)
  }
  await stop(bare.child)
  const [own, beside] = [percentile(ours, 0.5), percentile(theirs, 0.5)]
  const page = async (query: string) => {
    const pages: BurstOrder = {
      origin: server.origin,
      paths: [`${PAGE}${query}`],
      headers: server.headers,
      count: quick ? 200 : 600,
      concurrency: 1,
    }
    await ask(burst, { ...pages, count: 50 })
    return percentile((await ask(burst, pages)).latenciesMs, 0.99)
  }
  const [first, last, found] = [
    await page(''),
    await page('&offset=9900'),
    await page('&search=monitor%2099&sort=name'),
  ]
  await stop(server.child)
  return [
    figure('GET /monitors/{id}, key and rate limit checked', own, 'requests/CPU s', {
      name: 'a bare Fastify route, the same bytes',
      value: beside,
    }),
    atLeast(45, 'the same, of the bare route', (100 * own) / beside, '%'),
    atMost(25, `GET /monitors?limit=100 of ${MONITORS.toLocaleString('en')}, p99`, first, 'ms'),
    atMost(25, 'the same at offset 9,900, p99', last, 'ms'),
    figure('the same with a search, sorted by name, p99', found, 'ms'),
  ]
}

/** Heartbeats and reads while five thousand monitors are checked; and what that does to the checks. */
async function benchBesideChecks(folder: string, port: number, burst: Partner, quick: boolean): Promise<Row[]> {
  const ids = await createMonitorsIn(folder, { count: WATCHED, intervalMs: WATCHED_INTERVAL_MS, port })
  const jobs = await createMonitorsIn(folder, { count: JOBS, intervalMs: 86_400_000, port, type: 'CRON' })
  const server = await startWithKey(folder)
  // One interval for the first checks.
  await sleep(WATCHED_INTERVAL_MS + 2_000)
  const fromMs = Date.now()
  const beats = await ask(burst, {
    origin: server.origin,
    paths: jobs.map((id) => `/api/v1/heartbeat/${id}`),
    method: 'POST',
    headers: {},
    count: quick ? 1_000 : 4_000,
    concurrency: 32,
    perSecond: 200,
  })
  const pages = await ask(burst, {
    origin: server.origin,
    paths: [PAGE, `${PAGE}&offset=4900`, '/api/v1/incidents?limit=100', `/api/v1/monitors/${ids[0]}/checks`],
    headers: server.headers,
    count: quick ? 500 : 2_000,
    concurrency: 4,
    perSecond: 100,
  })
  const toMs = Date.now()
  await stop(server.child)
  if (beats.refused + pages.refused > 0) throw new Error(`${beats.refused + pages.refused} requests were refused`)
  const lateMs = await latenesses(folder, ids, fromMs, toMs)
  return [
    atMost(
      50,
      '200 heartbeats a second, each on disk before its answer, p99',
      percentile(beats.latenciesMs, 0.99),
      'ms',
    ),
    figure('the same, median', percentile(beats.latenciesMs, 0.5), 'ms'),
    figure('heartbeats a second that were taken', (beats.latenciesMs.length * 1_000) / beats.tookMs, '1/s'),
    atMost(
      50,
      `${WATCHED.toLocaleString('en')} monitors at 10 s meanwhile: start lateness, p99.9`,
      percentile(lateMs, 0.999),
      'ms',
    ),
    figure('the same, worst', percentile(lateMs, 1), 'ms'),
    figure('checks in that time', lateMs.length, ''),
  ]
}

function ask(burst: Partner, order: BurstOrder): Promise<BurstFigures> {
  return burst.ask<BurstFigures>(order)
}

/** Requests per second of the server's own CPU time, so that whoever asks may be slow. */
async function perCpuSecond(
  { child }: Started,
  burst: Partner,
  order: Omit<BurstOrder, 'concurrency'>,
): Promise<number> {
  const beforeUs = await cpuUs(child.pid)
  const { refused } = await ask(burst, { ...order, concurrency: 32 })
  if (refused > 0) throw new Error(`${refused} requests were refused`)
  return (order.count * 1e6) / ((await cpuUs(child.pid)) - beforeUs)
}

async function cpuUs(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // Behind the name in parentheses, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_US
}

async function latenesses(folder: string, ids: readonly string[], fromMs: number, toMs: number): Promise<number[]> {
  const store = await openStore(folder)
  const lateMs: number[] = []
  for (const id of ids) {
    const { rows } = await store.results.list(id, { fromMs, toMs }, { limit: 100, offset: 0 })
    for (const { startedAtMs, scheduledAtMs } of rows) lateMs.push(startedAtMs - scheduledAtMs)
  }
  await store.close()
  return lateMs
}
