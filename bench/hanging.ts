import { setTimeout as sleep } from 'node:timers/promises'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'
import { createMonitorsIn, startWatching } from './watched-engine.ts'

const HEALTHY = 500
const HANGING = 1_000
const INTERVAL_MS = 10_000

/**
 * A thousand checks that hang until their timeout, beside five hundred healthy monitors: what they take in memory, and
 * whether they hold the healthy ones up.
 */
export async function benchHanging({ quick }: BenchOptions): Promise<Row[]> {
  const windowMs = quick ? 12_000 : 30_000
  const alone = await measure(0, windowMs)
  const beside = await measure(HANGING, windowMs)
  const yardstick = { name: 'without hanging ones', value: alone.worstLateMs }
  return [
    atMost(150, `${HANGING} checks hanging: more memory`, beside.residentMb - alone.residentMb, 'MB'),
    atMost(50, 'latest start of a healthy check beside them', beside.worstLateMs, 'ms', yardstick),
    figure('healthy checks measured', beside.healthy, '', { name: 'without hanging ones', value: alone.healthy }),
    figure('checks that hung until their timeout', beside.hung, ''),
  ]
}

interface Measured {
  residentMb: number
  worstLateMs: number
  healthy: number
  hung: number
}

async function measure(hanging: number, windowMs: number): Promise<Measured> {
  const target = new Partner('./hostile-target.ts')
  try {
    const port = await target.ask<number>()
    return await inScratchFolder(async (folder) => {
      const pathOf = (n: number) => (n < HEALTHY ? '/slow/0' : '/hang')
      await createMonitorsIn(folder, { count: HEALTHY + hanging, intervalMs: INTERVAL_MS, port, pathOf })
      const lateMs: number[] = []
      let hung = 0
      let isMeasuring = false
      const watching = await startWatching(folder, (reports) => {
        for (const { kind, scheduledAtMs, startedAtMs, result } of reports) {
          if (!isMeasuring) continue
          if (result.status !== 'UP') hung++
          else if (kind === 'planned') lateMs.push(startedAtMs - scheduledAtMs)
        }
      })
      await sleep(INTERVAL_MS * 1.5)
      isMeasuring = true
      await sleep(windowMs)
      const residentMb = process.memoryUsage.rss() / 1_048_576
      await watching.stop()
      return { residentMb, worstLateMs: percentile(lateMs, 1), healthy: lateMs.length, hung }
    })
  } finally {
    await target.stop()
  }
}
