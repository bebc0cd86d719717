import { X509Certificate } from 'node:crypto'
import type { WatchedCertificate } from '#domain'

/** What a certificate says, as results show it. Times are ISO 8601. */
export type CertificateFacts = {
  subject: string
  issuer: string
  /** Host names and addresses that it is for (subjectAltName). */
  names: string[]
  serial: string
  validFrom: string
  validTo: string
  fingerprint256: string
  keyType: string
  /** Bits of an RSA key, name of an elliptic curve; null for others. */
  keySize: number | string | null
}

/** A certificate that was seen before. */
export interface KnownCertificate {
  facts: CertificateFacts
  validFromMs: number
  validToMs: number
}

const DAY_MS = 86_400_000
const MAX_NAMES = 100

/** Certificates change every few weeks, checks come every few seconds. */
const known = new Map<string, KnownCertificate>()

/** What a certificate says; parsed once per fingerprint. `raw` is its DER form. */
export function knownCertificate(fingerprint256: string, raw: Uint8Array | X509Certificate): KnownCertificate {
  const before = known.get(fingerprint256)
  if (before !== undefined) return before
  const certificate = readCertificate(raw instanceof X509Certificate ? raw : new X509Certificate(raw))
  if (known.size >= 5_000) known.clear()
  known.set(fingerprint256, certificate)
  return certificate
}

/** Whole days until a moment, rounded down; negative once it has passed. */
export function daysUntil(ms: number, nowMs: number): number {
  return Math.floor((ms - nowMs) / DAY_MS)
}

/** What the watch over its end needs of a certificate. */
export function watchedCertificate({ facts, validToMs }: KnownCertificate): WatchedCertificate {
  return { fingerprint: facts.fingerprint256, subject: facts.subject, issuer: facts.issuer, notAfterMs: validToMs }
}

/** `CN=site.test, O=Site`. */
export function oneLine(name: string | undefined): string {
  return (name ?? '').trim().replaceAll('\n', ', ').slice(0, 300)
}

/** The common name, else the whole name: how people call an authority. */
export function shortName(name: string | undefined): string {
  return /^CN=(.+)$/m.exec(name ?? '')?.[1]?.slice(0, 100) ?? oneLine(name)
}

/** Host names and addresses of the subjectAltName. */
export function alternativeNames({ subjectAltName }: X509Certificate): string[] {
  // Names with commas or quotes in them come as JSON strings.
  const parts = (subjectAltName ?? '').match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []
  return parts.map((part) => part.trim().replace(/^(DNS|IP Address):/, '')).filter((name) => name !== '')
}

function readCertificate(certificate: X509Certificate): KnownCertificate {
  return {
    facts: {
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      names: alternativeNames(certificate).slice(0, MAX_NAMES),
      serial: certificate.serialNumber,
      validFrom: certificate.validFromDate.toISOString(),
      validTo: certificate.validToDate.toISOString(),
      fingerprint256: certificate.fingerprint256,
      ...keyOf(certificate),
    },
    validFromMs: certificate.validFromDate.getTime(),
    validToMs: certificate.validToDate.getTime(),
  }
}

function keyOf(certificate: X509Certificate): Pick<CertificateFacts, 'keyType' | 'keySize'> {
  try {
    const { asymmetricKeyType = 'unknown', asymmetricKeyDetails } = certificate.publicKey
    return {
      keyType: asymmetricKeyType,
      keySize: asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve ?? null,
    }
  } catch {
    // A kind of key that OpenSSL does not know; the rest can still be shown.
    return { keyType: 'unknown', keySize: null }
  }
}
