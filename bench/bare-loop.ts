import { bareRequest } from './bare-request.ts'

/**
 * The yardstick, in a process of its own: a bare `node:http` loop with a new connection for each request, whose body is
 * consumed and whose answer nobody judges or stores.
 */

export type LoopOrder =
  /** As many at once as `concurrency` says, as fast as it goes. */
  | { port: number; mode: 'flat out'; concurrency: number; seconds: number }
  /** Evenly, `perSecond`; the paths go round `/m/0` … `/m/(paths - 1)`. */
  | { port: number; mode: 'paced'; perSecond: number; paths: number; seconds: number }

export interface LoopFigures {
  checks: number
  cpuUs: number
  /** Start minus due time of each; none when it went flat out. */
  latenessMs: number[]
}

/** Long enough for the compiler to be through. */
const WARM_UP_SECONDS = 3

process.on('message', (order: LoopOrder) => {
  void (order.mode === 'paced' ? paced(order) : flatOut(order)).then((figures) => process.send?.(figures))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

async function flatOut({ port, concurrency, seconds }: Extract<LoopOrder, { mode: 'flat out' }>): Promise<LoopFigures> {
  let checks = 0
  const until = async (endMs: number) => {
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (performance.now() < endMs) {
          await bareRequest(port, '/m/0')
          checks++
        }
      }),
    )
  }
  await until(performance.now() + WARM_UP_SECONDS * 1_000)
  checks = 0
  const before = process.cpuUsage()
  await until(performance.now() + seconds * 1_000)
  return { checks, cpuUs: cpuSince(before), latenessMs: [] }
}

function paced({ port, perSecond, paths, seconds }: Extract<LoopOrder, { mode: 'paced' }>): Promise<LoopFigures> {
  const stepMs = 1_000 / perSecond
  const beginMs = performance.now()
  const measureMs = beginMs + WARM_UP_SECONDS * 1_000
  const endMs = measureMs + seconds * 1_000
  const latenessMs: number[] = []
  let before: NodeJS.CpuUsage | null = null
  let checks = 0
  let sent = 0
  return new Promise((resolve, reject) => {
    const tick = () => {
      const nowMs = performance.now()
      if (before === null && nowMs >= measureMs) {
        before = process.cpuUsage()
        checks = 0
      }
      if (before !== null && nowMs >= endMs) {
        resolve({ checks, cpuUs: cpuSince(before), latenessMs })
        return
      }
      for (let dueMs = beginMs + sent * stepMs; dueMs <= nowMs; dueMs = beginMs + sent * stepMs) {
        if (before !== null) latenessMs.push(nowMs - dueMs)
        bareRequest(port, `/m/${sent++ % paths}`).then(() => checks++, reject)
      }
      setTimeout(tick, beginMs + sent * stepMs - nowMs)
    }
    tick()
  })
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
