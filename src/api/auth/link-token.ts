import { hashSecret } from './api-key.ts'

/** The secret part of a link or a cookie: 256 random bits. Only the hash is stored. */
export function newLinkToken(randomBytes: (size: number) => Uint8Array): { token: string; tokenHash: string } {
  const token = Buffer.from(randomBytes(32)).toString('base64url')
  return { token, tokenHash: hashSecret(token) }
}

/** Whether a text can be such a token at all. */
export function looksLikeLinkToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}
