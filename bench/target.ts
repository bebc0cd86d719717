import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What is checked in the benchmarks, and who is told: a bare server in a process of its own on loopback. `/m/ID` is a
 * monitor's target, a POST to `/hook` a webhook. It notes when things come, and answers 500 where it is told to.
 */

export interface Arrivals {
  /** Paths in order of arrival, and when each came (wall ms with fractions). */
  paths: string[]
  atMs: number[]
  hooks: { event: string; monitorId: string; atMs: number }[]
}

export type ToTarget =
  /** Notes arrivals from now on; answers `null`. */
  | { kind: 'note' }
  /** Answers the `Arrivals` since `note`. */
  | { kind: 'arrivals' }
  /** Answers 500 on these paths from now on; answers `null`. */
  | { kind: 'fail'; paths: string[] }

const BODY = 'x'.repeat(1_000)

let arrivals: Arrivals = { paths: [], atMs: [], hooks: [] }
let isNoting = false
let failing = new Set<string>()

const server = createServer((request, response) => {
  const atMs = performance.timeOrigin + performance.now()
  const path = request.url ?? '/'
  if (request.method === 'POST') {
    let body = ''
    request.on('data', (piece: Buffer) => {
      body += piece.toString()
    })
    request.on('end', () => {
      const { event, monitor } = JSON.parse(body) as { event: string; monitor: { id: string } }
      arrivals.hooks.push({ event, monitorId: monitor.id, atMs })
      response.end()
    })
    return
  }
  if (isNoting) {
    arrivals.paths.push(path)
    arrivals.atMs.push(atMs)
  }
  if (failing.size > 0 && failing.has(path)) response.statusCode = 500
  response.end(BODY)
})

process.on('message', (message: ToTarget) => {
  switch (message.kind) {
    case 'note':
      arrivals = { paths: [], atMs: [], hooks: [] }
      isNoting = true
      process.send?.(null)
      break
    case 'arrivals':
      process.send?.(arrivals)
      break
    case 'fail':
      failing = new Set(message.paths)
      process.send?.(null)
      break
  }
})
process.on('disconnect', () => process.exit())

server.listen(0, '127.0.0.1', 1024, () => process.send?.((server.address() as AddressInfo).port))
