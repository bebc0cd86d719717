import { Buffer } from 'node:buffer'
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate and its key, in PEM. */
export interface Credentials {
  cert: string
  key: string
}

export interface CertificateWish {
  /** Common name. */
  name: string
  /** Host names and addresses of the subjectAltName; none leaves the extension out. */
  hosts?: string[]
  validFrom?: Date
  validTo?: Date
}

export interface Authority extends Credentials {
  /** Issues a certificate for a server, or for an authority below this one. */
  issue(wish: CertificateWish): Credentials
  issueAuthority(name: string, validity?: Validity): Authority
  /** Another certificate of this authority, for the same name and key. */
  reissue(validity: Validity): string
}

export type Validity = Pick<CertificateWish, 'validFrom' | 'validTo'>

const DAY_MS = 86_400_000
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

/** Makes an authority with a key of its own. X.509 version 3 (RFC 5280), as little of it as TLS needs. */
export function certificateAuthority(name = 'Test authority'): Authority {
  return authority(name, null)
}

/** A certificate that signs itself. */
export function selfSigned(wish: CertificateWish): Credentials {
  const pair = keyPair()
  return certificate(wish, false, pair, { name: wish.name, key: pair.privateKey })
}

interface Issuer {
  name: string
  key: KeyObject
}

function authority(name: string, parent: Issuer | null, validity: Validity = {}): Authority {
  const pair = keyPair()
  const self = { name, key: pair.privateKey }
  return {
    ...certificate({ name, ...validity }, true, pair, parent ?? self),
    issue: (wish) => certificate(wish, false, keyPair(), self),
    issueAuthority: (below, its) => authority(below, self, its),
    reissue: (its) => certificate({ name, ...its }, true, pair, parent ?? self).cert,
  }
}

function keyPair() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

function certificate(
  {
    name,
    hosts = [],
    validFrom = new Date(Date.now() - DAY_MS),
    validTo = new Date(Date.now() + 30 * DAY_MS),
  }: CertificateWish,
  isAuthority: boolean,
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
  issuer: Issuer,
): Credentials {
  const extensions = [
    ...(isAuthority ? [extension('2.5.29.19', sequence(der(0x01, Buffer.of(0xff))), true)] : []),
    ...(hosts.length > 0 ? [extension('2.5.29.17', sequence(...hosts.map(generalName)), false)] : []),
  ]
  const body = sequence(
    der(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    commonName(issuer.name),
    sequence(time(validFrom), time(validTo)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  )
  const signed = sequence(body, ECDSA_WITH_SHA256, bitString(sign('sha256', body, issuer.key)))
  const base64 = signed
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function extension(id: string, value: Buffer, critical: boolean): Buffer {
  return sequence(oid(id), ...(critical ? [der(0x01, Buffer.of(0xff))] : []), der(0x04, value))
}

function generalName(host: string): Buffer {
  if (isIP(host) === 0) return der(0x82, Buffer.from(host))
  if (isIP(host) === 4) return der(0x87, Buffer.from(host.split('.').map(Number)))
  throw new Error(`no certificate for the IPv6 address ${host}: tests need none`)
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))))
}

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280, section 4.1.2.5). */
function time(date: Date): Buffer {
  const digits = `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits))
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes)
}

function bitString(bytes: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.of(0), bytes]))
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const arc of rest) {
    const septets = [arc & 0x7f]
    for (let left = arc >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80)
    bytes.push(...septets)
  }
  return der(0x06, Buffer.from(bytes))
}

/** Tag, length, value (X.690, section 8.1). */
function der(tag: number, value: Buffer): Buffer {
  const { length } = value
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), value])
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), value])
}
