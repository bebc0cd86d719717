import { createSecureContext } from 'node:tls'
import { type Static, Type } from 'typebox'
import { DEFAULT_CERTIFICATE_DAYS } from '#domain'
import { errorCode } from '../net/failure.ts'
import { readCertificates, readPrivateKey } from './pem.ts'
import type { TlsMaterial } from './trust.ts'

const PEM_MAX = 65_536

/** The fields of every type that speaks TLS. */
export const TlsFields = {
  caCertificate: Type.Optional(
    Type.String({
      maxLength: PEM_MAX,
      description: 'Certificates of authorities, in PEM, that this monitor trusts beside the usual ones.',
      examples: ['-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n'],
    }),
  ),
  clientCertificate: Type.Optional(
    Type.String({
      maxLength: PEM_MAX,
      description:
        'Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey.',
      examples: ['-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n'],
    }),
  ),
  clientKey: Type.Optional(
    Type.String({
      maxLength: PEM_MAX,
      secret: true,
      description: 'Private key of clientCertificate, in PEM.',
      examples: ['-----BEGIN PRIVATE KEY-----\nMIGH…\n-----END PRIVATE KEY-----\n'],
    }),
  ),
  clientKeyPassphrase: Type.Optional(
    Type.String({ maxLength: 1_000, secret: true, description: 'Passphrase of an encrypted clientKey.' }),
  ),
  sslCertExpiryDays: Type.Optional(
    Type.Union(
      [
        Type.Integer({ minimum: 1, maximum: 365 }),
        Type.Array(Type.Integer({ minimum: 1, maximum: 365 }), { minItems: 1, maxItems: 20 }),
      ],
      {
        default: [...DEFAULT_CERTIFICATE_DAYS],
        description:
          'Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default.',
        examples: [[30, 14, 7, 3, 1], 21],
      },
    ),
  ),
}

const Shape = Type.Object(TlsFields)
export type TlsConfig = Static<typeof Shape>

/** What a schema can't say about the fields of TLS. */
export function tlsProblems(config: TlsConfig): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = []
  const add = (path: string, message: string) => problems.push({ path, message })
  const { caCertificate, clientCertificate, clientKey, clientKeyPassphrase } = config
  if (caCertificate !== undefined) {
    const read = readCertificates(caCertificate)
    if (typeof read === 'string') add('caCertificate', read)
  }
  const chain = clientCertificate === undefined ? [] : readCertificates(clientCertificate)
  if (typeof chain === 'string') add('clientCertificate', chain)
  if (clientCertificate !== undefined && clientKey === undefined) add('clientKey', 'is required with clientCertificate')
  if (clientKey === undefined) {
    if (clientKeyPassphrase !== undefined) add('clientKeyPassphrase', 'has no clientKey to open')
    return problems
  }
  if (clientCertificate === undefined) add('clientCertificate', 'is required with clientKey')
  const key = readPrivateKey(clientKey, clientKeyPassphrase)
  if ('path' in key) add(key.path, key.message)
  else if (typeof chain !== 'string' && chain[0] !== undefined && !chain[0].checkPrivateKey(key)) {
    add('clientKey', 'does not belong to clientCertificate')
  }
  if (problems.length === 0) {
    const refusal = opensslRefusal(config)
    if (refusal !== null) add('clientCertificate', `can not be used: ${refusal}`)
  }
  return problems
}

/** OpenSSL does not take everything that can be read: keys that are too small, for one. */
function opensslRefusal({ clientCertificate, clientKey, clientKeyPassphrase }: TlsConfig): string | null {
  try {
    createSecureContext({ cert: clientCertificate, key: clientKey, passphrase: clientKeyPassphrase })
    return null
  } catch (error) {
    return errorCode(error)
  }
}

/** What a configuration brings of its own; null when it brings nothing, as most do. */
export function tlsMaterial(config: TlsConfig): TlsMaterial | null {
  const { caCertificate, clientCertificate, clientKey, clientKeyPassphrase } = config
  if (caCertificate === undefined && clientCertificate === undefined) return null
  return { caCertificate, clientCertificate, clientKey, clientKeyPassphrase }
}
