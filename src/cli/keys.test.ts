import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openData } from '../open-data.ts'
import { runCli, runHere } from './testing/run-cli.ts'
import { temporaryData } from './testing/temporary-data.ts'

test('create prints the key and nothing else, keeps only its hash, and makes the first account', async (t) => {
  const env = await temporaryData(t)
  const made = await runCli(['keys', 'create', '--name', 'ci', '--permissions', 'write,read'], env)
  assert.deepEqual({ exitCode: made.exitCode, err: made.err }, { exitCode: 0, err: '' })
  assert.match(made.out, /^sk_live_[A-Za-z0-9]{40}\n$/)
  const key = made.out.trim()

  const { store } = await openData({ dataDir: env.STATUSAPP_DATA_DIR, secretKey: null })
  t.after(() => store.close())
  const [row] = await store.keys.list(null)
  const account = await store.accounts.first()
  assert.ok(row !== undefined && account !== null)
  assert.deepEqual(
    { name: row.name, permissions: row.permissions, expiresAtMs: row.expiresAtMs, accountId: row.accountId },
    { name: 'ci', permissions: ['read', 'write'], expiresAtMs: null, accountId: account.id },
  )
  assert.ok(key.startsWith(row.prefix) && !JSON.stringify(row).includes(key))
  assert.deepEqual({ name: account.name, plan: account.plan }, { name: 'Default', plan: 'ENTERPRISE' })

  const folder = await stat(env.STATUSAPP_DATA_DIR)
  const secret = await stat(join(env.STATUSAPP_DATA_DIR, 'secret.key'))
  assert.deepEqual([folder.mode & 0o777, secret.mode & 0o777], [0o700, 0o600])
})

test('two that run at once on new data make one account', async (t) => {
  const env = await temporaryData(t)
  const runs = await Promise.all([1, 2, 3].map((n) => runCli(['keys', 'create', '--name', `k${n}`], env)))
  for (const run of runs) assert.deepEqual({ exitCode: run.exitCode, err: run.err }, { exitCode: 0, err: '' })
  const list = await runHere(['keys', 'list', '--json'], env)
  const { apiKeys }: { apiKeys: { accountId: string }[] } = JSON.parse(list.out)
  assert.equal(apiKeys.length, 3)
  assert.equal(new Set(apiKeys.map(({ accountId }) => accountId)).size, 1)
})

test('list shows the keys without the key, revoke ends one', async (t) => {
  const env = await temporaryData(t)
  const { out: key } = await runHere(['keys', 'create', '--name', 'ci', '--expires', '90d'], env)
  const before = await runHere(['keys', 'list'], env)
  assert.match(before.out, /^ID +NAME +PREFIX +PERMISSIONS .*\nkey_[a-z0-9]{16} +ci +sk_live_.* read +acc_\w+ +active /)
  assert.ok(!before.out.includes(key.trim()))

  const id = /key_[a-z0-9]{16}/.exec(before.out)?.[0] ?? ''
  const revoked = await runHere(['keys', 'revoke', id], env)
  assert.deepEqual(revoked, { exitCode: 0, out: '', err: `Revoked ${id} (ci).\n` })
  const after = await runHere(['keys', 'list', '--json'], env)
  assert.equal(JSON.parse(after.out).apiKeys[0].isActive, false)
})

test('an unknown key or account is said, and nothing is made', async (t) => {
  const env = await temporaryData(t)
  const revoked = await runHere(['keys', 'revoke', 'key_nix'], env)
  assert.deepEqual(revoked, { exitCode: 1, out: '', err: 'There is no key key_nix. `keys list` shows them.\n' })
  const made = await runHere(['keys', 'create', '--name', 'x', '--account', 'acc_nix'], env)
  assert.match(made.err, /There is no account acc_nix/)
  assert.deepEqual({ exitCode: made.exitCode, out: made.out }, { exitCode: 1, out: '' })
})

for (const [what, args] of [
  ['an unknown permission', ['--name', 'x', '--permissions', 'read,fly']],
  ['no name', ['--permissions', 'read']],
  ['an end in the past', ['--name', 'x', '--expires', '2020-01-01']],
] as const) {
  test(`wrong usage, ${what}: exit code 2 and no key`, async (t) => {
    const run = await runHere(['keys', 'create', ...args], await temporaryData(t))
    assert.deepEqual({ exitCode: run.exitCode, out: run.out }, { exitCode: 2, out: '' })
  })
}

test('a data folder that can not be is one sentence', async () => {
  const run = await runHere(['keys', 'list'], { STATUSAPP_DATA_DIR: '/dev/null/data' })
  assert.match(run.err, /^The data folder \/dev\/null\/data can't be used: .*\n$/)
  assert.deepEqual({ exitCode: run.exitCode, out: run.out }, { exitCode: 1, out: '' })
})

test('a bad setting is one sentence', async (t) => {
  const run = await runHere(['keys', 'list'], { ...(await temporaryData(t)), PORT: 'many' })
  assert.deepEqual(run, { exitCode: 1, out: '', err: 'PORT is not usable. Port to listen on.\n' })
})
