import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { NotificationChannel } from '#storage'
import { lockData } from '../lock-data.ts'
import { openData } from '../open-data.ts'
import { runHere } from './testing/run-cli.ts'
import { temporaryData } from './testing/temporary-data.ts'

/** A data folder with one channel whose secret is sealed, and ways to look into it. */
async function withSecret(t: TestContext) {
  const env = await temporaryData(t)
  await runHere(['keys', 'create', '--name', 'ci'], env)
  const dataDir = env.STATUSAPP_DATA_DIR
  const secretOf = async (secretKey: string | null) => {
    const { store } = await openData({ dataDir, secretKey })
    try {
      return (await store.channels.loadAll())[0]?.config['secret']
    } finally {
      await store.close()
    }
  }
  const { store } = await openData({ dataDir, secretKey: null })
  const channel: NotificationChannel = {
    id: 'nc_aaaaaaaaaaaaaaaa',
    accountId: (await store.accounts.first())?.id ?? '',
    name: 'Pager',
    type: 'WEBHOOK',
    config: { url: 'https://example.com/', secret: 'hush' },
    events: ['monitor.down'],
    allMonitors: true,
    isActive: true,
    createdAtMs: 0,
    updatedAtMs: 0,
  }
  await store.channels.create(channel)
  await store.close()
  return { env, dataDir, secretOf, keyFile: () => readFile(join(dataDir, 'secret.key'), 'utf8') }
}

test('rotate seals everything with a new key, and the old one opens nothing any more', async (t) => {
  const { env, secretOf, keyFile } = await withSecret(t)
  const old = (await keyFile()).trim()
  const rotated = await runHere(['secrets', 'rotate'], env)
  assert.deepEqual(rotated, { exitCode: 0, out: '', err: '1 secrets are sealed with a new key.\n' })
  assert.match(await keyFile(), /^[A-Za-z0-9_-]{43}\n$/)
  assert.notEqual((await keyFile()).trim(), old)
  assert.equal(await secretOf(null), 'hush')
  await assert.rejects(secretOf(old), /sealed with a key that this instance does not have/)
})

test('with configured keys the first one takes over', async (t) => {
  const { env, secretOf, keyFile } = await withSecret(t)
  const old = (await keyFile()).trim()
  const fresh = Buffer.alloc(32, 9).toString('base64url')
  const rotated = await runHere(['secrets', 'rotate'], { ...env, STATUSAPP_SECRET_KEY: `${fresh},${old}` })
  assert.equal(rotated.exitCode, 0)
  assert.equal(await secretOf(fresh), 'hush')
})

test('while a server runs nothing is rotated', async (t) => {
  const { env, dataDir, keyFile } = await withSecret(t)
  const before = await keyFile()
  const lock = await lockData(dataDir)
  t.after(() => lock.release())
  const rotated = await runHere(['secrets', 'rotate'], env)
  assert.equal(rotated.exitCode, 1)
  assert.match(rotated.err, /already works on/)
  assert.equal(await keyFile(), before)
})
