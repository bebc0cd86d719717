import { realClock } from '#engine'
import { runProbe, targetPolicy } from '#probes'
import { bareRequest } from './bare-request.ts'
import { Partner } from './partner.ts'
import { atLeast, type BenchOptions, figure, type Row } from './row.ts'

const CHECKS = 8_000
const CONCURRENCY = 32
const ROUNDS = 3

/** Checks per second of this process's CPU time, all threads counted. */
async function perCpuSecond(check: () => Promise<void>, count: number): Promise<number> {
  let left = count
  const before = process.cpuUsage()
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (left-- > 0) await check()
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return (count * 1e6) / (user + system)
}

/** Measures the HTTP probe beside a bare loop to the same target: the best of some rounds, taken in turn. */
export async function benchProbe({ quick }: BenchOptions): Promise<Row[]> {
  const target = new Partner('./target.ts')
  const port = await target.ask<number>()
  const checks = quick ? CHECKS / 4 : CHECKS
  const config = {}
  const deps = {
    clock: realClock,
    targets: targetPolicy({ allowPrivate: true }),
    userAgent: 'StatusApp/bench',
    onFault: (error: Error) => {
      throw error
    },
  }
  const job = { type: 'WEBSITE', url: `http://127.0.0.1:${port}/m/0`, config, timeoutMs: 10_000 } as const
  const probe = async () => {
    const { status, error } = await runProbe(job, deps)
    if (status !== 'UP') throw new Error(`the probe says ${status}: ${error}`)
  }
  const bare = () => bareRequest(port, '/m/0')
  try {
    let bestBare = 0
    let bestProbe = 0
    await perCpuSecond(bare, CHECKS / 4)
    await perCpuSecond(probe, CHECKS / 4)
    for (let round = 0; round < ROUNDS; round++) {
      bestBare = Math.max(bestBare, await perCpuSecond(bare, checks))
      bestProbe = Math.max(bestProbe, await perCpuSecond(probe, checks))
    }
    return [
      figure('HTTP probe alone', bestProbe, 'checks/CPU s', { name: 'bare loop', value: bestBare }),
      atLeast(70, 'the same, of the bare loop', (100 * bestProbe) / bestBare, '%'),
    ]
  } finally {
    await target.stop()
  }
}
