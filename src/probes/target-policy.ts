import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

const { IPv4, IPv6, parse } = ipaddr

/** Decides whether an address may be connected to. */
export interface TargetPolicy {
  /** Null when allowed, else a sentence such as `169.254.169.254 is a cloud metadata address and is never probed`. */
  refusal(address: string): string | null
}

type IPv4 = ipaddr.IPv4
type IPv6 = ipaddr.IPv6
type Address = IPv4 | IPv6

/** Where clouds hand credentials to whoever asks from inside. Refused whatever the settings. */
const METADATA = [
  '169.254.169.254/32',
  '169.254.170.2/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  'fd00:ec2::/32',
  'fd20:ce::254/128',
]

/** Refused whatever the settings: no service can be meant by them. */
const NEVER: readonly (readonly [range: string, what: string])[] = [
  ['0.0.0.0/8', 'an address of "this network"'],
  ['169.254.0.0/16', 'a link-local address'],
  ['224.0.0.0/4', 'a multicast address'],
  ['255.255.255.255/32', 'the broadcast address'],
  ['::/128', 'the unspecified address'],
  ['fe80::/10', 'a link-local address'],
  ['ff00::/8', 'a multicast address'],
]

/** Refused unless the instance allows private targets. */
const PRIVATE: readonly (readonly [range: string, what: string])[] = [
  ['127.0.0.0/8', 'a loopback address'],
  ['::1/128', 'a loopback address'],
  ['10.0.0.0/8', 'a private address'],
  ['172.16.0.0/12', 'a private address'],
  ['192.168.0.0/16', 'a private address'],
  ['100.64.0.0/10', 'a carrier-grade NAT address'],
  ['fc00::/7', 'a unique local address'],
  ['fec0::/10', 'a site-local address'],
  ['192.0.0.0/24', 'a reserved address'],
  ['192.0.2.0/24', 'a documentation address'],
  ['192.88.99.0/24', 'a reserved address'],
  ['198.18.0.0/15', 'a benchmarking address'],
  ['198.51.100.0/24', 'a documentation address'],
  ['203.0.113.0/24', 'a documentation address'],
  ['240.0.0.0/4', 'a reserved address'],
  ['100::/64', 'a discard-only address'],
  ['2001:db8::/32', 'a documentation address'],
  ['3fff::/20', 'a documentation address'],
  ['5f00::/16', 'a reserved address'],
]

interface Rule {
  network: Address
  bits: number
  reason: string
}

const ALWAYS_REFUSED: readonly Rule[] = [
  ...METADATA.map((range) => rule(range, 'a cloud metadata address and is never probed')),
  ...NEVER.map(([range, what]) => rule(range, `${what} and is never probed`)),
]
const PRIVATE_REFUSED: readonly Rule[] = PRIVATE.map(([range, what]) =>
  rule(range, `${what}, and this server does not allow private targets`),
)

function rule(range: string, reason: string): Rule {
  const [network = '', bits = ''] = range.split('/')
  return { network: parse(network), bits: Number(bits), reason }
}

/**
 * The policy of this instance. Cloud metadata, link-local, multicast, broadcast and unspecified addresses are always
 * refused; loopback, private, shared and reserved ones unless `allowPrivate`. An IPv4 address inside an IPv6 one
 * (mapped, NAT64, 6to4, Teredo) is judged as what it is.
 */
export function targetPolicy({ allowPrivate }: { allowPrivate: boolean }): TargetPolicy {
  const rules = allowPrivate ? ALWAYS_REFUSED : [...ALWAYS_REFUSED, ...PRIVATE_REFUSED]
  // Most checks go to the same few thousand addresses; the answers never change.
  const known = new Map<string, string | null>()
  return {
    refusal(address) {
      const before = known.get(address)
      if (before !== undefined) return before
      const answer = judge(address, rules)
      if (known.size >= 10_000) known.clear()
      known.set(address, answer)
      return answer
    },
  }
}

function judge(text: string, rules: readonly Rule[]): string | null {
  if (isIP(text) === 0) return `${text} is not an IP address`
  const outer = parse(text)
  for (const address of [outer, ...embedded(outer)]) {
    for (const { network, bits, reason } of rules) {
      if (within(address, network, bits)) return `${text} is ${reason}`
    }
  }
  return null
}

function within(address: Address, network: Address, bits: number): boolean {
  if (address instanceof IPv4) return network instanceof IPv4 && address.match(network, bits)
  return network instanceof IPv6 && address.match(network, bits)
}

/** The IPv4 addresses that an IPv6 address leads to: RFC 4291, 6052, 8215, 3056, 4380, 5214. */
function embedded(address: Address): IPv4[] {
  if (address instanceof IPv4) return []
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.parts
  const last = ipv4(g, h)
  if (a === 0 && b === 0 && c === 0 && d === 0 && (e === 0 || e === 0xffff)) {
    // IPv4-compatible (but not :: and ::1), IPv4-mapped, IPv4-translated.
    if (f === 0xffff || e === 0xffff || (f === 0 && (g !== 0 || h > 1))) return [last]
    return []
  }
  if (a === 0x64 && b === 0xff9b) return [last]
  if (a === 0x2002) return [ipv4(b, c)]
  if (a === 0x2001 && b === 0) return [ipv4(c, d), ipv4(g ^ 0xffff, h ^ 0xffff)]
  if ((e & 0xfdff) === 0 && f === 0x5efe) return [last]
  return []
}

function ipv4(high: number, low: number): IPv4 {
  return new IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff])
}

/** A connection was refused by the target policy. */
export class TargetRefusedError extends Error {
  override name = 'TargetRefusedError'
  readonly code = 'ERR_TARGET_REFUSED'
}

/**
 * A `lookup` option for `net`, `tls`, `http` and `https` that answers only addresses which the policy allows, and
 * fails with `TargetRefusedError` when it allows none. Node looks up no literal addresses: ask `policy.refusal` for
 * those first.
 */
export function guardedLookup(policy: TargetPolicy): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) return callback(error, '', 0)
      const allowed = found.filter(({ address }) => policy.refusal(address) === null)
      const first = allowed[0]
      if (first === undefined) {
        const reason = found[0] === undefined ? `${hostname} has no address` : policy.refusal(found[0].address)
        return callback(new TargetRefusedError(`${hostname}: ${reason}`), '', 0)
      }
      if (options.all === true) return callback(null, allowed)
      callback(null, first.address, first.family)
    })
  }
}
