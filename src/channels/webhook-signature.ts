import { createHmac } from 'node:crypto'

const SECRET_PREFIX = 'whsec_'
/** RFC 4648 section 4, with padding; at least one byte. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/

/** A new secret of 32 random bytes, in the form that Standard Webhooks libraries take: `whsec_` and base64. */
export function newWebhookSecret(randomBytes: (size: number) => Uint8Array): string {
  return SECRET_PREFIX + Buffer.from(randomBytes(32)).toString('base64')
}

/** True for a secret that announces base64 and has none: libraries on the receiving side would refuse it. */
export function isBrokenSecret(secret: string): boolean {
  return secret.startsWith(SECRET_PREFIX) && !BASE64.test(secret.slice(SECRET_PREFIX.length))
}

/** `X-Webhook-Signature`: lower-case hex HMAC-SHA256 of the body. The key is the secret's text as UTF-8, prefix and all. */
export function bodySignature(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/**
 * The headers of the Standard Webhooks specification, version 1 of its signature: HMAC-SHA256 over
 * `id.timestamp.body`. The key is what stands behind `whsec_`, decoded; of any other secret it is the text as UTF-8,
 * which its libraries take as a raw key.
 */
export function standardHeaders(
  secret: string,
  message: { id: string; atMs: number; body: string },
): { [name: string]: string } {
  const timestamp = String(Math.floor(message.atMs / 1000))
  const isEncoded = secret.startsWith(SECRET_PREFIX) && !isBrokenSecret(secret)
  const key = isEncoded ? Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64') : Buffer.from(secret, 'utf8')
  const signature = createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64')
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
