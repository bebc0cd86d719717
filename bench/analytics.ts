import { type CheckReport, NO_PHASES, type Span } from '#domain'
import { emptyBatch, type Store } from '#storage'
import type { BurstFigures, BurstOrder } from './api-burst.ts'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'
import { startWithKey, stop } from './started-server.ts'
import { createMonitorsIn, openStore } from './watched-engine.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const INTERVAL_MS = 10_000
const DAYS = 90
const BATCH = 1_000
const OTHERS = 1_000
const ON_PAGE = 200
/** Of each of the others, within the 90 days. */
const OUTAGES = 20
const CHECKS_A_DAY = DAY_MS / INTERVAL_MS

/** Figures of 90 days over real HTTP: of a monitor checked every 10 s, of an account, and of a status page. */
export async function benchAnalytics({ quick }: BenchOptions): Promise<Row[]> {
  const burst = new Partner('./api-burst.ts')
  try {
    await burst.ask()
    return await inScratchFolder((folder) => measure(folder, burst, quick))
  } finally {
    await burst.stop()
  }
}

async function measure(folder: string, burst: Partner, quick: boolean): Promise<Row[]> {
  const setup = { port: 9, intervalMs: INTERVAL_MS, isPaused: true }
  const [busy = ''] = await createMonitorsIn(folder, { ...setup, count: 1 })
  const others = await createMonitorsIn(folder, { ...setup, count: OTHERS })
  const nowMs = Date.now()
  const store = await openStore(folder)
  const checks = await writeChecks(store, [busy], {
    fromMs: nowMs - (quick ? 9 : DAYS) * DAY_MS,
    nowMs,
    everyMs: INTERVAL_MS,
  })
  await writeChecks(store, others, { fromMs: nowMs - DAY_MS, nowMs, everyMs: HOUR_MS / 4 })
  await writeOutages(store, [busy, ...others], nowMs)
  await store.close()

  const server = await startWithKey(folder)
  const headers = { ...server.headers, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'Bench', slug: 'bench', monitorIds: others.slice(0, ON_PAGE) })
  const made = await fetch(`${server.origin}/api/v1/status-pages`, { method: 'POST', headers, body })
  const page = made.headers.get('location')
  if (page === null) throw new Error(`no status page was made: ${await made.text()}`)

  const read = async (path: string, count = quick ? 50 : 200) => {
    const order: BurstOrder = { origin: server.origin, paths: [path], headers: server.headers, count, concurrency: 1 }
    const once = async (count: number) => {
      const { latenciesMs, refused } = await burst.ask<BurstFigures>({ ...order, count })
      if (refused > 0) throw new Error(`${refused} of ${count} requests for ${path} were refused`)
      return latenciesMs
    }
    const [firstMs = 0] = await once(1)
    // Then some for the compilers.
    await once(Math.ceil(count / 5))
    const latenciesMs = await once(count)
    return { firstMs, medianMs: percentile(latenciesMs, 0.5), p99Ms: percentile(latenciesMs, 0.99) }
  }
  const from = new Date(nowMs - DAYS * DAY_MS).toISOString()
  // What is measured first should not pay for what all requests share.
  await read(`/api/v1/monitors/${others[0]}`, 50)
  const monitor = await read(`/api/v1/monitors/${busy}`)
  const days = await read(`/api/v1/monitors/${busy}/response-times?from=${from}&resolution=day`)
  const hours = await read(`/api/v1/monitors/${busy}/response-times?from=${from}&resolution=hour`)
  const raw = await read(`/api/v1/monitors/${busy}/response-times?resolution=raw`, 20)
  const whole = await read(`/api/v1/analytics/monitors/${busy}?period=90d`)
  const account = await read('/api/v1/analytics?period=24h', 10)
  const status = await read(page)
  await stop(server.child)
  const of = `${DAYS} days at 10 s`
  return [
    figure('checks of the monitor', checks, ''),
    atMost(10, `uptime90d and avgResponseTime24h, ${of}: GET /monitors/{id}, first time`, monitor.firstMs, 'ms'),
    atMost(10, 'the same, p99', monitor.p99Ms, 'ms'),
    atMost(10, `p95 of each day, ${of}: response-times, p99`, days.p99Ms, 'ms'),
    figure('the same, first time', days.firstMs, 'ms'),
    atMost(10, 'p95 of each of the 2,160 hours, median', hours.medianMs, 'ms'),
    figure('the same, p99', hours.p99Ms, 'ms'),
    figure('the 8,640 single response times of a day, median', raw.medianMs, 'ms'),
    atMost(10, `all figures of ${of} added up: analytics/monitors/{id}, p99`, whole.p99Ms, 'ms'),
    figure(`analytics of ${OTHERS + 1} monitors over a day, first time`, account.firstMs, 'ms'),
    figure('the same, median of those right after', account.medianMs, 'ms'),
    figure(`a status page of ${ON_PAGE} monitors with ${DAYS} days each, median`, status.medianMs, 'ms'),
    figure('the same, p99', status.p99Ms, 'ms'),
  ]
}

/** Checks of monitors from a time until now, hours closed but for those that are open still; answers how many. */
async function writeChecks(
  store: Store,
  monitorIds: readonly string[],
  { fromMs, nowMs, everyMs }: { fromMs: number; nowMs: number; everyMs: number },
): Promise<number> {
  let written = 0
  let results: CheckReport[] = []
  const flush = async () => {
    await store.commit({ ...emptyBatch(nowMs), results })
    written += results.length
    results = []
  }
  const close = async (untilMs: number) => {
    while (await store.results.closeHours(untilMs));
  }
  for (let atMs = fromMs, n = 0; atMs < nowMs; atMs += everyMs, n++) {
    for (const [of, id] of monitorIds.entries()) {
      results.push(reportOf(id, atMs, 60 + ((n * 7_919 + of * 31) % 97) + (n % 360) / 10))
      if (results.length === BATCH) await flush()
    }
    if (n % CHECKS_A_DAY === 0) await close(atMs)
  }
  await flush()
  await close(nowMs)
  return written
}

function reportOf(monitorId: string, atMs: number, responseTimeMs: number): CheckReport {
  return {
    monitorId,
    version: 1,
    region: 'eu-west-1',
    kind: 'planned',
    scheduledAtMs: atMs,
    startedAtMs: atMs + 1,
    result: {
      status: 'UP',
      responseTimeMs,
      phases: { ...NO_PHASES },
      statusCode: 200,
      error: null,
      category: null,
      localFault: false,
      details: null,
      evidence: null,
    },
  }
}

async function writeOutages(store: Store, monitorIds: readonly string[], nowMs: number): Promise<void> {
  const lengthMs = (DAYS * DAY_MS) / OUTAGES
  for (const monitorId of monitorIds) {
    const ended = Array.from({ length: OUTAGES }, (_, n): Span[] => {
      const fromMs = nowMs - DAYS * DAY_MS + n * lengthMs
      const downMs = fromMs + lengthMs - 2 * HOUR_MS
      return [
        { monitorId, status: 'UP', fromMs, toMs: downMs },
        { monitorId, status: 'DOWN', fromMs: downMs, toMs: fromMs + lengthMs },
      ]
    }).flat()
    await store.commit({ ...emptyBatch(nowMs), spans: { ended } })
  }
}
