import type { Family } from './echo-packet.ts'

/** RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */
const UNREACHABLE_4 = [
  'network unreachable',
  'host unreachable',
  'protocol unreachable',
  'port unreachable',
  'the packet is too big for the way and may not be cut',
  'source route failed',
  'network unknown',
  'host unknown',
  'host isolated',
  'network prohibited',
  'host prohibited',
  'network unreachable for this type of service',
  'host unreachable for this type of service',
  'prohibited by a filter',
  'prohibited by precedence',
  'prohibited by precedence',
]

/** RFC 4443, section 3.1. */
const UNREACHABLE_6 = [
  'no route to the host',
  'prohibited by a filter',
  'beyond the scope of the source address',
  'address unreachable',
  'port unreachable',
  'source address refused by a policy',
  'route rejected',
]

/** What an ICMP error means, in words. */
export function icmpWords(family: Family, type: number, code: number): string {
  if (family === 4) {
    if (type === 3) return UNREACHABLE_4[code] ?? `unreachable (code ${code})`
    if (type === 11) return 'the packet went through too many routers (a loop?)'
  } else {
    if (type === 1) return UNREACHABLE_6[code] ?? `unreachable (code ${code})`
    if (type === 2) return 'the packet is too big for the way'
    if (type === 3) return 'the packet went through too many routers (a loop?)'
  }
  return `ICMP error of type ${type}, code ${code}`
}
