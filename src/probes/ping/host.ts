import { isIP } from 'node:net'

/**
 * The host in what a user gave: a bare host, an address with or without brackets, or a URL of any scheme, of which
 * all but the host is left aside. International names come in the form for the wire (RFC 5891), IPv6 addresses
 * without brackets. Null when there is no host in it.
 */
export function hostIn(given: string): string | null {
  const bare = given.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
  if (isIP(bare) !== 0) return bare
  try {
    const { hostname } = new URL(`http://${bare}`)
    return hostname === '' ? null : hostname.replace(/^\[(.*)\]$/, '$1')
  } catch {
    return null
  }
}
