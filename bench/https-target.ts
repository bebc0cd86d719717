import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { certificateAuthority } from '../src/probes/kit/certificate-authority.ts'

/** Pages over HTTPS, in a process of their own, under an authority that was made for them. */

/** What it tells its parent. */
export interface SecureTarget {
  ports: number[]
  /** The authority, in PEM. */
  ca: string
}

/** Several, since the system remembers each closed connection for a minute. */
const PORTS = 8
const BODY = 'x'.repeat(1_000)

const ca = certificateAuthority()
const between = ca.issueAuthority('Between')
const site = between.issue({ name: 'site', hosts: ['127.0.0.1'] })
const ports: number[] = []
for (let i = 0; i < PORTS; i++) {
  const server = createServer({ cert: site.cert + between.cert, key: site.key }, (_request, response) =>
    response.end(BODY),
  )
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 })
  await once(server, 'listening')
  ports.push((server.address() as AddressInfo).port)
}
process.on('disconnect', () => process.exit())
process.send?.({ ports, ca: ca.cert } satisfies SecureTarget)
