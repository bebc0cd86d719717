import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { KEY_BYTES, SecretError } from './secret-box.ts'

/**
 * The key that seals secrets: the configured one (base64url), else the one in `secret.key` in the data folder. The
 * folder (mode 700) and the file (mode 600) are made on first start; of two processes that start at once, both get the
 * same key. Throws `SecretError` for a key that is not 32 bytes in base64url.
 */
export async function loadSecretKey(dataDir: string, configured: string | null): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (configured !== null) return decode(configured, 'the configured key')
  const path = join(dataDir, 'secret.key')
  const kept = (await readKey(path)) ?? (await makeKey(path))
  return decode(kept, path)
}

async function readKey(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

async function makeKey(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64url')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    // Unlike a rename, a link never replaces a key that another process made in the meantime.
    await link(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await unlink(draft)
  }
  return await readFile(path, 'utf8')
}

function decode(text: string, where: string): Uint8Array {
  const trimmed = text.trim()
  if (!/^[A-Za-z0-9_-]{43}$/.test(trimmed)) {
    throw new SecretError(`${where}: expected 32 bytes in base64url (43 characters)`)
  }
  return new Uint8Array(Buffer.from(trimmed, 'base64url'))
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
