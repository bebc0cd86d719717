import { realClock } from '#engine'
import { runProbe, targetPolicy } from '#probes'
import { bareRequest } from './bare-request.ts'
import { Partner } from './partner.ts'
import { bestOf } from './per-cpu-second.ts'
import { atLeast, type BenchOptions, figure, type Row } from './row.ts'

const CHECKS = 8_000

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
    const best = await bestOf({ bare, probe }, checks)
    return [
      figure('HTTP probe alone', best.probe, 'checks/CPU s', { name: 'bare loop', value: best.bare }),
      atLeast(70, 'the same, of the bare loop', (100 * best.probe) / best.bare, '%'),
    ]
  } finally {
    await target.stop()
  }
}
