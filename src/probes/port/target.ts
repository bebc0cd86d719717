import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

/** Where a PORT check goes. `host` is a name in ASCII, or an address without brackets. */
export interface PortTarget {
  host: string
  /** Null where the url has none. */
  port: number | null
  /** Null where the url does not say. */
  protocol: 'TCP' | 'UDP' | null
}

const EXAMPLE = 'expected a host such as example.com, example.com:5432, [2001:db8::1]:22 or udp://192.0.2.1:53'

/** Reads `host`, `host:port`, `tcp://host:port`, `udp://host:port` or the host and port of any URL. */
export function readPortTarget(text: string | null): PortTarget | string {
  const given = (text ?? '').trim()
  if (given === '') return EXAMPLE
  const problem = `${EXAMPLE}, got ${JSON.stringify(given.slice(0, 200))}`
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/|(?=))(.*)$/is.exec(given) ?? []
  const place = (rest.split(/[/?#]/, 1)[0] ?? '').replace(/^.*@/, '')
  const [, bracketed, bare, digits] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(place) ?? []
  const port = digits === undefined ? null : Number(digits)
  if (port !== null && (port < 1 || port > 65_535)) return `expected a port from 1 to 65535, got ${port}`
  const protocol = protocolOf(scheme.toLowerCase())
  if (isIP(place) === 6) return { host: place, port: null, protocol }
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? { host: bracketed, port, protocol } : problem
  const host = bare === undefined ? null : hostName(bare)
  return host === null ? problem : { host, port, protocol }
}

function protocolOf(scheme: string): PortTarget['protocol'] {
  if (scheme === 'udp') return 'UDP'
  return scheme === 'tcp' ? 'TCP' : null
}

/** A name in ASCII; null when it is neither a name nor an address. */
function hostName(text: string): string | null {
  if (isIP(text) === 4) return text
  const ascii = (/^[!-~]*$/.test(text) ? text : domainToASCII(text)).replace(/\.$/, '')
  // What looks like an address but is none, such as 1.2.3, would be read as another one by some resolvers.
  if (ascii === '' || ascii.length > 253 || /^[\d.]+$/.test(ascii)) return null
  return ascii.split('.').every((label) => /^[\w-]{1,63}$/.test(label)) ? ascii : null
}
