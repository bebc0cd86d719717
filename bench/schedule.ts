import { setTimeout as sleep } from 'node:timers/promises'
import { type CheckReport, nextStartMs, phaseMs } from '#domain'
import { type Assignment, startWorkerThread } from '#engine'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import type { Arrivals } from './target.ts'

const REGION = 'local'
const INTERVAL_MS = 10_000
/** Left out at the start: the thread's code is not compiled yet. */
const WARM_UP_MS = 3_000
const WINDOW_MS = 100

interface Measured {
  reports: CheckReport[]
  arrivals: Arrivals
  cpuUs: number
}

/**
 * How well a region's worker keeps time: a real thread with the real probe against a target in another process.
 * Intervals need a monitor to be seen twice, so the long window is somewhat over one interval.
 */
export async function benchSchedule({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./target.ts')
  try {
    const port = await target.ask<number>()
    const busy = await run(target, { port, monitors: 5_000, windowMs: quick ? 12_000 : 30_000 })
    const calm = await run(target, { port, monitors: 2_000, windowMs: quick ? 4_000 : 15_000 })
    return [...timing(busy, 5_000), ...cost(busy, 5_000), ...cost(calm, 2_000)]
  } finally {
    await target.stop()
  }
}

function timing({ reports, arrivals }: Measured, monitors: number): Row[] {
  const lateMs = reports.map(({ startedAtMs, scheduledAtMs }) => startedAtMs - scheduledAtMs)
  const starts = startsPerWindow(reports.map(({ startedAtMs }) => startedAtMs))
  const mean = (monitors * WINDOW_MS) / INTERVAL_MS
  const planned = startsPerWindow(reports.map(({ scheduledAtMs }) => scheduledAtMs))
  const errorMs = intervalErrorsMs(arrivals)
  return [
    figure('start lateness p50, 5,000 monitors at 10 s', percentile(lateMs, 0.5), 'ms'),
    atMost(10, 'start lateness p99, 5,000 monitors at 10 s', percentile(lateMs, 0.99), 'ms'),
    figure('interval error at the target p50', percentile(errorMs, 0.5), 'ms'),
    atMost(15, 'interval error at the target p99', percentile(errorMs, 0.99), 'ms'),
    atMost(2, 'starts in the fullest 100 ms, of the mean', Math.max(...starts) / mean, '×', {
      name: 'as planned by the hash',
      value: Math.max(...planned) / mean,
    }),
  ]
}

function cost({ reports, cpuUs }: Measured, monitors: number): Row[] {
  const perSecond = (monitors * 1_000) / INTERVAL_MS
  return [figure(`CPU a check, schedule and probe only, at ${perSecond} a second`, cpuUs / reports.length, 'µs')]
}

/** Runs a worker until the end of the window; only what starts in it counts. */
async function run(
  target: Partner,
  { port, monitors, windowMs }: { port: number; monitors: number; windowMs: number },
): Promise<Measured> {
  const thread = startWorkerThread({ region: REGION, allowPrivateTargets: true, userAgent: 'StatusApp/bench' })
  try {
    await thread.ready
    const reports: CheckReport[] = []
    const faults: string[] = []
    thread.line.onMessage((message) => {
      if (message.kind === 'blind') faults.push(message.reason)
      if (message.kind !== 'results') return
      thread.line.send({ kind: 'stored', sequence: message.sequence })
      for (const report of message.reports) reports.push(report)
    })
    const add = Array.from({ length: monitors }, (_, n) => assignmentOf(`mon_${n}`, port))
    thread.line.send({ kind: 'assign', add, remove: [] })
    await sleep(WARM_UP_MS)
    await target.ask({ kind: 'note' })
    reports.length = 0
    const before = process.cpuUsage()
    const fromMs = Date.now()
    await sleep(windowMs)
    const { user, system } = process.cpuUsage(before)
    const measured = reports.splice(0)
    const toMs = Date.now()
    const arrivals = await target.ask<Arrivals>({ kind: 'arrivals' })
    const failed = measured.find(({ result }) => result.status !== 'UP')
    if (failed) throw new Error(`a check of a target that always answers failed: ${failed.result.error}`)
    if (faults.length > 0) throw new Error(`the worker could not look: ${faults.join('; ')}`)
    expectComplete(measured, add, fromMs, toMs)
    return { reports: measured, arrivals, cpuUs: user + system }
  } finally {
    await thread.stop()
  }
}

/** Figures of a worker that left checks out would flatter it. */
function expectComplete(reports: readonly CheckReport[], all: readonly Assignment[], fromMs: number, toMs: number) {
  let planned = 0
  for (const { monitorId } of all) {
    const firstMs = nextStartMs(phaseMs(monitorId, REGION, INTERVAL_MS), INTERVAL_MS, fromMs)
    planned += Math.max(0, Math.ceil((toMs - firstMs) / INTERVAL_MS))
  }
  // Those that run at the edges of the window may fall in or out of it.
  if (reports.length < planned * 0.97) throw new Error(`${reports.length} checks ran of ${planned}`)
}

function assignmentOf(monitorId: string, port: number): Assignment {
  return {
    monitorId,
    version: 1,
    type: 'WEBSITE',
    url: `http://127.0.0.1:${port}/m/${monitorId}`,
    config: {},
    intervalMs: INTERVAL_MS,
    timeoutMs: INTERVAL_MS,
    degradedThresholdMs: null,
    upsideDown: false,
    immediate: false,
    missedAtMs: null,
  }
}

/** How far two arrivals of one monitor in a row are from one interval apart. */
function intervalErrorsMs({ paths, atMs }: Arrivals): number[] {
  const lastMs = new Map<string, number>()
  const errorsMs: number[] = []
  paths.forEach((path, n) => {
    const arrivedMs = atMs[n] ?? Number.NaN
    const before = lastMs.get(path)
    if (before !== undefined) errorsMs.push(Math.abs(arrivedMs - before - INTERVAL_MS))
    lastMs.set(path, arrivedMs)
  })
  return errorsMs
}

function startsPerWindow(startsMs: readonly number[]): number[] {
  const windows = new Map<number, number>()
  for (const startMs of startsMs) {
    const window = Math.floor(startMs / WINDOW_MS)
    windows.set(window, (windows.get(window) ?? 0) + 1)
  }
  return [...windows.values()]
}

if (import.meta.main) console.table(await benchSchedule({ quick: process.argv.includes('--quick') }))
