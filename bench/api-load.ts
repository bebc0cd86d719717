import { Agent, request } from 'node:http'

/** Asks an API so often a second, from a process of its own, until it is stopped; answers how many answers came. */
export interface LoadOrder {
  url: string
  key: string
  perSecond: number
}

const TICK_MS = 10
let answered = 0

process.on('message', (order: LoadOrder | null) => {
  if (order === null) {
    process.send?.(answered)
    return
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  let owed = 0
  setInterval(() => {
    owed += (order.perSecond * TICK_MS) / 1_000
    for (; owed >= 1; owed--) {
      request(order.url, { agent, headers: { 'x-api-key': order.key } }, (response) => {
        if (response.statusCode === 200) answered++
        response.resume()
      })
        .on('error', () => {})
        .end()
    }
  }, TICK_MS)
  process.send?.(null)
})
process.on('disconnect', () => process.exit())
process.send?.(null)
