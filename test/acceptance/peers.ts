import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address')
  return `http://127.0.0.1:${address.port}`
}

/** A web server whose health the test decides. */
export interface Target {
  url: string
  status: number
  /** When it was asked, wall ms. */
  askedAtMs: number[]
  close(): Promise<void>
}

export async function startTarget(): Promise<Target> {
  const server = createServer((_, response) => {
    target.askedAtMs.push(Date.now())
    response.writeHead(target.status, { 'content-type': 'text/plain' }).end(target.status < 400 ? 'fine' : 'broken')
  })
  const target: Target = { url: await listen(server), status: 200, askedAtMs: [], close: () => close(server) }
  return target
}

/** A webhook that reached its receiver. */
export interface Received {
  atMs: number
  headers: IncomingHttpHeaders
  raw: string
  body: unknown
}

/** A webhook receiver that keeps what it gets. */
export interface Receiver {
  url: string
  received: Received[]
  /** Events in order of arrival. */
  events(): unknown[]
  status: number
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const raw = Buffer.concat(chunks).toString('utf8')
    receiver.received.push({ atMs: Date.now(), headers: request.headers, raw, body: JSON.parse(raw) })
    response.writeHead(receiver.status).end()
  })
  const receiver: Receiver = {
    url: await listen(server),
    received: [],
    status: 204,
    events: () =>
      receiver.received.map(({ body }) =>
        typeof body === 'object' && body !== null && 'event' in body ? body.event : null,
      ),
    close: () => close(server),
  }
  return receiver
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
