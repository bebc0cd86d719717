import { setTimeout as sleep } from 'node:timers/promises'
import type { CheckReport } from '#domain'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { runLoop } from './run-loop.ts'
import { inScratchFolder } from './scratch-folder.ts'
import type { Arrivals } from './target.ts'
import { createMonitorsIn, openStore, startWatching } from './watched-engine.ts'

const MONITORS = 5_000
const INTERVAL_MS = 10_000
const PER_SECOND = (MONITORS * 1_000) / INTERVAL_MS
const WINDOW_MS = 100
const MEAN_STARTS = (PER_SECOND * WINDOW_MS) / 1_000

/**
 * Punctuality of 5,000 monitors at 10 s through the whole engine: as it says itself (start beside plan), and as the
 * target sees it (from one arrival to the next of the same monitor). Beside it, a bare loop with one timer at that rate.
 */
export async function benchPunctuality({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./target.ts')
  try {
    const port = await target.ask<number>()
    const bare = await runBareLoop(target, port, quick ? 5 : 20)
    return await inScratchFolder(async (folder) => {
      await createMonitorsIn(folder, { count: MONITORS, intervalMs: INTERVAL_MS, port })
      const first = await watch(folder, target, quick ? 2 : 5)
      await feignSilence(folder)
      const second = await watch(folder, target, 1)
      return [...lateness(first, bare), ...rounds(first, second)]
    })
  } finally {
    await target.stop()
  }
}

interface Punctuality {
  /** Start minus plan. */
  latenessMs: number[]
  /** Arrival minus the arrival before and the interval, of the same path. */
  errorsMs: number[]
}

interface Life extends Punctuality {
  startsMs: number[]
  /** Starts of the first round and a half. */
  earlyStartsMs: number[]
  /** From the start of the worker to the first check of the last monitor. */
  allCheckedMs: number
}

function lateness(engine: Punctuality, bare: Punctuality): Row[] {
  const beside = (measure: (of: Punctuality) => number) => ({ name: 'bare loop, one timer', value: measure(bare) })
  const startP50 = ({ latenessMs }: Punctuality) => percentile(latenessMs, 0.5)
  const startP99 = ({ latenessMs }: Punctuality) => percentile(latenessMs, 0.99)
  const startWorst = ({ latenessMs }: Punctuality) => percentile(latenessMs, 1)
  const errorP50 = ({ errorsMs }: Punctuality) => percentile(errorsMs, 0.5)
  const errorP99 = ({ errorsMs }: Punctuality) => percentile(errorsMs, 0.99)
  const errorWorst = ({ errorsMs }: Punctuality) => percentile(errorsMs, 1)
  return [
    figure('start lateness, p50', startP50(engine), 'ms', beside(startP50)),
    atMost(10, 'start lateness, p99', startP99(engine), 'ms', beside(startP99)),
    figure('start lateness, worst', startWorst(engine), 'ms', beside(startWorst)),
    figure('interval error at the target, p50', errorP50(engine), 'ms', beside(errorP50)),
    atMost(15, 'interval error at the target, p99', errorP99(engine), 'ms', beside(errorP99)),
    figure('interval error at the target, worst', errorWorst(engine), 'ms', beside(errorWorst)),
  ]
}

function rounds(first: Life, second: Life): Row[] {
  const interval = { name: 'the interval', value: INTERVAL_MS / 1_000 }
  const mean = { name: 'the mean', value: MEAN_STARTS }
  const most = 2 * MEAN_STARTS
  return [
    atMost(most, 'most starts within any 100 ms', mostWithin(first.startsMs), '', mean),
    atMost(
      most,
      'most starts within any 100 ms, all overdue after a restart',
      mostWithin(second.earlyStartsMs),
      '',
      mean,
    ),
    atMost(10.1, 'every monitor is checked, after the first start', first.allCheckedMs / 1_000, 's', interval),
    atMost(10.1, 'every monitor is checked, all overdue after a restart', second.allCheckedMs / 1_000, 's', interval),
  ]
}

async function runBareLoop(target: Partner, port: number, seconds: number): Promise<Punctuality> {
  await target.ask({ kind: 'note' })
  // It goes round its paths once a second.
  const order = { port, mode: 'paced', perSecond: PER_SECOND, paths: PER_SECOND, seconds } as const
  const { latenessMs } = await runLoop(order)
  return { latenessMs, errorsMs: intervalErrors(await target.ask<Arrivals>({ kind: 'arrivals' }), 1_000) }
}

/** One life of the engine: a round and a half to find its feet, then the rounds that count. */
async function watch(folder: string, target: Partner, rounds: number): Promise<Life> {
  let reports: CheckReport[] = []
  const checked = new Set<string>()
  let allCheckedAtMs = Number.POSITIVE_INFINITY
  const watching = await startWatching(folder, (stored) => {
    for (const report of stored) {
      reports.push(report)
      if (checked.has(report.monitorId)) continue
      checked.add(report.monitorId)
      allCheckedAtMs = report.startedAtMs
    }
  })
  await sleep(INTERVAL_MS * 1.5)
  const early = reports
  reports = []
  await target.ask({ kind: 'note' })
  await sleep(INTERVAL_MS * rounds + 500)
  const arrivals = await target.ask<Arrivals>({ kind: 'arrivals' })
  await watching.stop()
  if (checked.size < MONITORS) throw new Error(`only ${checked.size} monitors were checked`)
  const failed = [...early, ...reports].find(({ result }) => result.status !== 'UP')
  if (failed !== undefined) throw new Error(`a check of a target that always answers failed: ${failed.result.error}`)
  return {
    latenessMs: reports.map(({ startedAtMs, scheduledAtMs }) => startedAtMs - scheduledAtMs),
    errorsMs: intervalErrors(arrivals, INTERVAL_MS),
    startsMs: reports.map(({ startedAtMs }) => startedAtMs),
    earlyStartsMs: early.map(({ startedAtMs }) => startedAtMs),
    allCheckedMs: allCheckedAtMs - watching.attachedAtMs,
  }
}

/** Makes it look as if the server had been off for ten minutes, so that every monitor is overdue. */
async function feignSilence(folder: string): Promise<void> {
  const store = await openStore(folder)
  const lookedUntilMs = await store.instance.get('lookedUntilMs')
  if (lookedUntilMs === null) throw new Error('the store does not say until when the server has looked')
  await store.instance.set('lookedUntilMs', String(Number(lookedUntilMs) - 600_000))
  await store.close()
}

/** How far each time between two arrivals at a path is from the interval, ms. */
function intervalErrors({ paths, atMs }: Arrivals, intervalMs: number): number[] {
  const lastMs = new Map<string, number>()
  const errors: number[] = []
  for (const [n, path] of paths.entries()) {
    const nowMs = atMs[n] ?? Number.NaN
    const beforeMs = lastMs.get(path)
    if (beforeMs !== undefined) errors.push(Math.abs(nowMs - beforeMs - intervalMs))
    lastMs.set(path, nowMs)
  }
  return errors
}

/** The most starts in any stretch of 100 ms, wherever it begins. */
function mostWithin(startsMs: readonly number[]): number {
  const sorted = startsMs.toSorted((a, b) => a - b)
  let most = 0
  let from = 0
  for (const [n, startMs] of sorted.entries()) {
    while (startMs - (sorted[from] ?? startMs) >= WINDOW_MS) from++
    most = Math.max(most, n - from + 1)
  }
  return most
}
