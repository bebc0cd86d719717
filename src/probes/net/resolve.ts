import { lookup as systemLookup } from 'node:dns'
import { isIP } from 'node:net'
import type { TargetPolicy } from '../target-policy.ts'
import type { Deadline } from './deadline.ts'
import { errorCode, exhaustion, Failure } from './failure.ts'

export type IpVersion = 4 | 6 | 'any'

export interface Address {
  address: string
  family: number
}

/** Asks for all addresses of a name, in the order in which to try them. */
export type Lookup = (name: string, done: (error: Error | null, addresses: Address[]) => void) => void

/** The system's resolver, asked anew each time: an address that was moved is seen at the next check. */
export const lookupAll: Lookup = (name, done) => {
  systemLookup(name, { all: true, order: 'verbatim' }, (error, found) => done(error, error === null ? found : []))
}

/** A blackholed name with dozens of addresses is not tried for ever. */
const MAX_ADDRESSES = 8

/**
 * The addresses to try for `host` (a name, or a literal without brackets): those of the wanted family which the
 * policy allows, families in turn. The system's lookup can't be called off; its late answer is dropped.
 */
export function resolve(
  host: string,
  ipVersion: IpVersion,
  policy: TargetPolicy,
  lookup: Lookup,
  deadline: Deadline,
): Promise<Address[] | Failure> | Address[] | Failure {
  const family = isIP(host)
  if (family !== 0) return select(host, [{ address: host, family }], ipVersion, policy)
  return new Promise((settle) => {
    deadline.begin(`during the name lookup of ${host}`, (failure) => settle(unanswered(failure)))
    lookup(host, (error, found) => {
      settle(error === null ? select(host, found, ipVersion, policy) : lookupFailure(error, host))
    })
  })
}

function select(host: string, found: Address[], ipVersion: IpVersion, policy: TargetPolicy): Address[] | Failure {
  const wanted = ipVersion === 'any' ? found : found.filter(({ family }) => family === ipVersion)
  if (wanted.length === 0) return noneOfFamily(host, found, ipVersion)
  const allowed = wanted.filter(({ address }) => policy.refusal(address) === null)
  const refused = wanted[0]
  if (allowed.length === 0 && refused !== undefined) {
    const reason = policy.refusal(refused.address)
    const sentence = refused.address === host ? `${reason}` : `${host} leads to ${refused.address}: ${reason}`
    return new Failure({ sentence, category: 'CONFIGURATION_ERROR' })
  }
  return allowed.length > 1 ? inTurn(allowed) : allowed
}

function noneOfFamily(host: string, found: Address[], ipVersion: IpVersion): Failure {
  if (found.length === 0 || ipVersion === 'any') {
    return new Failure({ sentence: `name lookup: ${host} has no address`, category: 'DNS_FAILURE' })
  }
  const has = found.map(({ address }) => address).join(', ')
  const sentence =
    has === host
      ? `expected an IPv${ipVersion} address, got ${host}`
      : `expected an IPv${ipVersion} address of ${host}, got only ${has}`
  return new Failure({ sentence, category: 'CONFIGURATION_ERROR' })
}

/** RFC 8305, section 4: keep the order, but alternate the families. */
function inTurn(addresses: Address[]): Address[] {
  const first = addresses[0]?.family
  const same = addresses.filter(({ family }) => family === first)
  const other = addresses.filter(({ family }) => family !== first)
  const mixed: Address[] = []
  for (let i = 0; i < Math.max(same.length, other.length); i++)
    mixed.push(...same.slice(i, i + 1), ...other.slice(i, i + 1))
  return mixed.slice(0, MAX_ADDRESSES)
}

/** A resolver of ours that does not answer says nothing about the target, and others will fail by it too. */
function unanswered({ sentence, unmeasured }: Failure): Failure {
  if (unmeasured) return new Failure({ sentence, category: 'UNKNOWN', unmeasured })
  const why = `${sentence}: the resolver here gave no answer`
  return new Failure({ sentence: why, category: 'DNS_FAILURE', localFault: true })
}

function lookupFailure(error: unknown, host: string): Failure {
  const code = errorCode(error)
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_NONAME':
      return new Failure({ sentence: `name lookup: no such name ${host}`, category: 'DNS_FAILURE' })
    case 'ENODATA':
      return new Failure({ sentence: `name lookup: ${host} has no address`, category: 'DNS_FAILURE' })
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return new Failure({
        sentence: `name lookup of ${host} failed here: the resolver gave no answer (${code})`,
        category: 'DNS_FAILURE',
        localFault: true,
      })
  }
  return (
    exhaustion(code) ??
    new Failure({ sentence: `name lookup of ${host} failed here (${code})`, category: 'DNS_FAILURE', localFault: true })
  )
}
