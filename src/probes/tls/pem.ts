import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { errorCode } from '../net/failure.ts'

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/** The certificates in a text, each in PEM (RFC 7468). */
export function pemCertificates(text: string): string[] {
  return text.match(CERTIFICATE) ?? []
}

/** Reads every certificate of a text. Returns a sentence that says what is wrong where one can't be read. */
export function readCertificates(text: string): X509Certificate[] | string {
  const pems = pemCertificates(text)
  if (pems.length === 0) return 'expected a certificate in PEM, such as "-----BEGIN CERTIFICATE-----\\nMIIB…"'
  const read: X509Certificate[] = []
  for (const [at, pem] of pems.entries()) {
    try {
      read.push(new X509Certificate(pem))
    } catch {
      return pems.length === 1
        ? 'the certificate can not be read'
        : `certificate ${at + 1} of ${pems.length} can not be read`
    }
  }
  return read
}

/** Reads a private key. Returns a problem, with the field that it lies in. */
export function readPrivateKey(
  text: string,
  passphrase: string | undefined,
): KeyObject | { path: 'clientKey' | 'clientKeyPassphrase'; message: string } {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return {
      path: 'clientKey',
      message: 'expected a private key in PEM, such as "-----BEGIN PRIVATE KEY-----\\nMIGH…"',
    }
  }
  const isEncrypted = /BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text)
  if (isEncrypted && (passphrase ?? '') === '') {
    return { path: 'clientKeyPassphrase', message: 'is required: clientKey is encrypted' }
  }
  try {
    return createPrivateKey({ key: text, format: 'pem', ...(passphrase !== undefined && { passphrase }) })
  } catch (error) {
    if (isEncrypted) return { path: 'clientKeyPassphrase', message: 'does not open clientKey' }
    return { path: 'clientKey', message: `the private key can not be read (${errorCode(error)})` }
  }
}
