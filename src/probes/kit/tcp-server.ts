import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Owner } from './owner.ts'

/** A raw TCP server for one test, which knows what became of its connections. */
export interface TcpServer {
  host: string
  port: number
  /** Connections accepted so far. */
  connections: number
  /** Resolves when no connection is open any more. */
  allClosed(): Promise<void>
  close(): Promise<void>
}

/** Starts a server that treats each connection with `behave`; it ends with the test. */
export async function tcpServer(
  t: Owner,
  behave: (socket: Socket) => void,
  { host = '127.0.0.1', port = 0 } = {},
): Promise<TcpServer> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    handle.connections++
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      open.delete(socket)
      if (open.size === 0) server.emit('idle')
    })
    behave(socket)
  })
  const handle: TcpServer = {
    host,
    port: await listen(server, host, port),
    connections: 0,
    allClosed: async () => {
      if (open.size > 0) await once(server, 'idle', { signal: AbortSignal.timeout(2_000) })
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
  t.after(() => handle.close())
  return handle
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
