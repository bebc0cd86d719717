import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { SecretError } from './secret-box.ts'
import { keepSecretKeys, loadSecretKeys } from './secret-key.ts'

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-key-'))
  t.after(() => rm(folder, { recursive: true }))
  return join(folder, 'deep', 'data')
}

test('the first start makes a key that only the owner can read, the next one finds it', async (t) => {
  const dataDir = await folderFor(t)
  const keys = await loadSecretKeys(dataDir, null)
  assert.deepEqual(
    keys.map((key) => key.length),
    [32],
  )
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700)
  assert.equal((await stat(join(dataDir, 'secret.key'))).mode & 0o777, 0o600)
  assert.deepEqual(await loadSecretKeys(dataDir, null), keys)
  assert.deepEqual(await readdir(dataDir), ['secret.key'])
})

test('processes that start at once get the same key', async (t) => {
  const dataDir = await folderFor(t)
  const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => loadSecretKeys(dataDir, null)))
  for (const other of others) assert.deepEqual(other, first)
  assert.deepEqual(await readdir(dataDir), ['secret.key'])
})

test('a configured key is used and none is written', async (t) => {
  const dataDir = await folderFor(t)
  const configured = Buffer.alloc(32, 5).toString('base64url')
  assert.deepEqual(await loadSecretKeys(dataDir, configured), [new Uint8Array(32).fill(5)])
  assert.deepEqual(await readdir(dataDir), [])
})

test('a damaged key is refused and not replaced', async (t) => {
  const dataDir = await folderFor(t)
  await loadSecretKeys(dataDir, null)
  await writeFile(join(dataDir, 'secret.key'), 'short')
  await assert.rejects(loadSecretKeys(dataDir, null), SecretError)
  assert.equal(await readFile(join(dataDir, 'secret.key'), 'utf8'), 'short')
  await assert.rejects(loadSecretKeys(dataDir, 'also short'), SecretError)
})

test('several keys are kept in order, and the file never holds half of them', async (t) => {
  const dataDir = await folderFor(t)
  const [old] = await loadSecretKeys(dataDir, null)
  const fresh = new Uint8Array(32).fill(7)
  await keepSecretKeys(dataDir, [fresh, old])
  assert.deepEqual(await loadSecretKeys(dataDir, null), [fresh, old])
  assert.equal((await stat(join(dataDir, 'secret.key'))).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(dataDir), ['secret.key'])
})

test('configured keys stand with commas between', async (t) => {
  const keys = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64url'))
  const loaded = await loadSecretKeys(await folderFor(t), keys.join(','))
  assert.deepEqual(
    loaded.map(([first]) => first),
    [1, 2],
  )
})
