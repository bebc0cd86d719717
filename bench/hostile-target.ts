import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGzip } from 'node:zlib'

/**
 * A server in a process of its own that means ill, or takes its time: `/hang` never answers, `/endless` never ends,
 * `/bomb` is 60 KB of gzip that inflates to 60 MB, `/slow/N` answers after N ms and notes how long that took it.
 */

/** Answers of `/slow/…`: the path, when the connection came, and when the last byte of the answer was handed over. */
export interface Served {
  path: string
  atMs: number
  tookMs: number
}

const MEGABYTE = Buffer.alloc(1_048_576)
const served: Served[] = []
const bomb: Buffer[] = []

const gzip = createGzip()
gzip.on('data', (piece: Buffer) => bomb.push(piece))
for (let n = 0; n < 60; n++) gzip.write(MEGABYTE)
gzip.end()

const connectedAtMs = new WeakMap<object, number>()

const server = createServer((request, response) => {
  const path = request.url ?? '/'
  if (path.startsWith('/hang')) return
  if (path.startsWith('/endless')) {
    response.writeHead(200)
    const flood = () => {
      while (!response.destroyed && response.write(MEGABYTE));
    }
    response.on('drain', flood)
    flood()
    return
  }
  if (path.startsWith('/bomb')) {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.concat(bomb))
    return
  }
  const delayMs = Number(path.split('/')[2] ?? 0)
  setTimeout(() => {
    response.end('fine', () => {
      const atMs = connectedAtMs.get(request.socket) ?? Number.NaN
      served.push({ path, atMs, tookMs: performance.timeOrigin + performance.now() - atMs })
    })
  }, delayMs)
})
server.on('connection', (socket) => {
  connectedAtMs.set(socket, performance.timeOrigin + performance.now())
  socket.on('error', () => socket.destroy())
})

/** Any message is a question for what was served since the last one. */
process.on('message', () => process.send?.(served.splice(0)))
process.on('disconnect', () => process.exit())

server.listen(0, '127.0.0.1', 4_096, () => process.send?.((server.address() as AddressInfo).port))
