import type { Phases } from '#domain'
import type { AssertionOutcome } from '../assertions/judge-assertions.ts'
import type { FailedAttempt } from '../net/dial.ts'
import type { KnownCertificate } from '../tls/certificate.ts'
import type { BodyBytes } from './body-bytes.ts'

/** A redirect that was seen: its status and where it led, masked. */
type SeenRedirect = { statusCode: number; url: string }

/** The head of an answer. */
export interface Head {
  statusCode: number
  statusMessage: string
  httpVersion: string
  /** Name, value, name, value … as they came, a character per byte. */
  rawHeaders: string[]
}

/** What a check has seen so far: all that a result tells, whether it ended well or in the middle. */
export interface Sighting {
  phases: Phases
  /** Of the current hop; null before its headers came. */
  head: Head | null
  /** Body bytes of the current hop, as they came. */
  bytes: number
  /** The body, where somebody wants to read it, as far as it counts. */
  body: BodyBytes | null
  /** Reading ended before the body did, on purpose. */
  cut: boolean
  address: string | null
  family: number | null
  attempts: FailedAttempt[]
  redirects: SeenRedirect[]
  /** Name of the proxy that the check went through. */
  proxy: string | null
  /** Of the last hop with TLS. */
  certificate: KnownCertificate | null
  firstToEnd: KnownCertificate | null
  /** Time until the last answer was there, without judging it; null while there is none. */
  elapsedMs: number | null
  /** How each assertion went; null where none was judged. */
  assertions: AssertionOutcome[] | null
}

export function nothingSeen(): Sighting {
  return {
    phases: { dns: null, connect: null, tls: null, firstByte: null, download: null },
    head: null,
    bytes: 0,
    body: null,
    cut: false,
    address: null,
    family: null,
    attempts: [],
    redirects: [],
    proxy: null,
    certificate: null,
    firstToEnd: null,
    elapsedMs: null,
    assertions: null,
  }
}

/** The values of a header, in order. */
export function headerValues(head: Head, name: string): string[] {
  const values: string[] = []
  for (let i = 0; i < head.rawHeaders.length; i += 2) {
    if (head.rawHeaders[i]?.toLowerCase() === name) values.push(head.rawHeaders[i + 1] ?? '')
  }
  return values
}

/** The first value of a header; null when it is absent. */
export function headerValue(head: Head, name: string): string | null {
  for (let i = 0; i < head.rawHeaders.length; i += 2) {
    if (head.rawHeaders[i]?.toLowerCase() === name) return head.rawHeaders[i + 1] ?? ''
  }
  return null
}
