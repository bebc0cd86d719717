import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import ipaddr from 'ipaddr.js'
import type { DnsRecord } from './config.ts'

/** A name to ask for: as the user typed it, and as it goes over the wire. */
export interface AskedName {
  shown: string
  wire: string
}

const EXAMPLE = 'expected a name such as example.com'

/**
 * Reads the name to ask for from a bare name, `dns:name` or any URL. International names are converted (RFC 5891),
 * underscores are kept, and an address is turned into its reverse name (RFC 1035, section 3.5; RFC 3596, section 2.5)
 * where PTR is asked for. Returns a sentence when there is no usable name.
 */
export function readAskedName(text: string | null, record: DnsRecord): AskedName | string {
  const shown = hostPart((text ?? '').trim())
  if (shown === '') return EXAMPLE
  if (isIP(shown) !== 0) {
    if (record === 'PTR') return { shown, wire: reverseName(shown) }
    return `${EXAMPLE}, got the address ${shown}: only PTR records are asked for by address`
  }
  const wire = wireName(shown)
  return wire === null ? `${EXAMPLE}, got ${JSON.stringify((text ?? '').slice(0, 200))}` : { shown, wire }
}

function hostPart(text: string): string {
  const rest = text.replace(/^(?:[a-z][a-z0-9+.-]*:\/\/|dns:)/i, '')
  const host = (rest.split(/[/?#]/, 1)[0] ?? '').replace(/^.*@/, '')
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host)
  if (bracketed !== null) return bracketed[1] ?? ''
  return isIP(host) === 6 ? host : host.replace(/:\d+$/, '')
}

/** A name in ASCII without its final dot (the root stays `.`); null when it can't be a name (RFC 1035, section 2.3.4). */
export function wireName(text: string): string | null {
  if (text === '.') return text
  const ascii = /^[!-~]*$/.test(text) ? text : domainToASCII(text)
  const name = ascii.replace(/\.$/, '')
  if (name.length > 253) return null
  return name.split('.').every((label) => /^[\w*-]{1,63}$/.test(label)) ? name : null
}

/** The same text for all spellings of a name: in ASCII, small letters, no final dot. What is no name stays as it is. */
export function plainName(text: string): string {
  return (wireName(text) ?? text.replace(/(?<=.)\.$/, '')).toLowerCase()
}

function reverseName(address: string): string {
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return `${parsed.octets.toReversed().join('.')}.in-addr.arpa`
  const nibbles = parsed.parts.map((part) => part.toString(16).padStart(4, '0')).join('')
  return `${[...nibbles].toReversed().join('.')}.ip6.arpa`
}
