import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadOrder } from './api-load.ts'
import type { Served } from './hostile-target.ts'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'
import { startWithKey, stop } from './started-server.ts'
import { createMonitorsIn, openStore } from './watched-engine.ts'

const MONITORS = 200
const INTERVAL_MS = 5_000
const REQUESTS_A_SECOND = 1_000
/** A check and what its target saw of it begin within this time of each other. */
const SAME_CHECK_MS = 1_000

/** How far the response times that are shown are from what the targets saw, while the API is kept busy. */
export async function benchTruth({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./hostile-target.ts')
  const load = new Partner('./api-load.ts')
  try {
    const port = await target.ask<number>()
    await load.ask()
    return await inScratchFolder(async (folder) => {
      const pathOf = (n: number) => `/slow/${5 + (n % 40)}/${n}`
      const ids = await createMonitorsIn(folder, { count: MONITORS, intervalMs: INTERVAL_MS, port, pathOf })
      const { child, origin, headers } = await startWithKey(folder)
      const url = `${origin}/api/v1/monitors/${ids[0]}`
      await load.ask({ url, key: headers['x-api-key'], perSecond: REQUESTS_A_SECOND } satisfies LoadOrder)
      await sleep(INTERVAL_MS)
      const seconds = quick ? 6 : 20
      await target.ask('what so far?')
      const before = await load.ask<number>(null)
      await sleep(seconds * 1_000)
      const after = await load.ask<number>(null)
      const served = await target.ask<Served[]>('and now?')
      await stop(child)
      const offMs = await differences(folder, ids, pathOf, served)
      return [
        atMost(2, 'response time shown against what the target saw, p95', percentile(offMs, 0.95), 'ms'),
        figure('the same, median', percentile(offMs, 0.5), 'ms'),
        figure('checks compared', offMs.length, ''),
        figure('API requests answered meanwhile', (after - before) / seconds, 'a second'),
      ]
    })
  } finally {
    await load.stop()
    await target.stop()
  }
}

async function differences(
  folder: string,
  ids: string[],
  pathOf: (n: number) => string,
  served: readonly Served[],
): Promise<number[]> {
  const store = await openStore(folder)
  const offMs: number[] = []
  for (const [n, id] of ids.entries()) {
    const seen = served.filter(({ path }) => path === pathOf(n))
    const { rows } = await store.results.list(id, {}, { limit: 100, offset: 0 })
    for (const { atMs, tookMs } of seen) {
      const row = rows.find(({ startedAtMs }) => Math.abs(startedAtMs - atMs) < SAME_CHECK_MS)
      if (row?.responseTimeMs !== null && row !== undefined) offMs.push(Math.abs(row.responseTimeMs - tookMs))
    }
  }
  await store.close()
  return offMs
}
