import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * Ports that take connections, in a process of their own. Several, since the system remembers each closed connection
 * for a minute, and looks long for a free port of its own when there are many to the same place.
 */

/** What it tells its parent: where it listens. */
export type OpenPorts = number[]

const PORTS = 16

const ports: number[] = []
for (let i = 0; i < PORTS; i++) {
  const server = createServer((socket) => socket.on('error', () => {}).resume())
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 })
  await once(server, 'listening')
  ports.push((server.address() as AddressInfo).port)
}
process.on('disconnect', () => process.exit())
process.send?.(ports)
