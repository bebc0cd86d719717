import type { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { connect, type SecureContext, type TLSSocket } from 'node:tls'
import { certificateFailure, checkIdentity } from './certificate.ts'
import type { Deadline } from './deadline.ts'
import { ignore } from './dial.ts'
import { errorCode, exhaustion, Failure } from './failure.ts'

export interface Secured {
  socket: TLSSocket
  certificate: X509Certificate | undefined
  /** Null when the certificate is good, or nobody asks. */
  failure: Failure | null
}

/**
 * Does the TLS handshake on a connected socket. A bad certificate is judged after the handshake, so that its dates and
 * names can be shown; nothing was sent by then. A failed handshake destroys the socket.
 */
export function secure(
  socket: Socket,
  host: string,
  trust: SecureContext,
  verify: boolean,
  deadline: Deadline,
  nowMs: number,
): Promise<Secured | Failure> {
  return new Promise((settle) => {
    // Without this the request would wait for the acknowledgement of the handshake's last packet.
    socket.setNoDelay(true)
    const secured = connect({
      socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      secureContext: trust,
      rejectUnauthorized: false,
      checkServerIdentity: checkIdentity,
      ALPNProtocols: ['http/1.1'],
    })
    secured.on('error', ignore)
    const fail = (failure: Failure) => {
      secured.destroy()
      socket.destroy()
      settle(failure)
    }
    deadline.begin('during the TLS handshake', fail)
    secured.once('error', (error) => fail(handshakeFailure(error, host)))
    secured.once('secureConnect', () => {
      const certificate = secured.getPeerX509Certificate()
      const refused = verify && !secured.authorized
      const code = refused ? errorCode(secured.authorizationError) : ''
      settle({
        socket: secured,
        certificate,
        failure: refused ? certificateFailure(code, host, certificate, nowMs) : null,
      })
    })
  })
}

/** Says in words why TLS did not come about; also for refusals that TLS 1.3 only tells after the handshake. */
export function handshakeFailure(error: unknown, host: string): Failure {
  const code = errorCode(error)
  return exhaustion(code) ?? new Failure({ sentence: sentence(code, host), category: 'SSL_CERTIFICATE' })
}

function sentence(code: string, host: string): string {
  switch (code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return `${host} closed the connection during the TLS handshake`
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_HTTP_REQUEST':
    case 'ERR_SSL_RECORD_LAYER_FAILURE':
      return `${host} does not speak TLS on this port`
    case 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED':
    case 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REQUIRED':
      return `${host} demands a client certificate`
    case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
      return `${host} speaks only TLS versions older than 1.2`
    case 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME':
    case 'ERR_SSL_SSL/TLS_ALERT_UNRECOGNIZED_NAME':
      return `${host} has no certificate for this name`
  }
  return `the TLS handshake with ${host} failed (${code})`
}
