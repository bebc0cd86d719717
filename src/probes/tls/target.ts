import { isIPv6 } from 'node:net'

/** Where a TLS server is. */
export interface TlsTarget {
  /** Name as it goes on the wire (punycode), or address without brackets. */
  host: string
  port: number
}

const DEFAULT_PORT = 443
const EXAMPLE = 'expected a host or URL such as example.com, example.com:8443 or https://example.com/'

/** Reads the target: `url` with or without scheme, path and port, beside `port`. Returns a problem where it can't be. */
export function readTarget(
  url: string | null,
  port: number | undefined,
): TlsTarget | { path: 'url' | 'port'; message: string } {
  const text = (url ?? '').trim()
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && !/^(ssl|tls|https|tcp)$/.test(scheme)) {
    return { path: 'url', message: `${EXAMPLE}, got ${scheme}://` }
  }
  const rest = scheme === undefined ? text : text.slice(scheme.length + 3)
  // An address of IPv6 needs no brackets where no port follows it.
  const parsed = URL.parse(`http://${isIPv6(rest) ? `[${rest}]` : rest}`)
  if (rest === '' || parsed === null || parsed.hostname === '' || parsed.port === '0') {
    return { path: 'url', message: `${EXAMPLE}, got ${JSON.stringify(text.slice(0, 200))}` }
  }
  const given = portIn(rest)
  if (given !== null && port !== undefined && given !== port) {
    return { path: 'port', message: `says ${port}, but url says ${given}` }
  }
  const host = parsed.hostname.startsWith('[') ? parsed.hostname.slice(1, -1) : parsed.hostname
  return { host, port: given ?? port ?? DEFAULT_PORT }
}

/** A URL drops the port that its scheme has by default, so it is read by hand. */
function portIn(rest: string): number | null {
  const authority = rest.replace(/[/?#].*$/s, '').replace(/^.*@/s, '')
  if (isIPv6(authority)) return null
  const port = /:(\d{1,5})$/.exec(authority)?.[1]
  return port === undefined ? null : Number(port)
}
