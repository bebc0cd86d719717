import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CheckReport } from '#domain'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'
import type { Arrivals } from './target.ts'
import { createMonitorsIn, startWatching } from './watched-engine.ts'

const MONITORS = 1_000
const INTERVAL_MS = 10_000
/** Re-checks of the default confirmation follow after 1 and 2 s. */
const RECHECKS_MS = 3_000
const ALLOWED_MS = 300
/** What may pass between the first targets' failure and the last webhook. */
const PATIENCE_MS = INTERVAL_MS + RECHECKS_MS + 5_000

/**
 * How long it takes from the first failing check of a monitor (its start, and its end) to the arrival of the webhook
 * that says so, with the default confirmation, while a thousand other monitors are checked as well.
 */
export async function benchAlert({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./target.ts')
  try {
    const port = await target.ask<number>()
    const hookUrl = `http://127.0.0.1:${port}/hook`
    const bareMs: number[] = []
    for (let n = 0; n < 50; n++) bareMs.push(await post(hookUrl))
    return await inScratchFolder(async (folder) => {
      const ids = await createMonitorsIn(folder, { count: MONITORS, intervalMs: INTERVAL_MS, port, hookUrl })
      const downs = new Map<string, CheckReport[]>()
      const watching = await startWatching(folder, (reports) => {
        for (const report of reports) {
          if (report.result.status === 'UP') continue
          downs.set(report.monitorId, [...(downs.get(report.monitorId) ?? []), report])
        }
      })
      await sleep(INTERVAL_MS * 1.2)
      const failing = ids.slice(0, quick ? 10 : 100)
      await target.ask({ kind: 'note' })
      await target.ask({ kind: 'fail', paths: failing.map((_, n) => `/m/${n}`) })
      await sleep(PATIENCE_MS)
      const { hooks } = await target.ask<Arrivals>({ kind: 'arrivals' })
      await watching.stop()
      const fromStartMs: number[] = []
      const fromEndMs: number[] = []
      const afterLastMs: number[] = []
      for (const id of failing) {
        const hook = hooks.find(({ monitorId }) => monitorId === id)
        const [first, , third] = downs.get(id) ?? []
        if (hook === undefined || first === undefined || third === undefined) throw new Error(`no webhook for ${id}`)
        fromStartMs.push(hook.atMs - first.startedAtMs)
        fromEndMs.push(hook.atMs - endOf(first))
        afterLastMs.push(hook.atMs - endOf(third))
      }
      if (hooks.length > failing.length) throw new Error(`${hooks.length} webhooks for ${failing.length} outages`)
      const floor = { name: 'the re-checks and a bare POST', value: RECHECKS_MS + percentile(bareMs, 0.5) }
      const bare = { name: 'a bare POST', value: percentile(bareMs, 0.5) }
      return [
        figure('first failing check (start) to webhook, p50', percentile(fromStartMs, 0.5), 'ms', floor),
        atMost(
          RECHECKS_MS + ALLOWED_MS,
          'first failing check (start) to webhook, worst',
          percentile(fromStartMs, 1),
          'ms',
          floor,
        ),
        figure('first failing check (end) to webhook, p50', percentile(fromEndMs, 0.5), 'ms', floor),
        figure('third failing check (end) to webhook, p50', percentile(afterLastMs, 0.5), 'ms', bare),
        figure('third failing check (end) to webhook, worst', percentile(afterLastMs, 1), 'ms', bare),
        figure('monitors that failed', failing.length, '', { name: 'monitors in all', value: MONITORS }),
      ]
    })
  } finally {
    await target.stop()
  }
}

function endOf({ startedAtMs, result }: CheckReport): number {
  return startedAtMs + (result.responseTimeMs ?? 0)
}

/** The time of a webhook's shape of request, with nobody deciding or storing anything. */
function post(url: string): Promise<number> {
  const startedMs = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent: false }, (response) => {
      response.on('end', () => resolve(performance.now() - startedMs))
      response.resume()
    })
    sent.on('error', reject)
    sent.end(JSON.stringify({ event: 'test', monitor: { id: '' } }))
  })
}
