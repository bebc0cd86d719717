import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { KEY_BYTES, SecretError } from './secret-box.ts'

/**
 * The keys of an instance, the sealing one first: the configured ones (base64url, commas between), else those in
 * `secret.key` in the data folder (one a line; more than one only while a rotation is under way). The folder (mode 700)
 * and the file (mode 600) are made on first start; of two processes that start at once, both get the same key. Throws
 * `SecretError` for a key that is not 32 bytes in base64url.
 */
export async function loadSecretKeys(dataDir: string, configured: string | null): Promise<SecretKeys> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (configured !== null) return decode(configured.split(','), 'the configured key')
  const path = pathIn(dataDir)
  const kept = (await readKey(path)) ?? (await makeKey(path))
  return decode(kept.trim().split('\n'), path)
}

/** At least one key; the first seals, all of them open. */
export type SecretKeys = [Uint8Array, ...Uint8Array[]]

/** Writes keys to `secret.key`, so that at any instant the file holds either the old ones or the new ones. */
export async function keepSecretKeys(dataDir: string, keys: SecretKeys): Promise<void> {
  const path = pathIn(dataDir)
  const draft = await writeDraft(path, keys.map((key) => Buffer.from(key).toString('base64url')).join('\n'))
  await rename(draft, path)
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'secret.key')
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
  const draft = await writeDraft(path, randomBytes(KEY_BYTES).toString('base64url'))
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

async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${text}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return draft
}

function decode([first = '', ...others]: string[], where: string): SecretKeys {
  return [decodeOne(first, where), ...others.map((text) => decodeOne(text, where))]
}

function decodeOne(text: string, where: string): Uint8Array {
  const trimmed = text.trim()
  if (!/^[A-Za-z0-9_-]{43}$/.test(trimmed)) {
    throw new SecretError(`${where}: expected 32 bytes in base64url (43 characters)`)
  }
  return new Uint8Array(Buffer.from(trimmed, 'base64url'))
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
