import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Partner } from './partner.ts'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'
import { inScratchFolder } from './scratch-folder.ts'
import { environmentOn, type Started, start, stop } from './started-server.ts'
import { createMonitorsIn } from './watched-engine.ts'

const MONITORS = 100
const INTERVAL_MS = 60_000
const IDLE_MS = 10_000
/** A server that starts faster than this can't be had: it does nothing but say that it listens. */
const BARE_SERVER = `require('node:http').createServer().listen(0, '127.0.0.1', () => console.log('ready'))`

/** From spawn to the line that says ready, on a data folder with some monitors; and what it holds in memory when idle. */
export async function benchStartup({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./target.ts')
  try {
    const port = await target.ask<number>()
    return await inScratchFolder(async (folder) => {
      await createMonitorsIn(folder, { count: MONITORS, intervalMs: INTERVAL_MS, port })
      const env = environmentOn(folder)
      const serve = () => start('node', ['src/main.ts', 'serve'], env)
      const times = quick ? 2 : 7
      const first = await timed(serve)
      const direct = await several(times, () => timed(serve))
      const throughNpm = await several(times, () => timed(() => start('npm', ['start'], env)))
      const bare = await several(times, () => timed(() => start('node', ['-e', BARE_SERVER], env)))
      const idle = await residentMb(serve)
      const idleBare = await residentMb(() => start('node', ['-e', BARE_SERVER], env))
      const beside = { name: 'a bare node:http server', value: percentile(bare, 0.5) }
      return [
        figure('first start on this folder to ready', first, 'ms', beside),
        atMost(1_500, 'second start to ready, median', percentile(direct, 0.5), 'ms', beside),
        figure('second start to ready, worst', percentile(direct, 1), 'ms', beside),
        atMost(1_500, 'the same by npm start, median', percentile(throughNpm, 0.5), 'ms', beside),
        atMost(150, `resident after ${IDLE_MS / 1_000} s, ${MONITORS} monitors at 60 s`, idle, 'MB', {
          name: 'a bare node:http server',
          value: idleBare,
        }),
      ]
    })
  } finally {
    await target.stop()
  }
}

async function timed(begin: () => Promise<Started>): Promise<number> {
  const { child, readyMs } = await begin()
  await stop(child)
  return readyMs
}

async function residentMb(begin: () => Promise<Started>): Promise<number> {
  const { child } = await begin()
  await sleep(IDLE_MS)
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)])
  await stop(child)
  return Number(stdout) / 1_024
}

async function several(times: number, measure: () => Promise<number>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < times; n++) all.push(await measure())
  return all
}
