import { Agent, request } from 'node:http'

/** Requests to send from a process of its own; the paths are taken in turn. */
export interface BurstOrder {
  origin: string
  paths: string[]
  method?: string
  headers: { [name: string]: string }
  count: number
  /** Requests on their way at once. */
  concurrency: number
  /** Sends so many a second at most; default: as fast as the answers come. */
  perSecond?: number
}

export interface BurstFigures {
  /** From sending to the last byte, one per request. */
  latenciesMs: number[]
  /** Answers that were not 200. */
  refused: number
  tookMs: number
}

process.on('message', async (order: BurstOrder) => process.send?.(await burst(order)))
process.on('disconnect', () => process.exit())
process.send?.(null)

async function burst(order: BurstOrder): Promise<BurstFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.concurrency })
  const figures: BurstFigures = { latenciesMs: [], refused: 0, tookMs: 0 }
  const startedMs = performance.now()
  let next = 0
  const send = async () => {
    for (let n = next++; n < order.count; n = next++) {
      if (order.perSecond !== undefined) await until(startedMs + (n * 1_000) / order.perSecond)
      const sentMs = performance.now()
      const status = await ask(agent, order, order.paths[n % order.paths.length] ?? '/')
      figures.latenciesMs.push(performance.now() - sentMs)
      if (status !== 200) figures.refused++
    }
  }
  await Promise.all(Array.from({ length: order.concurrency }, send))
  figures.tookMs = performance.now() - startedMs
  agent.destroy()
  return figures
}

function until(atMs: number): Promise<void> | undefined {
  const waitMs = atMs - performance.now()
  return waitMs <= 0 ? undefined : new Promise((resolve) => setTimeout(resolve, waitMs))
}

function ask(agent: Agent, { origin, method = 'GET', headers }: BurstOrder, path: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  request(`${origin}${path}`, { agent, method, headers }, (response) => {
    response.on('end', () => resolve(response.statusCode ?? 0))
    response.resume()
  })
    .on('error', reject)
    .end()
  return promise
}
