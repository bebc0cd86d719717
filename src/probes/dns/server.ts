import { Resolver } from 'node:dns'
import { isIP } from 'node:net'
import { socketName } from '../net/connect-failure.ts'
import { wireName } from './name.ts'

/** A DNS server as it is written: an address, or a name that is looked up first. */
export interface ServerName {
  host: string
  port: number
}

/** A DNS server that can be asked. */
export interface ServerAddress {
  address: string
  family: number
  port: number
  /** `127.0.0.1:53`: how sentences and details name it. */
  name: string
}

const DNS_PORT = 53

/** Reads `address`, `address:port`, `[IPv6]`, `[IPv6]:port`, `name` or `name:port`. Returns a sentence if it is none. */
export function readServer(text: string): ServerName | string {
  const given = text.trim()
  const problem = `expected a DNS server such as 1.1.1.1, 192.0.2.53:5353 or [2001:db8::53]:53, got ${JSON.stringify(text)}`
  if (isIP(given) !== 0) return { host: given, port: DNS_PORT }
  const [, bracketed, bare, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(given) ?? []
  const port = digits === undefined ? DNS_PORT : Number(digits)
  if (port < 1 || port > 65_535) return problem
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? { host: bracketed, port } : problem
  // What looks like an address but is none, such as 1.2.3, is no name either.
  if (bare === undefined || (isIP(bare) === 0 && /^[\d.]+$/.test(bare))) return problem
  return isIP(bare) !== 0 || wireName(bare) !== null ? { host: bare, port } : problem
}

export function serverAddress(address: string, port: number): ServerAddress {
  return { address, family: isIP(address), port, name: socketName(address, port) }
}

/** The resolvers that this machine uses, as its configuration says now. */
export function systemServers(): ServerAddress[] {
  return new Resolver()
    .getServers()
    .map(readServer)
    .filter((server) => typeof server !== 'string')
    .map(({ host, port }) => serverAddress(host, port))
}
