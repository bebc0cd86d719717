import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16
export const KEY_BYTES = 32

/** A secret can't be opened, or a key is not usable. The message never holds the secret. */
export class SecretError extends Error {
  override name = 'SecretError'
}

/**
 * Seals text with AES-256-GCM (NIST SP 800-38D). A sealed text names its key, so that keys can be rotated: the first key
 * seals, all of them open.
 */
export class SecretBox {
  readonly #keys = new Map<string, Uint8Array>()
  readonly #sealing: { id: string; key: Uint8Array }

  /** Throws `SecretError` unless there is at least one key and each has 32 bytes. */
  constructor(keys: readonly Uint8Array[]) {
    for (const key of keys) {
      if (key.length !== KEY_BYTES) throw new SecretError(`expected a key of ${KEY_BYTES} bytes, got ${key.length}`)
      this.#keys.set(keyId(key), key)
    }
    const [first] = keys
    if (first === undefined) throw new SecretError('expected at least one key')
    this.#sealing = { id: keyId(first), key: first }
  }

  seal(text: string): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#sealing.key, nonce, { authTagLength: TAG_BYTES })
    cipher.setAAD(Buffer.from(this.#sealing.id))
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return `${this.#sealing.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
  }

  /** Throws `SecretError` for an unknown key or an altered text. */
  open(sealed: string): string {
    const [id = '', encoded = ''] = sealed.split('.')
    const key = this.#keys.get(id)
    if (key === undefined) throw new SecretError('sealed with a key that this instance does not have')
    const bytes = Buffer.from(encoded, 'base64url')
    if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new SecretError('a sealed text is cut short')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(id))
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    } catch {
      throw new SecretError('a sealed text was altered')
    }
  }
}

/** Eight hex digits that tell keys apart and say nothing about them. */
function keyId(key: Uint8Array): string {
  return createHash('sha256').update('statusapp key id').update(key).digest('hex').slice(0, 8)
}
