import { hash } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const SECRET_LENGTH = 40
const PREFIX_LENGTH = 12

/** A new API key: shown once; only its hash and its first characters are kept. */
export function newApiKey(randomBytes: (size: number) => Uint8Array): { key: string; hash: string; prefix: string } {
  const key = `sk_live_${randomText(randomBytes, SECRET_LENGTH)}`
  return { key, hash: hashSecret(key), prefix: key.slice(0, PREFIX_LENGTH) }
}

/** Random letters and digits. Bytes from 248 up are drawn again, so that no character is likelier. */
export function randomText(randomBytes: (size: number) => Uint8Array, length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62]
    }
  }
  return text
}

/** Lower-case hex SHA-256: what is stored of a key. A random key needs no slow hash. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

/** Whether a text can be an API key at all. */
export function looksLikeApiKey(text: string): boolean {
  return /^sk_live_[A-Za-z0-9_-]{16,128}$/.test(text)
}
