import { errorCode, exhaustion, Failure } from '../net/failure.ts'
import { handshakeFailure } from '../tls/secure.ts'
import { headerValue, type Sighting } from './sighting.ts'

/** Largest block of response headers that is read: four times Node's own limit, as much as servers are known to send. */
export const MAX_HEADER_BYTES = 65_536

/** What the parser's verdicts mean. The list is pinned by a test: a release must not turn working monitors DOWN. */
const INVALID: { readonly [code: string]: string } = {
  HPE_INVALID_CONSTANT: 'the answer does not start with "HTTP/"',
  HPE_INVALID_VERSION: 'unknown HTTP version',
  HPE_INVALID_STATUS: 'the status line is malformed',
  HPE_INVALID_HEADER_TOKEN: 'a header line is malformed',
  HPE_CR_EXPECTED: 'header lines end in LF without CR',
  HPE_LF_EXPECTED: 'a CR is not followed by LF',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'Content-Length comes twice, or beside Transfer-Encoding',
  HPE_INVALID_CONTENT_LENGTH: 'Content-Length is not a number, or comes beside Transfer-Encoding',
  HPE_INVALID_TRANSFER_ENCODING: 'Transfer-Encoding is not usable, or comes beside Content-Length',
  HPE_INVALID_CHUNK_SIZE: 'a chunk size is not a number',
  HPE_STRICT: 'a line does not end where it should',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'chunk extensions are too large',
  HPE_INVALID_EOF_STATE: 'the answer ends in the middle',
}

/** Says in words how the exchange with a server failed. `spoke`: at least one byte of an answer came. */
export function exchangeFailure(error: unknown, host: string, spoke: boolean, seen: Sighting, phase: string): Failure {
  const code = errorCode(error)
  const exhausted = exhaustion(code)
  if (exhausted !== null) return exhausted
  if (seen.head !== null && (code === 'ECONNRESET' || code === 'HPE_INVALID_EOF_STATE')) return cutOff(seen)
  if (code === 'HPE_HEADER_OVERFLOW') {
    return broken(`invalid HTTP from the server: its headers are larger than ${MAX_HEADER_BYTES} bytes`)
  }
  if (code === 'HPE_INVALID_EOF_STATE') return broken('server closed the connection in the middle of its headers')
  if (code.startsWith('HPE_')) {
    return broken(`invalid HTTP from the server: ${INVALID[code] ?? 'it can not be parsed'} (${code})`)
  }
  if (code.startsWith('ERR_SSL_')) return handshakeFailure(error, host)
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    const byReset = error instanceof Error && 'syscall' in error && error.syscall === 'read'
    if (spoke) return broken('server closed the connection in the middle of its headers')
    return broken(`server ${byReset ? 'reset' : 'closed'} the connection without a response`)
  }
  return new Failure({ sentence: `connection lost ${phase} (${code})`, category: 'INFRASTRUCTURE' })
}

function cutOff(seen: Sighting): Failure {
  const length = seen.head === null ? null : headerValue(seen.head, 'content-length')
  return broken(
    length === null
      ? `connection closed after ${seen.bytes} bytes, before the end of the body`
      : `connection closed after ${seen.bytes} of ${length} bytes`,
  )
}

function broken(sentence: string): Failure {
  return new Failure({ sentence, category: 'SERVER_ERROR' })
}
