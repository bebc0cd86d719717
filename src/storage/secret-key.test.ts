import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { SecretError } from './secret-box.ts'
import { loadSecretKey } from './secret-key.ts'

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-key-'))
  t.after(() => rm(folder, { recursive: true }))
  return join(folder, 'deep', 'data')
}

test('the first start makes a key that only the owner can read, the next one finds it', async (t) => {
  const dataDir = await folderFor(t)
  const key = await loadSecretKey(dataDir, null)
  assert.equal(key.length, 32)
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700)
  assert.equal((await stat(join(dataDir, 'secret.key'))).mode & 0o777, 0o600)
  assert.deepEqual(await loadSecretKey(dataDir, null), key)
  assert.deepEqual(await readdir(dataDir), ['secret.key'])
})

test('processes that start at once get the same key', async (t) => {
  const dataDir = await folderFor(t)
  const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => loadSecretKey(dataDir, null)))
  for (const other of others) assert.deepEqual(other, first)
  assert.deepEqual(await readdir(dataDir), ['secret.key'])
})

test('a configured key is used and none is written', async (t) => {
  const dataDir = await folderFor(t)
  const configured = Buffer.alloc(32, 5).toString('base64url')
  assert.deepEqual(await loadSecretKey(dataDir, configured), new Uint8Array(32).fill(5))
  assert.deepEqual(await readdir(dataDir), [])
})

test('a damaged key is refused and not replaced', async (t) => {
  const dataDir = await folderFor(t)
  await loadSecretKey(dataDir, null)
  await writeFile(join(dataDir, 'secret.key'), 'short')
  await assert.rejects(loadSecretKey(dataDir, null), SecretError)
  assert.equal(await readFile(join(dataDir, 'secret.key'), 'utf8'), 'short')
  await assert.rejects(loadSecretKey(dataDir, 'also short'), SecretError)
})
