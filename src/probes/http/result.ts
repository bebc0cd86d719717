import type { CheckResult, Json } from '#domain'
import { maskUrl } from './credentials.ts'
import type { Failure } from './failure.ts'
import type { Hop } from './hop.ts'
import type { Sighting } from './sighting.ts'

export interface Outcome {
  seen: Sighting
  failure: Failure | null
  /** The last hop; null when none was tried. */
  hop: Hop | null
  totalMs: number
}

/** What a check found, from what it saw; a failing one is yet without its evidence. */
export function resultOf({ seen, failure, hop, totalMs }: Outcome): CheckResult {
  const statusCode = seen.head?.statusCode ?? null
  const result: CheckResult = {
    status: 'UP',
    responseTimeMs: statusCode === null ? null : totalMs,
    phases: seen.phases,
    statusCode,
    error: null,
    category: null,
    localFault: false,
    details: detailsOf(seen, hop),
    evidence: null,
  }
  if (failure === null) return result
  result.status = failure.unmeasured ? 'UNKNOWN' : 'DOWN'
  result.error = failure.sentence
  result.category = failure.category
  result.localFault = failure.localFault
  return result
}

function detailsOf(seen: Sighting, hop: Hop | null): Json {
  return {
    url: hop === null ? null : maskUrl(hop.url.href),
    httpVersion: seen.head?.httpVersion ?? null,
    address: seen.address,
    family: seen.family,
    redirects: seen.redirects,
    bytes: seen.bytes,
    ...(seen.certificate !== null && { certificate: seen.certificate }),
  }
}
