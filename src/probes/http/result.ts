import type { CheckResult, Json } from '#domain'
import { shownOutcome } from '../assertions/judge-assertions.ts'
import { type Failure, judged } from '../net/failure.ts'
import { daysUntil, type KnownCertificate, watchedCertificate } from '../tls/certificate.ts'
import { expiryWarning } from '../tls/expiry-warning.ts'
import { maskUrl } from './credentials.ts'
import type { Hop } from './hop.ts'
import type { Sighting } from './sighting.ts'

export interface Outcome {
  seen: Sighting
  failure: Failure | null
  /** The last hop; null when none was tried. */
  hop: Hop | null
  totalMs: number
  nowMs: number
  /** Days before the end of a certificate from which on it is warned of. */
  days: readonly number[]
}

/** What a check found, from what it saw; a failing one is yet without its evidence. */
export function resultOf({ seen, failure, hop, totalMs, nowMs, days }: Outcome): CheckResult {
  const statusCode = seen.head?.statusCode ?? null
  const result: CheckResult = {
    ...judged(failure),
    responseTimeMs: statusCode === null ? null : totalMs,
    phases: seen.phases,
    statusCode,
    details: detailsOf(seen, hop, nowMs, days),
    evidence: null,
  }
  if (seen.firstToEnd !== null) result.certificate = watchedCertificate(seen.firstToEnd)
  return result
}

function detailsOf(seen: Sighting, hop: Hop | null, nowMs: number, days: readonly number[]): Json {
  return {
    url: hop === null ? null : maskUrl(hop.url.href),
    httpVersion: seen.head?.httpVersion ?? null,
    address: seen.address,
    family: seen.family,
    redirects: seen.redirects,
    bytes: seen.bytes,
    ...(seen.assertions !== null && { assertions: seen.assertions.map(shownOutcome) }),
    ...(seen.proxy !== null && { proxy: seen.proxy }),
    ...(seen.certificate !== null && certificateDetails(seen.certificate, nowMs, days)),
  }
}

/** The certificate, and what is to be said of it. */
function certificateDetails(certificate: KnownCertificate, nowMs: number, days: readonly number[]) {
  const daysLeft = daysUntil(certificate.validToMs, nowMs)
  const warning = expiryWarning('the certificate', certificate.validToMs, nowMs, days)
  return {
    certificate: { ...certificate.facts, daysLeft },
    ...(warning !== null && { warnings: [warning] }),
  }
}
