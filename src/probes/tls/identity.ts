import { checkServerIdentity, type PeerCertificate } from 'node:tls'

/** Like Node's own check, but a name in the common name only does not count: browsers refuse it (RFC 9525, section 2). */
export function checkIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  if (!certificate.subjectaltname) return Object.assign(new Error('no subjectAltName'), { code: 'NO_SUBJECT_ALT_NAME' })
  return checkServerIdentity(host, certificate)
}
