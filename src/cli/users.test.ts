import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwords } from '#api'
import { readConfig } from '#config'
import type { Store, User } from '#storage'
import { openData } from '../open-data.ts'
import { runHere } from './testing/run-cli.ts'
import { temporaryData } from './testing/temporary-data.ts'

const EMAIL = 'Ada@Example.com'
const cheap = passwords((size) => new Uint8Array(size), { memoryKib: 8, passes: 1, lanes: 1 })

async function withPerson(env: { [name: string]: string }): Promise<User> {
  await runHere(['keys', 'create', '--name', 'first'], env)
  return onStore(env, async (store) => {
    const account = await store.accounts.first()
    assert.ok(account !== null)
    const id = 'usr_aaaaaaaaaaaaaaaa'
    const user = { id, email: EMAIL, name: 'Ada', passwordHash: await cheap.hash('old password'), createdAtMs: 1 }
    await store.members.addOwner(user, { id: 'mem_aaaaaaaaaaaaaaaa', account, isNewAccount: false })
    return user
  })
}

async function onStore<Result>(env: { [name: string]: string }, task: (store: Store) => Promise<Result>) {
  const { store } = await openData(readConfig(env))
  try {
    return await task(store)
  } finally {
    await store.close()
  }
}

test('a password on standard input is set, whatever the case of the address', async (t) => {
  const env = await temporaryData(t)
  const { id } = await withPerson(env)
  const run = await runHere(['users', 'reset-password', 'ada@example.com', '--password-stdin'], env, 'new password\n')
  assert.deepEqual(run, { exitCode: 0, out: '', err: `${EMAIL} has a new password; their sessions have ended.\n` })
  const log = await onStore(env, async (store) => {
    const account = await store.accounts.first()
    return store.audit.list(account?.id ?? '', {}, { limit: 1, offset: 0 })
  })
  assert.deepEqual(
    log.rows.map(({ action, actor }) => [action, actor.type]),
    [['password.reset', 'operator']],
  )
  const hash = await onStore(env, async (store) => (await store.users.get(id))?.passwordHash ?? '')
  assert.equal(await cheap.verify('new password', hash), true)
})

test('a link is printed and nothing else, and only its hash is kept', async (t) => {
  const env = { ...(await temporaryData(t)), STATUSAPP_PUBLIC_URL: 'https://status.example.com' }
  await withPerson(env)
  const run = await runHere(['users', 'reset-password', EMAIL], env)
  assert.match(run.out, /^https:\/\/status\.example\.com\/reset-password\?token=[A-Za-z0-9_-]{43}\n$/)
  assert.equal(run.err, '')
})

test('an unknown address is exit code 1, a password that is too short 2, and neither changes anything', async (t) => {
  const env = await temporaryData(t)
  const { id, passwordHash } = await withPerson(env)
  assert.equal((await runHere(['users', 'reset-password', 'eve@example.com'], env)).exitCode, 1)
  const run = await runHere(['users', 'reset-password', EMAIL, '--password-stdin'], env, 'short\n')
  assert.equal(run.exitCode, 2)
  assert.equal(await onStore(env, async (store) => (await store.users.get(id))?.passwordHash), passwordHash)
})
