import type { X509Certificate } from 'node:crypto'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { Failure } from './failure.ts'

/** What is kept of a server's certificate. Times are ISO 8601. */
export type CertificateSummary = { subject: string; issuer: string; validFrom: string; validTo: string }

/** Certificates change every few weeks, checks come every few seconds. */
const known = new Map<string, CertificateSummary>()

export function summarize(certificate: X509Certificate): CertificateSummary {
  const before = known.get(certificate.fingerprint256)
  if (before !== undefined) return before
  const summary = {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
  }
  if (known.size >= 5_000) known.clear()
  known.set(certificate.fingerprint256, summary)
  return summary
}

function oneLine(name: string | undefined): string {
  return (name ?? '').trim().replaceAll('\n', ', ').slice(0, 300)
}

/** Like Node's own check, but a name in the common name only does not count: browsers refuse it (RFC 9525, section 2). */
export function checkIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  if (!certificate.subjectaltname) return Object.assign(new Error('no subjectAltName'), { code: 'NO_SUBJECT_ALT_NAME' })
  return checkServerIdentity(host, certificate)
}

/** Says in words why a certificate is not accepted. `code` is OpenSSL's verdict or that of the identity check. */
export function certificateFailure(
  code: string,
  host: string,
  certificate: X509Certificate | undefined,
  nowMs: number,
) {
  return new Failure({ sentence: sentence(code, host, certificate, nowMs), category: 'SSL_CERTIFICATE' })
}

function sentence(code: string, host: string, certificate: X509Certificate | undefined, nowMs: number): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED': {
      const end = certificate?.validToDate
      if (end === undefined || end.getTime() > nowMs) return `a certificate in the chain of ${host} has expired`
      return `the certificate of ${host} expired on ${day(end)}`
    }
    case 'CERT_NOT_YET_VALID': {
      const start = certificate?.validFromDate
      if (start === undefined || start.getTime() < nowMs)
        return `a certificate in the chain of ${host} is not valid yet`
      return `the certificate of ${host} is not valid before ${day(start)}`
    }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `the certificate of ${host} is self-signed`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `the certificate of ${host} is signed by an authority that is not trusted here`
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `the certificate chain of ${host} is incomplete, or its issuer is not trusted here`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate is for ${names(certificate)}, not for ${host}`
    case 'NO_SUBJECT_ALT_NAME':
      return `the certificate names no host (it has no subjectAltName), so it can't be for ${host}`
  }
  return `the certificate of ${host} is not accepted (${code})`
}

function names(certificate: X509Certificate | undefined): string {
  const all = (certificate?.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
  return all.length > 5 ? `${all.slice(0, 5).join(', ')} and ${all.length - 5} more` : all.join(', ')
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
