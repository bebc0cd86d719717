import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { pemCertificates } from './pem.ts'

/** What a monitor brings of its own for TLS, in PEM. */
export interface TlsMaterial {
  caCertificate: string | undefined
  clientCertificate: string | undefined
  clientKey: string | undefined
  clientKeyPassphrase: string | undefined
}

/** Whom a check trusts, and as whom it comes. */
export interface Trust {
  context: SecureContext
  /** The trusted authorities of this name, in the form of `X509Certificate.subject`. */
  authorities(subject: string): readonly X509Certificate[]
}

export type TrustSource = (material: TlsMaterial | null) => Trust

const MAX_KEPT = 200
const kept = new Map<string, Trust>()
let usual: string[] | null = null
let shared: Trust | null = null

/**
 * The trust of a check: Node's own authorities, those of `NODE_EXTRA_CA_CERTS` and the system's, and the monitor's own
 * beside them. Monitors with the same material share one context, most share the plain one: each handshake saves
 * 0.3 ms with it. Made at the first use, since reading the system's store blocks for about 0.1 s.
 */
export function trustedContext(material: TlsMaterial | null): Trust {
  if (material === null) {
    shared ??= makeTrust(usualAuthorities(), null)
    return shared
  }
  const key = JSON.stringify(material)
  const before = kept.get(key)
  if (before !== undefined) return before
  const trust = makeTrust([...usualAuthorities(), ...pemCertificates(material.caCertificate ?? '')], material)
  if (kept.size >= MAX_KEPT) kept.clear()
  kept.set(key, trust)
  return trust
}

/** A trust in these authorities only. */
export function trustIn(authorities: string[]): Trust {
  return makeTrust(authorities, null)
}

function usualAuthorities(): string[] {
  usual ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  return usual
}

function makeTrust(ca: string[], material: TlsMaterial | null): Trust {
  let bySubject: Map<string, X509Certificate[]> | null = null
  return {
    context: createSecureContext({
      ca,
      ...(material?.clientCertificate !== undefined && { cert: material.clientCertificate }),
      ...(material?.clientKey !== undefined && { key: material.clientKey }),
      ...(material?.clientKeyPassphrase !== undefined && { passphrase: material.clientKeyPassphrase }),
    }),
    authorities(subject) {
      bySubject ??= Map.groupBy(
        ca.map((pem) => new X509Certificate(pem)),
        (each) => each.subject,
      )
      return bySubject.get(subject) ?? []
    },
  }
}
