import { execFileSync } from 'node:child_process'
import { realClock } from '#engine'
import { runProbe, targetPolicy } from '#probes'
import { atMost, type BenchOptions, figure, percentile, type Row } from './row.ts'

const TARGETS = 300
const ROUNDS = 5

interface Details {
  avg: number
  max: number
  received: number
  method: string
}

/** What a check of 127.1.x.y says of its round trips. */
async function ping(url: string): Promise<Details> {
  const result = await runProbe(
    { type: 'PING', url, config: {}, timeoutMs: 10_000 },
    {
      clock: realClock,
      targets: targetPolicy({ allowPrivate: true }),
      userAgent: 'StatusApp/bench',
      onFault: (error) => {
        throw error
      },
    },
  )
  const { status, error, details } = result
  if (status !== 'UP' || details === null || typeof details !== 'object' || Array.isArray(details)) {
    throw new Error(`the probe says ${status} of ${url}: ${error}`)
  }
  const { avg, max, received, method } = details
  if (received !== 3) throw new Error(`${url} answered ${received} of 3`)
  return { avg: Number(avg), max: Number(max), received, method: String(method) }
}

/**
 * Pings hosts on loopback, where the true round trip is some hundredths of a millisecond: one alone, then hundreds at
 * once. All that the latter take longer is the probe's own.
 */
export async function benchPing({ quick }: BenchOptions): Promise<Row[]> {
  const hosts = Array.from({ length: TARGETS }, (_, i) => `127.1.${i >> 8}.${i & 255}`)
  const alone: number[] = []
  for (const host of hosts.slice(0, quick ? 5 : 15)) alone.push((await ping(host)).avg)
  const truth = percentile(alone, 0.5)
  const slowest: number[] = []
  const averages: number[] = []
  let cpuMs = 0
  for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
    const before = process.cpuUsage()
    const found = await Promise.all(hosts.map(ping))
    const { user, system } = process.cpuUsage(before)
    cpuMs += (user + system) / 1_000
    slowest.push(Math.max(...found.map(({ max }) => max)))
    averages.push(...found.map(({ avg }) => avg))
  }
  const checks = averages.length
  const yardstick = programMs()
  return [
    figure('one host alone, round trip p50', truth, 'ms', yardstick),
    figure(`${TARGETS} hosts at once, round trip p50`, percentile(averages, 0.5), 'ms', {
      name: 'one alone',
      value: truth,
    }),
    atMost(20, 'the slowest packet of all, over the true round trip', Math.max(...slowest) - truth, 'ms'),
    figure('CPU a check of 3 packets', (cpuMs * 1_000) / checks, 'µs'),
  ]
}

/** The average that the system's own `ping` reports; null where there is none. */
function programMs(): Row['yardstick'] {
  try {
    const text = execFileSync('ping', ['-n', '-c', '5', '-i', '0.2', '127.0.0.1'], { encoding: 'utf8' })
    const average = Number(/= [\d.]+\/([\d.]+)\//.exec(text)?.[1])
    return Number.isFinite(average) ? { name: 'the ping program', value: average } : null
  } catch {
    return null
  }
}
