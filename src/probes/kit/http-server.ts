import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Owner } from './owner.ts'

export interface HttpServer {
  url: string
  port: number
  /** What was asked so far. */
  requests: IncomingMessage[]
}

/** A real HTTP server for one test; with `tls` a real HTTPS one. It ends with the test. */
export async function httpServer(
  t: Owner,
  answer: RequestListener,
  { host = '127.0.0.1', port = 0, tls }: { host?: string; port?: number; tls?: ServerOptions } = {},
): Promise<HttpServer> {
  const requests: IncomingMessage[] = []
  const listener: RequestListener = (request, response) => {
    requests.push(request)
    answer(request, response)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.listen(port, host)
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port: bound } = server.address() as AddressInfo
  const shownHost = host.includes(':') ? `[${host}]` : host
  return { url: `${tls === undefined ? 'http' : 'https'}://${shownHost}:${bound}`, port: bound, requests }
}
