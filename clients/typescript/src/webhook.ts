const encoder = new TextEncoder()

/**
 * Whether a webhook comes from who knows the secret: compares `X-Webhook-Signature`, the lower-case hex HMAC-SHA256 of
 * the body. Takes the body as it came, or as it was parsed. The time that it takes says nothing about the signature.
 */
export async function verifyWebhook(
  payload: string | Uint8Array | object,
  signature: string | null | undefined,
  secret: string,
): Promise<boolean> {
  if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature) || secret === '') return false
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return check(encoder.encode(secret), bytes, bytesOf(payload))
}

/** The headers of the Standard Webhooks specification, and how old a message may be. */
export interface StandardWebhook {
  /** `webhook-id`: stays the same when a delivery is repeated, so that you can tell. */
  id: string | null | undefined
  /** `webhook-timestamp`, Unix seconds. */
  timestamp: string | null | undefined
  /** `webhook-signature`: `v1,<base64>`, several with blanks between. */
  signature: string | null | undefined
  /** How old or early it may be, in seconds. Default: 300. */
  toleranceS?: number
  /** Wall time in ms. */
  now?: () => number
}

/** The same by the Standard Webhooks headers, which also bind the time: an old message sent again is refused. */
export async function verifyStandardWebhook(
  body: string | Uint8Array,
  { id, timestamp, signature, toleranceS = 300, now = Date.now }: StandardWebhook,
  secret: string,
): Promise<boolean> {
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') return false
  if (secret === '' || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(Math.floor(now() / 1000) - Number(timestamp)) > toleranceS) return false
  const key = secret.startsWith('whsec_') ? fromBase64(secret.slice('whsec_'.length)) : encoder.encode(secret)
  if (key === null || key.length === 0) return false
  const head = encoder.encode(`${id}.${timestamp}.`)
  const tail = bytesOf(body)
  const message = new Uint8Array(head.length + tail.length)
  message.set(head)
  message.set(tail, head.length)
  for (const one of signature.split(' ')) {
    const bytes = one.startsWith('v1,') ? fromBase64(one.slice('v1,'.length)) : null
    if (bytes !== null && (await check(key, bytes, message))) return true
  }
  return false
}

/** WebCrypto compares in constant time. */
async function check(
  key: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
) {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  return crypto.subtle.verify('HMAC', imported, signature, message)
}

function bytesOf(payload: string | Uint8Array | object): Uint8Array<ArrayBuffer> {
  if (payload instanceof Uint8Array) return new Uint8Array(payload)
  return encoder.encode(typeof payload === 'string' ? payload : JSON.stringify(payload))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
