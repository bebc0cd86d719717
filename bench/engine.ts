import { setTimeout as sleep } from 'node:timers/promises'
import type { LoopFigures, LoopOrder } from './bare-loop.ts'
import { Partner } from './partner.ts'
import { atLeast, atMost, type BenchOptions, figure, type Row } from './row.ts'
import { runLoop } from './run-loop.ts'
import { inScratchFolder } from './scratch-folder.ts'
import { createMonitorsIn, startWatching } from './watched-engine.ts'

/** Rounds before measuring: the first one checks what was never checked, the second is compiled code's. */
const WARM_UP_ROUNDS = 2

interface Pace {
  monitors: number
  intervalMs: number
}

/**
 * CPU a check, all told: the whole engine probes, decides and stores at a given rate, beside a bare loop that only asks,
 * at the same rate and flat out, before and after. The target runs elsewhere; every thread of the engine counts.
 */
export async function benchEngine({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./target.ts')
  try {
    const port = await target.ask<number>()
    const seconds = quick ? 5 : 20
    return [
      ...(await atFullSpeed({ monitors: 10_000, intervalMs: 5_000 }, port, seconds)),
      ...(await atLowSpeed({ monitors: 2_000, intervalMs: 10_000 }, port, seconds)),
    ]
  } finally {
    await target.stop()
  }
}

async function atFullSpeed(pace: Pace, port: number, seconds: number): Promise<Row[]> {
  const perSecond = rateOf(pace)
  const { engine, beside } = await sideBySide(
    pace,
    seconds,
    [
      { port, mode: 'paced', perSecond, paths: pace.monitors, seconds: seconds / 2 },
      { port, mode: 'flat out', concurrency: 32, seconds: seconds / 2 },
    ],
    port,
  )
  const [same = Number.NaN, flatOut = Number.NaN] = beside
  const at = `at ${perSecond.toLocaleString('en')} checks a second`
  return [
    figure(`CPU a check, all told, ${at}`, engine.usPerCheck, 'µs', { name: 'bare loop at that rate', value: same }),
    atLeast(60, 'checks a CPU second, of the bare loop at that rate', (100 * same) / engine.usPerCheck, '%'),
    figure(`the same beside a loop that goes flat out`, engine.usPerCheck, 'µs', {
      name: 'bare loop, 32 at once',
      value: flatOut,
    }),
    figure('checks a CPU second, of the bare loop flat out', (100 * flatOut) / engine.usPerCheck, '%'),
    figure('checks stored a second meanwhile', engine.perSecond, '1/s', { name: 'planned', value: perSecond }),
  ]
}

async function atLowSpeed(pace: Pace, port: number, seconds: number): Promise<Row[]> {
  const perSecond = rateOf(pace)
  const { engine, beside } = await sideBySide(
    pace,
    seconds,
    [{ port, mode: 'paced', perSecond, paths: pace.monitors, seconds: seconds / 2 }],
    port,
  )
  const [same = Number.NaN] = beside
  return [
    atMost(1_000, `CPU a check, all told, at ${perSecond} checks a second`, engine.usPerCheck, 'µs', {
      name: 'bare loop at that rate',
      value: same,
    }),
    figure('checks stored a second meanwhile', engine.perSecond, '1/s', { name: 'planned', value: perSecond }),
  ]
}

/** The engine between two turns of each loop; µs of CPU a check. */
async function sideBySide(pace: Pace, seconds: number, loops: LoopOrder[], port: number) {
  const before: LoopFigures[] = []
  const after: LoopFigures[] = []
  for (const loop of loops) before.push(await runLoop(loop))
  const engine = await runEngine(pace, port, seconds)
  for (const loop of loops) after.push(await runLoop(loop))
  const beside = before.map((first, n) => {
    const second = after[n] ?? first
    return (first.cpuUs + second.cpuUs) / (first.checks + second.checks)
  })
  return { engine, beside }
}

async function runEngine(pace: Pace, port: number, seconds: number) {
  return await inScratchFolder(async (folder) => {
    let stored = 0
    let failed = 0
    await createMonitorsIn(folder, { count: pace.monitors, intervalMs: pace.intervalMs, port })
    const watching = await startWatching(folder, (reports) => {
      stored += reports.length
      for (const { result } of reports) if (result.status !== 'UP') failed++
    })
    await sleep(pace.intervalMs * WARM_UP_ROUNDS)
    const startedMs = performance.now()
    const before = process.cpuUsage()
    stored = 0
    await sleep(seconds * 1_000)
    const { user, system } = process.cpuUsage(before)
    const checks = stored
    const tookMs = performance.now() - startedMs
    await watching.stop()
    if (failed > 0) throw new Error(`${failed} checks of a target that always answers failed`)
    return { usPerCheck: (user + system) / checks, perSecond: (checks * 1_000) / tookMs }
  })
}

function rateOf({ monitors, intervalMs }: Pace): number {
  return (monitors * 1_000) / intervalMs
}
