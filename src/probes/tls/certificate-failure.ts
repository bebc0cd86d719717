import type { X509Certificate } from 'node:crypto'
import { Failure } from '../net/failure.ts'
import { alternativeNames, shortName } from './certificate.ts'
import { endsAtRoot, pathOf, sentChain } from './sent-chain.ts'

/** Says in words why a certificate is not accepted. `code` is OpenSSL's verdict or that of the identity check. */
export function certificateFailure(code: string, host: string, leaf: X509Certificate | undefined, nowMs: number) {
  return new Failure({ sentence: certificateProblem(code, host, leaf, nowMs), category: 'SSL_CERTIFICATE' })
}

export function certificateProblem(
  code: string,
  host: string,
  leaf: X509Certificate | undefined,
  nowMs: number,
): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED': {
      const end = leaf?.validToDate
      if (end !== undefined && end.getTime() <= nowMs) return `the certificate of ${host} expired on ${day(end)}`
      return inChain(leaf, host, 'has expired', ({ validToDate }) => validToDate.getTime() <= nowMs)
    }
    case 'CERT_NOT_YET_VALID': {
      const start = leaf?.validFromDate
      if (start !== undefined && start.getTime() >= nowMs)
        return `the certificate of ${host} is not valid before ${day(start)}`
      return inChain(leaf, host, 'is not valid yet', ({ validFromDate }) => validFromDate.getTime() >= nowMs)
    }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `the certificate of ${host} is self-signed`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `the certificate of ${host} is signed by an authority that is not trusted here`
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return missingIssuer(leaf, host, nowMs)
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate is for ${names(leaf)}, not for ${host}`
    case 'NO_SUBJECT_ALT_NAME':
      return `the certificate names no host (it has no subjectAltName), so it can't be for ${host}`
  }
  return `the certificate of ${host} is not accepted (${code})`
}

function inChain(
  leaf: X509Certificate | undefined,
  host: string,
  what: string,
  isIt: (certificate: X509Certificate) => boolean,
): string {
  const bad = leaf === undefined ? undefined : sentChain(leaf).slice(1).find(isIt)
  if (bad === undefined) return `a certificate in the chain of ${host} ${what}`
  return `the certificate "${shortName(bad.subject)}" in the chain of ${host} ${what}`
}

/**
 * A server that leaves out an intermediate and one whose authority is private look the same from here: what was sent
 * ends below a root. Which one is more likely depends on what the certificate says of its issuer.
 */
function missingIssuer(leaf: X509Certificate | undefined, host: string, nowMs: number): string {
  if (leaf === undefined) return `the certificate chain of ${host} is incomplete, or its issuer is not trusted here`
  const path = pathOf(sentChain(leaf), () => [], nowMs)
  if (endsAtRoot(path)) return `the certificate of ${host} is signed by an authority that is not trusted here`
  const missing = shortName(path.at(-1)?.issuer)
  return `the server does not send the intermediate certificate "${missing}" that the chain of ${host} needs, or that authority is not trusted here`
}

function names(leaf: X509Certificate | undefined): string {
  const all = leaf === undefined ? [] : alternativeNames(leaf)
  return all.length > 5 ? `${all.slice(0, 5).join(', ')} and ${all.length - 5} more` : all.join(', ')
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
