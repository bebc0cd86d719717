import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** A receiver on loopback that ends with its test. */
export interface Receiver {
  url: string
  /** Connections so far, and those still open. */
  connections(): number
  open(): number
  /** Resolves when no connection is open. */
  allClosed(): Promise<void>
}

export async function receiver(t: TestContext, server: Server): Promise<Receiver> {
  const sockets = new Set<Socket>()
  let connections = 0
  let whenClosed: (() => void)[] = []
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size > 0) return
      for (const resolve of whenClosed) resolve()
      whenClosed = []
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    connections: () => connections,
    open: () => sockets.size,
    allClosed: () => (sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => whenClosed.push(resolve))),
  }
}

/** One that speaks HTTP as it should. */
export function httpReceiver(t: TestContext, listener: RequestListener): Promise<Receiver> {
  return receiver(t, createServer(listener))
}

/** One that does with the socket what it likes. */
export function rawReceiver(t: TestContext, onSocket: (socket: Socket) => void): Promise<Receiver> {
  return receiver(
    t,
    createTcpServer((socket) => {
      socket.resume()
      onSocket(socket)
    }),
  )
}

/** Where nobody listens. */
export async function closedUrl(): Promise<string> {
  const server = createTcpServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

export interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** One that keeps what it is sent and answers with a status. */
export async function keepingReceiver(t: TestContext, status: () => number = () => 200) {
  const received: Received[] = []
  const kept = await httpReceiver(t, (request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') })
      response.writeHead(status(), { Location: '/elsewhere' }).end('an answer')
    })
  })
  return { ...kept, received }
}
