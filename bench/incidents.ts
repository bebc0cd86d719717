import { type Incident, UNTOUCHED } from '#domain'
import { emptyBatch } from '#storage'
import type { BurstFigures, BurstOrder } from './api-burst.ts'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'
import { startWithKey, stop } from './started-server.ts'
import { createMonitorsIn, openStore } from './watched-engine.ts'

const MONITORS = 1_000
const YEAR_MS = 365 * 86_400_000
const AT_ONCE = 2_000
const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'HIGH'] as const
const CATEGORIES = ['SERVER_ERROR', 'NETWORK_TIMEOUT', 'DNS_FAILURE'] as const

/** Pages of `GET /incidents` out of a year with a million incidents of one account, one of its monitors with a tenth. */
export async function benchIncidents({ quick }: BenchOptions): Promise<Row[]> {
  const incidents = quick ? 100_000 : 1_000_000
  const burst = new Partner('./api-burst.ts')
  try {
    await burst.ask()
    return await inScratchFolder(async (folder) => {
      const options = { count: MONITORS, intervalMs: 86_400_000, port: 9, isPaused: true }
      const [busy = '', ...others] = await createMonitorsIn(folder, options)
      const writeUs = await writeIncidents(folder, incidents, [busy, ...others])
      const server = await startWithKey(folder)
      const p99Of = async (path: string, count: number): Promise<number> => {
        const order: BurstOrder = {
          origin: server.origin,
          paths: [path],
          headers: server.headers,
          count,
          concurrency: 1,
        }
        // The first ones are the compilers'.
        await burst.ask<BurstFigures>({ ...order, count: Math.ceil(count / 5) })
        const { latenciesMs, refused } = await burst.ask<BurstFigures>(order)
        if (refused > 0) throw new Error(`${refused} of ${count} requests for ${path} were refused`)
        return percentile(latenciesMs, 0.99)
      }
      const p99 = (query: string, count = quick ? 100 : 500) => p99Of(`/api/v1/incidents?limit=100${query}`, count)
      const of = incidents.toLocaleString('en')
      const tenth = incidents / 10
      const pages: [name: string, query: string][] = [
        [`GET /incidents?limit=100 of ${of}`, ''],
        ['… offset half-way', `&offset=${incidents / 2}`],
        ['… the last page', `&offset=${incidents - 100}`],
        ['… status=active', '&status=active'],
        ['… status=resolved, offset half-way', `&status=resolved&offset=${incidents / 2}`],
        ['… monitorId of one with a tenth of them', `&monitorId=${busy}`],
        ['… the same, resolved, offset half-way', `&monitorId=${busy}&status=resolved&offset=${tenth / 2}`],
        ['… monitorId of another', `&monitorId=${others[5]}&status=resolved`],
        ['… from and to within days', `&from=${hoursAgo(2_000)}&to=${hoursAgo(100)}`],
      ]
      const rows: Row[] = []
      for (const [name, query] of pages) {
        const one = await p99Of(`/api/v1/monitors/${busy}`, quick ? 100 : 500)
        rows.push(atMost(25, `${name}, p99`, await p99(query), 'ms', { name: 'one monitor, p99', value: one }))
      }
      rows.push(figure('… severity=CRITICAL, one in a thousand, p99', await p99('&severity=CRITICAL&offset=100'), 'ms'))
      rows.push(figure('… search, which looks at every one, p99', await p99('&search=no-such-text', 10), 'ms'))
      rows.push(figure('opening and resolving one through the store, in batches', writeUs, 'µs'))
      await stop(server.child)
      return rows
    })
  } finally {
    await burst.stop()
  }
}

/** µs an incident. */
async function writeIncidents(folder: string, count: number, monitorIds: string[]): Promise<number> {
  const store = await openStore(folder)
  const [account] = await store.accounts.list()
  const nowMs = Date.now()
  let tookMs = 0
  for (let first = 0; first < count; first += AT_ONCE) {
    const opened = Array.from({ length: AT_ONCE }, (_, n): Incident => {
      const at = first + n
      const startedAtMs = nowMs - YEAR_MS + Math.floor((at * YEAR_MS) / count)
      const monitorId = monitorIds[at % 10 === 0 ? 0 : 1 + (at % (monitorIds.length - 1))] ?? ''
      // The newest of some monitors go on.
      const isOpen = at >= count - 200 && at % 10 !== 0
      return {
        ...UNTOUCHED,
        id: `inc_${String((at * 7_919) % count).padStart(16, '0')}`,
        accountId: account?.id ?? '',
        monitorId,
        monitorName: 'A monitor of the bench',
        number: at + 1,
        startedAtMs,
        resolvedAtMs: isOpen ? null : startedAtMs + 90_000,
        resolution: isOpen ? null : 'recovered',
        severity: at % 1_000 === 1 ? 'CRITICAL' : (SEVERITIES[at % SEVERITIES.length] ?? 'HIGH'),
        rootCause: 'expected status 200-299, got 503',
        rootCauseCategory: CATEGORIES[at % CATEGORIES.length] ?? 'UNKNOWN',
        affectedRegions: ['local'],
        checksFailed: 3,
        checksTotal: 3,
        evidence: { statusCode: 503, headers: { 'content-type': 'text/html' }, body: `${'x'.repeat(400)} ${at}` },
      }
    })
    const startedMs = performance.now()
    await store.commit({ ...emptyBatch(nowMs), incidents: { opened, changed: [] } })
    tookMs += performance.now() - startedMs
  }
  await store.close()
  return (tookMs * 1_000) / count
}

function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)
}
