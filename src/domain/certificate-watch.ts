import type { CheckReport, Json } from './check.ts'
import type { Draft } from './decision.ts'
import { parseJsonObject } from './json-object.ts'
import type { Monitor } from './monitor.ts'
import { checkOf, isoSeconds } from './payload.ts'
import type { RegionState } from './state.ts'

/** What the watch over its end needs of a certificate that a check saw. */
export interface WatchedCertificate {
  /** SHA-256 of the certificate; a renewed one has another. */
  fingerprint: string
  subject: string
  issuer: string
  notAfterMs: number
}

/** What is remembered of a monitor's certificates. */
export interface CertificateWatch {
  /** The one that a check saw last; it stays while checks see none. */
  latest: WatchedCertificate
  /** The smallest threshold that was told of, by certificate, oldest first: regions may see different ones. */
  told: readonly { fingerprint: string; days: number }[]
}

export const DEFAULT_CERTIFICATE_DAYS: readonly number[] = [30, 14, 7, 3, 1]

const DAY_MS = 86_400_000
const TOLD_MAX = 16

/**
 * The thresholds of `sslCertExpiryDays`, largest first: a list, or a number that means itself and each smaller one of
 * the default; the default for anything else.
 */
export function certificateDays(given: Json | undefined): readonly number[] {
  const list = typeof given === 'number' ? [given, ...DEFAULT_CERTIFICATE_DAYS.filter((days) => days < given)] : given
  if (!Array.isArray(list)) return DEFAULT_CERTIFICATE_DAYS
  const days = list.filter((each) => typeof each === 'number' && each > 0)
  return days.length === 0 ? DEFAULT_CERTIFICATE_DAYS : [...new Set(days as number[])].sort((a, b) => b - a)
}

/**
 * Where a monitor's certificate comes from: the server in its address, the port, and the name that it asks for. What
 * was seen of a certificate holds as long as this stays the same.
 */
export function certificateSource({ settings, config }: Monitor): string {
  const server = (settings.url ?? '').trim().replace(/^([a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?([^/?#]*).*$/is, '$1$2')
  const headers = config['requestHeaders']
  const given = typeof headers === 'string' ? parseJsonObject(headers) : headers
  const host = Object.entries(given ?? {}).find(([name]) => name.toLowerCase() === 'host')?.[1]
  return JSON.stringify([server, config['port'], host]).toLowerCase()
}

/** The most urgent threshold that a certificate has crossed; null when none. */
export function crossedThreshold(notAfterMs: number, atMs: number, days: readonly number[]): number | null {
  const crossed = days.filter((each) => notAfterMs - atMs <= each * DAY_MS)
  return crossed.length === 0 ? null : Math.min(...crossed)
}

/**
 * Looks at the certificate of a check: told once per threshold and certificate, the most urgent only when several are
 * crossed at once. A check that saw none leaves what is known.
 */
export function watchCertificate(draft: Draft, report: CheckReport, region: RegionState, monitor: Monitor): void {
  const seen = report.result.certificate
  if (seen === undefined || seen === null) return
  const before = draft.state.certificate ?? null
  const latest = before?.latest.fingerprint === seen.fingerprint ? before.latest : seen
  const days = certificateDays(monitor.config['sslCertExpiryDays'])
  const threshold = crossedThreshold(seen.notAfterMs, report.startedAtMs, days)
  const toldDays = before?.told.find(({ fingerprint }) => fingerprint === seen.fingerprint)?.days
  const isNews = threshold !== null && (toldDays === undefined || threshold < toldDays)
  if (!isNews) {
    if (latest !== before?.latest) {
      draft.state = { ...draft.state, certificate: { latest, told: before?.told ?? [] } }
    }
    return
  }
  const others = (before?.told ?? []).filter(({ fingerprint }) => fingerprint !== seen.fingerprint)
  const told = [...others, { fingerprint: seen.fingerprint, days: threshold }].slice(-TOLD_MAX)
  draft.state = { ...draft.state, certificate: { latest, told } }
  draft.tell('ssl.expiring', checkOf(region.last, report.region), {
    days: Math.floor((seen.notAfterMs - report.startedAtMs) / DAY_MS),
    threshold,
    validTo: isoSeconds(seen.notAfterMs),
    subject: seen.subject,
    issuer: seen.issuer,
    fingerprint256: seen.fingerprint,
  })
}
