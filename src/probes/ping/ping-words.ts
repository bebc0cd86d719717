import { exhaustion, Failure } from '../net/failure.ts'

/** Says in words why a packet could not be sent to an address. */
export function unsentFailure(code: string, address: string): Failure {
  switch (code) {
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
      return new Failure({ sentence: `host ${address} can't be reached (${code})`, category: 'INFRASTRUCTURE' })
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return new Failure({
        sentence: `no route from this machine to ${address} (${code})`,
        category: 'INFRASTRUCTURE',
        localFault: true,
      })
    case 'EMSGSIZE':
      return new Failure({
        sentence: `packetSize: packets of this size do not fit the way to ${address} (EMSGSIZE)`,
        category: 'CONFIGURATION_ERROR',
      })
    case 'EAFNOSUPPORT':
    case 'EADDRNOTAVAIL':
      return unmeasured(`this machine has no address to reach ${address} from (${code})`)
    case 'EACCES':
    case 'EPERM':
      return unmeasured(`this machine does not allow packets to ${address} (${code})`)
  }
  return exhaustion(code) ?? unmeasured(`no packet could be sent to ${address} (${code})`)
}

/** The machine can't ping at all: says what to allow or install. */
export function noWayToPing(reason: string): string {
  return (
    `ping can't be measured from here: ${reason}, and there is no ping program. Allow it with ` +
    `sysctl -w net.ipv4.ping_group_range="0 2147483647", or give the process CAP_NET_RAW, or install ping ` +
    '(package iputils-ping)'
  )
}

export function unmeasured(sentence: string): Failure {
  return new Failure({ sentence, category: 'INFRASTRUCTURE', unmeasured: true })
}
