import { errorCode, exhaustion, Failure } from './failure.ts'

/** `127.0.0.1:80`, `[::1]:80`. */
export function socketName(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** Says in words why no connection to an address came about. */
export function connectFailure(error: unknown, address: string, port: number): Failure {
  const where = socketName(address, port)
  const code = errorCode(error)
  switch (code) {
    case 'ECONNREFUSED':
      return new Failure({ sentence: `connection refused by ${where}`, category: 'CONNECTION_REFUSED' })
    case 'ETIMEDOUT':
      return new Failure({ sentence: `${where} did not answer the connection attempt`, category: 'NETWORK_TIMEOUT' })
    case 'ECONNRESET':
      return new Failure({ sentence: `connection reset by ${where}`, category: 'CONNECTION_REFUSED' })
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
      return new Failure({ sentence: `host ${where} can't be reached (${code})`, category: 'INFRASTRUCTURE' })
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return local(`no route from this machine to ${where} (${code})`)
    case 'EADDRNOTAVAIL':
      return unmeasured(`this machine has no address or free port to reach ${where} from (${code})`)
    case 'EAFNOSUPPORT':
      return unmeasured(`this machine has no network of the family of ${where} (${code})`)
    case 'EACCES':
      // Over IPv6 a router's "prohibited" comes as this code too (RFC 4443, section 3.1).
      return address.includes(':')
        ? local(`a connection to ${where} is prohibited, here or on the way (${code})`)
        : unmeasured(`this machine does not allow a connection to ${where} (${code})`)
    case 'EPERM':
      return unmeasured(`this machine does not allow a connection to ${where} (${code})`)
  }
  return (
    exhaustion(code) ?? new Failure({ sentence: `could not connect to ${where} (${code})`, category: 'INFRASTRUCTURE' })
  )
}

function local(sentence: string): Failure {
  return new Failure({ sentence, category: 'INFRASTRUCTURE', localFault: true })
}

/** It lies with this machine alone: the target was not asked. */
function unmeasured(sentence: string): Failure {
  return new Failure({ sentence, category: 'INFRASTRUCTURE', unmeasured: true })
}
