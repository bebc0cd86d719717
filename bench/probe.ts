import { fork } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Clock } from '#domain'
import { runProbe, targetPolicy } from '#probes'

/** One line of the table of benchmarks. */
export interface BenchRow {
  name: string
  value: number
  unit: string
  target: string
  met: boolean
}

const CHECKS = 8_000
const CONCURRENCY = 32
const ROUNDS = 3
const BODY = 'x'.repeat(1_000)

const clock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs)
    return { cancel: () => clearTimeout(timer) }
  },
}

/** The target, in a process of its own so that its work is not counted. */
async function startTarget(): Promise<{ port: number; stop(): void }> {
  const child = fork(fileURLToPath(import.meta.url), ['target'])
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))))
  return { port, stop: () => child.kill() }
}

function serveTarget(): void {
  const server = createServer((_request, response) => response.end(BODY))
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}

/** The yardstick: a new connection for each request, body consumed, nothing judged. */
function bareRequest(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/', agent: false }, (response) => {
      response.on('end', resolve)
      response.resume()
    })
      .on('error', reject)
      .end()
  })
}

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
export async function benchProbe(): Promise<BenchRow[]> {
  const target = await startTarget()
  const config = {}
  const deps = {
    clock,
    targets: targetPolicy({ allowPrivate: true }),
    userAgent: 'StatusApp/bench',
    onFault: (error: Error) => {
      throw error
    },
  }
  const job = { type: 'WEBSITE', url: `http://127.0.0.1:${target.port}/`, config, timeoutMs: 10_000 } as const
  const probe = async () => {
    const { status, error } = await runProbe(job, deps)
    if (status !== 'UP') throw new Error(`the probe says ${status}: ${error}`)
  }
  const bare = () => bareRequest(target.port)
  try {
    let bestBare = 0
    let bestProbe = 0
    await perCpuSecond(bare, CHECKS / 4)
    await perCpuSecond(probe, CHECKS / 4)
    for (let round = 0; round < ROUNDS; round++) {
      bestBare = Math.max(bestBare, await perCpuSecond(bare, CHECKS))
      bestProbe = Math.max(bestProbe, await perCpuSecond(probe, CHECKS))
    }
    const share = (100 * bestProbe) / bestBare
    return [
      { name: 'bare node:http loop', value: Math.round(bestBare), unit: 'checks/CPU s', target: '-', met: true },
      { name: 'HTTP probe alone', value: Math.round(bestProbe), unit: 'checks/CPU s', target: '-', met: true },
      {
        name: 'HTTP probe beside the bare loop',
        value: Math.round(share),
        unit: '%',
        target: '>= 70',
        met: share >= 70,
      },
    ]
  } finally {
    target.stop()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === 'target') serveTarget()
  else console.table(await benchProbe())
}
