import type { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { connect, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls'
import type { Deadline } from '../net/deadline.ts'
import { ignore } from '../net/dial.ts'
import { errorCode, exhaustion, Failure } from '../net/failure.ts'
import { type KnownCertificate, knownCertificate } from './certificate.ts'
import { checkIdentity } from './identity.ts'

export interface Secured {
  socket: TLSSocket
  certificate: KnownCertificate | null
  /** Why the certificate is not accepted: OpenSSL's code or that of the identity check. Null when it is. */
  problem: string | null
}

export interface TlsWish {
  /** Name or address that the certificate must be for. An address is not sent as server name (RFC 6066, section 3). */
  host: string
  context: SecureContext
  alpn?: string[]
}

/**
 * Does the TLS handshake on a connected socket; no session is resumed, so that a new certificate is always seen. A bad
 * certificate is judged after the handshake, so that its dates and names can be shown; nothing was sent by then. A
 * failed handshake destroys the socket.
 */
export function secure(socket: Socket, wish: TlsWish, deadline: Deadline): Promise<Secured | Failure> {
  const { host, context, alpn } = wish
  return new Promise((settle) => {
    // Without this the request would wait for the acknowledgement of the handshake's last packet.
    socket.setNoDelay(true)
    let seen: PeerCertificate | null = null
    const secured = connect({
      socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      secureContext: context,
      rejectUnauthorized: false,
      checkServerIdentity: (name, certificate) => {
        // Node has read it anyway; reading it again would cost as much as a fifth of the handshake.
        seen = certificate
        return checkIdentity(name, certificate)
      },
      ...(alpn !== undefined && { ALPNProtocols: alpn }),
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
      settle({
        socket: secured,
        certificate: certificateOf(secured, seen),
        problem: secured.authorized ? null : errorCode(secured.authorizationError),
      })
    })
  })
}

/** The leaf that a server sent; undefined for one without certificates. */
export function leafOf(socket: TLSSocket): X509Certificate | undefined {
  return socket.getPeerX509Certificate()
}

function certificateOf(socket: TLSSocket, seen: PeerCertificate | null): KnownCertificate | null {
  if (seen !== null) return knownCertificate(seen.fingerprint256, seen.raw)
  const leaf = leafOf(socket)
  return leaf === undefined ? null : knownCertificate(leaf.fingerprint256, leaf)
}

/** Says in words why TLS did not come about; also for refusals that TLS 1.3 only tells after the handshake. */
export function handshakeFailure(error: unknown, host: string): Failure {
  const code = errorCode(error)
  return exhaustion(code) ?? new Failure({ sentence: sentence(code, host), category: 'SSL_CERTIFICATE' })
}

/** TLS alerts (RFC 8446, section 6.2) that a server answers a client certificate with. */
const REFUSED_CLIENT =
  /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED)$/

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
      return 'the server demands a client certificate'
    case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
      return `${host} speaks only TLS versions older than 1.2`
    case 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME':
    case 'ERR_SSL_SSL/TLS_ALERT_UNRECOGNIZED_NAME':
      return `${host} has no certificate for this name`
    case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
    case 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE':
      return `${host} refused the TLS handshake: no cipher in common, or it demands a client certificate`
  }
  if (REFUSED_CLIENT.test(code)) return `the server does not accept the client certificate (${code})`
  return `the TLS handshake with ${host} failed (${code})`
}
