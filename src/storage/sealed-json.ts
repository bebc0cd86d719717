import { fromJson } from './json.ts'
import { StorageError } from './port.ts'
import { type SecretBox, SecretError } from './secret-box.ts'

export function sealJson(secrets: SecretBox, value: object): string {
  return secrets.seal(JSON.stringify(value))
}

/** Opens what `sealJson` sealed. Throws `StorageError` when the key is lost or the text was altered. */
export function openJson<T>(secrets: SecretBox, sealed: string): T {
  try {
    return fromJson<T>(secrets.open(sealed))
  } catch (error) {
    if (error instanceof SecretError) throw new StorageError('broken', error.message, { cause: error })
    throw error
  }
}
