import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Permission } from '#storage'
import { buildApi } from '../app.ts'
import { apiRig } from '../testing/api-rig.ts'
import { hashSecret, looksLikeApiKey, newApiKey } from './api-key.ts'

test('a new key is sk_live_ and 40 characters, of which only hash and prefix need be kept', () => {
  let next = 0
  const { key, hash, prefix } = newApiKey((size) => Uint8Array.from({ length: size }, () => next++ % 256))
  assert.match(key, /^sk_live_[A-Za-z0-9]{40}$/)
  assert.equal(hash, hashSecret(key))
  assert.match(hash, /^[0-9a-f]{64}$/)
  assert.ok(key.startsWith(prefix) && prefix.length === 12)
  assert.ok(looksLikeApiKey(key))
})

test('a key is taken from X-API-Key and from Authorization: Bearer', async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey()
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': key })).status, 200)
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { authorization: `Bearer ${key}` })).status, 200)
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { authorization: `bearer  ${key}` })).status, 200)
})

test('without a good key the answer is 401, in the error format, with WWW-Authenticate', async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey()
  for (const headers of [
    {},
    { 'x-api-key': 'sk_live_abc123' },
    { 'x-api-key': `${key}x` },
    { authorization: `Basic ${btoa(`${key}:`)}` },
    { authorization: 'Bearer' },
  ] as { [name: string]: string }[]) {
    const { status, body, headers: answered } = await rig.askOpen('GET', '/monitors', undefined, headers)
    assert.equal(status, 401, JSON.stringify(headers))
    assert.equal(body.code, 'UNAUTHORIZED')
    assert.equal(body.statusCode, 401)
    assert.ok(body.error.length > 10)
    assert.match(answered.get('www-authenticate') ?? '', /^Bearer/)
    assert.equal(answered.get('x-ratelimit-limit'), null)
  }
})

test('a key in the address is refused even where it is right', async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey()
  for (const query of [`api_key=${key}`, `apiKey=${key}`, `x=${key}`, 'access_token=abc'])
    assert.equal((await rig.ask('GET', `/monitors?${query}`)).status, 401, query)
})

test('a revoked key stops working within a second, an expired one at once', async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey()
  const asked = () => rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': key })
  assert.equal((await asked()).status, 200)
  const row = await rig.store.keys.byHash(hashSecret(key))
  await rig.store.keys.revoke(row?.id ?? '', rig.clock.nowMs())
  await rig.clock.advanceBy(1_000)
  const refused = await asked()
  assert.equal(refused.status, 401)
  assert.match(refused.body.error, /revoked/)

  const brief = await rig.newKey(rig.account, ['read'], rig.clock.nowMs() + 500)
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': brief })).status, 200)
  await rig.clock.advanceBy(500)
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': brief })).status, 401)
})

test('the use of keys is written down in groups', async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey()
  const lastUsed = async () => (await rig.store.keys.byHash(hashSecret(key)))?.lastUsedAtMs
  const usedAtMs = rig.clock.nowMs()
  await rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': key })
  assert.equal(await lastUsed(), null)
  await rig.clock.advanceBy(5_000)
  // The write is on its way: the store answers in order.
  assert.equal(await lastUsed(), usedAtMs)
})

test('a suspended account is refused with 403, and let in again', async (t) => {
  const rig = await apiRig(t)
  await rig.store.accounts.setSuspended(rig.account.id, true)
  const refused = await rig.ask('GET', '/monitors')
  assert.equal(refused.status, 403)
  assert.equal(refused.body.code, 'FORBIDDEN')
  assert.match(refused.body.error, /suspended/)
  await rig.store.accounts.setSuspended(rig.account.id, false)
  await rig.clock.advanceBy(1_000)
  assert.equal((await rig.ask('GET', '/monitors')).status, 200)
})

test('each route needs exactly its own permission', async (t) => {
  const rig = await apiRig(t)
  const monitor = '/monitors/mon_aaaaaaaaaaaaaaaa'
  const channel = '/notification-channels/nc_aaaaaaaaaaaaaaaa'
  const routes: [string, string, Permission][] = [
    ['GET', '/monitors', 'read'],
    ['HEAD', '/monitors', 'read'],
    ['POST', '/monitors', 'write'],
    ['POST', '/monitors/test', 'write'],
    ['GET', monitor, 'read'],
    ['PUT', monitor, 'write'],
    ['DELETE', monitor, 'delete'],
    ['POST', `${monitor}/pause`, 'write'],
    ['POST', `${monitor}/resume`, 'write'],
    ['POST', `${monitor}/check`, 'write'],
    ['POST', `${monitor}/heartbeat-url`, 'write'],
    ['GET', `${monitor}/checks`, 'read'],
    ['GET', `${monitor}/heartbeats`, 'read'],
    ['GET', '/incidents', 'read'],
    ['GET', '/incidents/inc_aaaaaaaaaaaaaaaa', 'read'],
    ['GET', '/notification-channels', 'read'],
    ['POST', '/notification-channels', 'write'],
    ['GET', channel, 'read'],
    ['PUT', channel, 'write'],
    ['DELETE', channel, 'delete'],
    ['POST', `${channel}/test`, 'write'],
    ['GET', `${channel}/deliveries`, 'read'],
    ['POST', `${channel}/deliveries/del_aaaaaaaaaaaaaaaa/redeliver`, 'write'],
    ['GET', '/worker-regions', 'read'],
  ]
  const all: Permission[] = ['read', 'write', 'delete', 'admin']
  for (const permission of all) {
    const key = await rig.newKey(rig.account, [permission])
    for (const [method, path, needed] of routes) {
      const { status } = await rig.askOpen(method, path, undefined, { 'x-api-key': key })
      assert.equal(status === 403, needed !== permission, `${method} ${path} with ${permission}: ${status}`)
      assert.notEqual(status, 500, `${method} ${path}`)
    }
  }
})

test('wrong keys from one address are slowed down; a key that worked is not held up by them', async (t) => {
  const rig = await apiRig(t)
  assert.equal((await rig.ask('GET', '/monitors')).status, 200)
  const guess = (n: number) =>
    rig.askOpen('GET', '/monitors', undefined, {
      'x-api-key': `sk_live_${String(n).padStart(40, '0')}`,
      'x-forwarded-for': `10.0.0.${n}`,
    })
  const statuses = await Promise.all(Array.from({ length: 60 }, async (_, n) => (await guess(n)).status))
  assert.equal(statuses.filter((status) => status === 401).length, 30)
  assert.equal(statuses.filter((status) => status === 429).length, 30)
  const held = await guess(99)
  assert.equal(held.status, 429)
  assert.equal(held.headers.get('retry-after'), '1')
  assert.equal((await rig.ask('GET', '/monitors')).status, 200)
  await rig.clock.advanceBy(1_000)
  assert.equal((await guess(100)).status, 401)
  assert.equal((await guess(101)).status, 429)
})

test('a proxy is believed as many hops as are configured; what a client adds in front counts for nothing', async (t) => {
  const rig = await apiRig(t, { config: { trustProxyHops: 2 } })
  const guess = async (forwarded: string) => {
    const headers = { 'x-api-key': `sk_live_${'0'.repeat(40)}`, 'x-forwarded-for': forwarded }
    return (await rig.askOpen('GET', '/monitors', undefined, headers)).status
  }
  const refused = async (forwarded: (n: number) => string) =>
    (await Promise.all(Array.from({ length: 40 }, (_, n) => guess(forwarded(n))))).filter((status) => status === 429)
  assert.equal((await refused((n) => `203.0.113.${n}, 198.51.100.7, 10.0.0.2`)).length, 10)
  assert.equal((await refused((n) => `198.51.100.7, 203.0.113.${n}, 10.0.0.2`)).length, 0)
  // Fewer hops than configured: the farthest that is there.
  assert.equal((await refused(() => '192.0.2.1')).length, 10)
  assert.equal((await refused(() => 'no address, '.repeat(50))).length, 10)
})

test('a key that worked before the start is not held up by wrong ones either', async (t) => {
  const rig = await apiRig(t)
  const [used, unused] = [await rig.newKey(), await rig.newKey()]
  const row = await rig.store.keys.byHash(hashSecret(used))
  await rig.store.keys.touch([[row?.id ?? '', rig.clock.nowMs() - 1_000]])
  const restarted = buildApi(rig.deps)
  t.after(() => restarted.close())
  const status = async (key: string) => {
    const answer = await restarted.inject({ url: '/api/v1/monitors', headers: { 'x-api-key': key } })
    return answer.statusCode
  }
  for (let n = 0; n < 30; n++) assert.equal(await status(`sk_live_${String(n).padStart(40, '0')}`), 401)
  assert.equal(await status(unused), 429)
  assert.equal(await status(used), 200)
})

test("another account's things can't be told from none", async (t) => {
  const rig = await apiRig(t)
  const other = await rig.newKey(await rig.newAccount())
  const monitor = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  const hook = { name: 'b', type: 'WEBHOOK', config: { url: 'https://b.example/' } }
  const channel = await rig.ask('POST', '/notification-channels', hook)
  for (const [method, path] of [
    ['GET', `/monitors/${monitor.body.id}`],
    ['PUT', `/monitors/${monitor.body.id}`],
    ['DELETE', `/monitors/${monitor.body.id}`],
    ['POST', `/monitors/${monitor.body.id}/pause`],
    ['GET', `/monitors/${monitor.body.id}/checks`],
    ['GET', `/notification-channels/${channel.body.id}`],
    ['DELETE', `/notification-channels/${channel.body.id}`],
  ] as const) {
    const body = method === 'PUT' ? '{}' : undefined
    const headers = { 'x-api-key': other, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    assert.equal((await rig.askOpen(method, path, body, headers)).status, 404, `${method} ${path}`)
  }
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': other })).body.count, 0)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 1)
})
