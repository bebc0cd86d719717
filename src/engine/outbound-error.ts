/** Why nothing came back, as a sentence that is safe to show: host and port, never the rest of the address. */
export class OutboundError extends Error {
  /** True when trying again can't help: the target is refused, or is no address at all. */
  readonly permanent: boolean
  constructor(message: string, permanent: boolean) {
    super(message)
    this.name = 'OutboundError'
    this.permanent = permanent
  }
}

/** What happened, after the host's name. Codes are those of libuv, OpenSSL and Node's HTTP parser. */
const WORDS: { readonly [code: string]: string } = {
  ENOTFOUND: 'could not be found: no such name, or no address for it',
  EAI_AGAIN: 'could not be looked up: the name servers did not answer',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection before a whole answer came',
  EPIPE: 'closed the connection before a whole answer came',
  EHOSTUNREACH: 'could not be reached: no route to it',
  ENETUNREACH: 'could not be reached: no route to its network',
  ETIMEDOUT: 'did not accept the connection in time',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  CERT_NOT_YET_VALID: 'has a certificate that is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'has a certificate from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'does not send the whole chain of its certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
}

/** Puts a fault of the connection into words. The original message is left behind: it may hold anything. */
export function outboundError(error: unknown, host: string): OutboundError {
  if (error instanceof OutboundError) return error
  const code = codeOf(error)
  if (code === 'ABORT_ERR') return new OutboundError(`${host} gave no answer in time`, false)
  return new OutboundError(`${host} ${WORDS[code] ?? wordsByKind(code)}`, false)
}

function wordsByKind(code: string): string {
  if (code.startsWith('HPE_')) return `sent something that is not an HTTP answer (${code})`
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return `did not agree on a TLS connection (${code})`
  }
  return `could not be talked to (${code})`
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'unknown fault'
  return typeof error.code === 'string' && /^[A-Z0-9_]{1,64}$/.test(error.code) ? error.code : 'unknown fault'
}
