import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiKey } from '../port.ts'
import { channelOf, newAccount, START_MS, unique } from './builders.ts'
import type { OpenFor } from './harness.ts'

/** Accounts, keys, channels and the instance's own values. */
export function accountsContract(open: OpenFor): void {
  test('an account comes back as it was stored, and the first is the oldest', async (t) => {
    const { store } = await open(t)
    assert.equal(await store.accounts.first(), null)
    const younger = await newAccount(store, { createdAtMs: START_MS + 1 })
    const older = await newAccount(store, { createdAtMs: START_MS, plan: 'BUSINESS', isSuspended: true })
    assert.deepEqual(await store.accounts.get(older.id), older)
    assert.deepEqual(await store.accounts.first(), older)
    assert.deepEqual(await store.accounts.list(), [older, younger])
    assert.equal(await store.accounts.get('acc_none'), null)
  })

  test('plan and suspension change only accounts that exist', async (t) => {
    const { store } = await open(t)
    const { id } = await newAccount(store)
    assert.equal(await store.accounts.setPlan(id, 'ENTERPRISE'), true)
    assert.equal(await store.accounts.setSuspended(id, true), true)
    assert.equal(await store.accounts.setPlan('acc_none', 'FREE'), false)
    assert.equal(await store.accounts.setSuspended('acc_none', true), false)
    const account = await store.accounts.get(id)
    assert.deepEqual([account?.plan, account?.isSuspended], ['ENTERPRISE', true])
  })

  test('an account says of itself what it was told to, and something from the start', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    assert.deepEqual(await store.accounts.profile(account.id), {
      name: account.name,
      email: null,
      language: 'en',
      timezone: 'UTC',
    })
    const profile = { name: 'Renamed', email: 'ada@example.com', language: 'de', timezone: 'Europe/Berlin' }
    assert.equal(await store.accounts.setProfile(account.id, profile), true)
    assert.deepEqual(await store.accounts.profile(account.id), profile)
    assert.deepEqual(await store.accounts.get(account.id), { ...account, name: 'Renamed' })
    assert.equal(await store.accounts.profile('acc_none'), null)
    assert.equal(await store.accounts.setProfile('acc_none', profile), false)
  })

  test('the same account twice is a conflict', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    await assert.rejects(store.accounts.create(account), { name: 'StorageError', reason: 'conflict' })
  })

  test('a key is found by its hash and revoked once', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const key = keyOf(account.id)
    await store.keys.create(key)
    assert.deepEqual(await store.keys.byHash(key.hash), key)
    assert.equal(await store.keys.byHash('0'.repeat(64)), null)
    await store.keys.touch([
      [key.id, START_MS + 5],
      ['key_none', 1],
    ])
    assert.equal(await store.keys.revoke(key.id, START_MS + 6), true)
    assert.equal(await store.keys.revoke(key.id, START_MS + 7), false)
    const found = await store.keys.byHash(key.hash)
    assert.deepEqual([found?.lastUsedAtMs, found?.revokedAtMs], [START_MS + 5, START_MS + 6])
  })

  test('keys are listed per account or all together', async (t) => {
    const { store } = await open(t)
    const [one, two] = [await newAccount(store), await newAccount(store)]
    const keys = [keyOf(one.id), keyOf(two.id, { createdAtMs: START_MS + 1 })]
    for (const key of keys) await store.keys.create(key)
    assert.deepEqual(await store.keys.list(one.id), [keys[0]])
    assert.deepEqual(await store.keys.list(null), [keys[1], keys[0]])
  })

  test("keys are paged and changed within their account, and a revoked one can't be changed", async (t) => {
    const { store } = await open(t)
    const [one, two] = [await newAccount(store), await newAccount(store)]
    const [older, newer] = [keyOf(one.id), keyOf(one.id, { createdAtMs: START_MS + 1 })]
    for (const key of [older, newer, keyOf(two.id)]) await store.keys.create(key)
    assert.deepEqual(await store.keys.page(one.id, { limit: 1, offset: 1 }), { rows: [older], count: 2 })
    assert.deepEqual(await store.keys.get(one.id, older.id), older)
    assert.equal(await store.keys.get(two.id, older.id), null)
    const change = { name: 'deploy', permissions: ['admin' as const], expiresAtMs: START_MS + 9 }
    assert.equal(await store.keys.update(two.id, older.id, change), false)
    assert.equal(await store.keys.update(one.id, older.id, change), true)
    assert.deepEqual(await store.keys.get(one.id, older.id), { ...older, ...change })
    await store.keys.revoke(older.id, START_MS + 2)
    assert.equal(await store.keys.update(one.id, older.id, { ...change, name: 'again' }), false)
    assert.equal((await store.keys.get(one.id, older.id))?.name, 'deploy')
  })

  test('of rotations at once one puts its new key beside the old one, which ends when it is told', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const old = keyOf(account.id)
    await store.keys.create(old)
    const next = [keyOf(account.id), keyOf(account.id)]
    const done = await Promise.all(next.map((key) => store.keys.rotate(old.id, START_MS + 5, key)))
    assert.deepEqual(done.toSorted(), [false, true])
    assert.equal((await store.keys.get(account.id, old.id))?.expiresAtMs, START_MS + 5)
    assert.equal((await store.keys.page(account.id, { limit: 9, offset: 0 })).count, 2)
    const revoked = keyOf(account.id)
    await store.keys.create(revoked)
    await store.keys.revoke(revoked.id, START_MS)
    assert.equal(await store.keys.rotate(revoked.id, START_MS + 5, keyOf(account.id)), false)
    const other = await newAccount(store)
    assert.equal(await store.keys.rotate(next[0]?.id ?? '', START_MS + 5, keyOf(other.id)), false)
  })

  test('a key of an account that does not exist is a conflict', async (t) => {
    const { store } = await open(t)
    await assert.rejects(store.keys.create(keyOf('acc_none')), { reason: 'conflict' })
  })

  test('a channel is stored, changed and deleted by its own account only', async (t) => {
    const { store } = await open(t)
    const [one, two] = [await newAccount(store), await newAccount(store)]
    const channel = channelOf(one.id)
    await store.channels.create(channel)
    assert.deepEqual(await store.channels.get(one.id, channel.id), channel)
    assert.equal(await store.channels.get(two.id, channel.id), null)
    assert.equal(await store.channels.update({ ...channel, accountId: two.id, name: 'Stolen' }), false)
    const changed = { ...channel, name: 'Renamed', config: { url: 'https://b.example/' }, isActive: false }
    assert.equal(await store.channels.update(changed), true)
    assert.deepEqual(await store.channels.loadAll(), [changed])
    assert.equal(await store.channels.delete(two.id, channel.id), false)
    assert.equal(await store.channels.delete(one.id, channel.id), true)
    assert.equal(await store.channels.delete(one.id, channel.id), false)
  })

  test('channels of equal age are paged without gap or repeat', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const ids: string[] = []
    for (let n = 0; n < 7; n++) {
      const channel = channelOf(account.id)
      ids.push(channel.id)
      await store.channels.create(channel)
    }
    const seen: string[] = []
    for (let offset = 0; offset < 7; offset += 3) {
      const page = await store.channels.list(account.id, { limit: 3, offset })
      assert.equal(page.count, 7)
      seen.push(...page.rows.map(({ id }) => id))
    }
    assert.deepEqual(seen, ids.toReversed())
  })

  test("the instance's values are set and replaced", async (t) => {
    const { store } = await open(t)
    assert.equal(await store.instance.get('name'), null)
    await store.instance.set('name', 'a')
    await store.instance.set('name', 'b')
    assert.equal(await store.instance.get('name'), 'b')
  })

  test('a write is possible', async (t) => {
    const { store } = await open(t)
    await store.checkWritable()
    await store.durable()
  })

  test('a closed store says so', async (t) => {
    const { store } = await open(t)
    await store.close()
    await assert.rejects(store.accounts.list(), { name: 'StorageError', reason: 'closed' })
    await assert.rejects(store.durable(), { name: 'StorageError', reason: 'closed' })
    await store.close()
  })
}

function keyOf(accountId: string, parts: Partial<ApiKey> = {}): ApiKey {
  const id = unique('key')
  return {
    id,
    accountId,
    name: 'ci',
    prefix: 'sk_live_ab12',
    hash: id.padStart(64, '0'),
    permissions: ['read', 'write'],
    createdAtMs: START_MS,
    expiresAtMs: null,
    revokedAtMs: null,
    lastUsedAtMs: null,
    createdBy: null,
    ...parts,
  }
}
