import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Permission } from '#storage'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

const DAY_MS = 86_400_000

/** A rig, and a way to ask with any key. */
async function rigWithKeys(t: TestContext) {
  const rig = await apiRig(t)
  const askWith = (key: unknown, method: string, path: string, body?: unknown) =>
    rig.ask(method, path, body, { 'x-api-key': String(key) })
  return { rig, askWith }
}

async function actions(rig: ApiRig): Promise<string[]> {
  const { body } = await rig.ask('GET', '/audit-log')
  return (body['entries'] as { action: string }[]).map(({ action }) => action)
}

test('a new key is shown once, works at once, and is kept as a hash only', async (t) => {
  const { rig, askWith } = await rigWithKeys(t)
  const made = await rig.ask('POST', '/api-keys', { name: 'ci', permissions: ['read', 'write'], expiresIn: '90d' })
  assert.equal(made.status, 201)
  assert.equal(made.headers.get('location'), `/api/v1/api-keys/${made.body.id}`)
  assert.equal(made.headers.get('cache-control'), 'no-store')
  assert.match(String(made.body['key']), /^sk_live_[A-Za-z0-9]{40}$/)
  const { key, ...shown } = made.body
  assert.deepEqual(shown, {
    id: made.body.id,
    name: 'ci',
    prefix: String(key).slice(0, 12),
    permissions: ['read', 'write'],
    isActive: true,
    createdAt: '2025-01-21T10:30:00Z',
    lastUsedAt: null,
    expiresAt: '2025-04-21T10:30:00Z',
    revokedAt: null,
  })
  assert.equal((await askWith(key, 'GET', '/monitors')).status, 200)
  const got = await rig.ask('GET', `/api-keys/${made.body.id}`)
  assert.deepEqual(got.body, shown)
  const listed = await rig.ask('GET', '/api-keys')
  assert.equal(listed.body.count, 2)
  assert.doesNotMatch(listed.text + got.text, /hash|sk_live_[A-Za-z0-9]{10}/)
  const row = (await rig.store.keys.get(rig.account.id, made.body.id)) ?? assert.fail()
  assert.doesNotMatch(JSON.stringify(row), new RegExp(String(key)))
})

test('permissions are a list or a text with commas, and read alone by default', async (t) => {
  const { rig } = await rigWithKeys(t)
  const permissionsOf = async (permissions?: unknown) =>
    (await rig.ask('POST', '/api-keys', { name: 'a', permissions })).body['permissions']
  assert.deepEqual(await permissionsOf('write, Read'), ['read', 'write'])
  assert.deepEqual(await permissionsOf(['admin', 'admin']), ['admin'])
  assert.deepEqual(await permissionsOf(), ['read'])
})

test('what is wrong with a new key is told, all of it, and no key is made', async (t) => {
  const { rig } = await rigWithKeys(t)
  const bad = [
    [{}, ['name']],
    [{ name: ' ', permissions: 7, expiresIn: -1 }, ['name', 'permissions', 'expiresIn']],
    [{ name: 'a', permissions: [] }, ['permissions']],
    [{ name: 'a', permissions: 'read,fly', expiresAt: 'soon' }, ['permissions', 'expiresAt']],
    [{ name: 'a', expiresAt: '2025-01-21T10:30:00Z' }, ['expiresAt']],
    [{ name: 'a', expiresIn: '9999999y' }, ['expiresIn']],
    [{ name: 'a', expiresIn: '90d', expiresAt: '2026-01-21T10:30:00Z' }, ['expiresIn']],
    [{ name: 'a', permision: 'read' }, ['permision']],
  ] as const
  for (const [body, paths] of bad) {
    const { status, body: answer } = await rig.ask('POST', '/api-keys', body)
    assert.equal(status, 400, JSON.stringify(body))
    const found = (answer['details'] as { path: string }[]).map(({ path }) => path)
    assert.deepEqual(found.toSorted(), paths.toSorted(), JSON.stringify(body))
  }
  assert.equal((await rig.ask('GET', '/api-keys')).body.count, 1)
})

test('a key gives nothing that it lacks: not to a new key, not by a change, not by a rotation', async (t) => {
  const { rig, askWith } = await rigWithKeys(t)
  const strong = (await rig.ask('POST', '/api-keys', { name: 'strong', permissions: 'read,write,delete' })).body
  const weak = await rig.newKey(rig.account, ['read', 'admin'])
  const refused = await askWith(weak, 'POST', '/api-keys', { name: 'a', permissions: 'read,delete' })
  assert.equal(refused.status, 403)
  assert.match(refused.body.error, /"delete"/)
  assert.equal((await askWith(weak, 'POST', `/api-keys/${strong.id}/rotate`, {})).status, 403)
  const own = (await askWith(weak, 'POST', '/api-keys', { name: 'b', permissions: 'read,admin' })).body
  assert.equal((await askWith(weak, 'PUT', `/api-keys/${own.id}`, { permissions: 'read,write' })).status, 403)
  // What another has stays, and can be taken away.
  assert.equal((await askWith(weak, 'PUT', `/api-keys/${strong.id}`, { name: 'renamed' })).status, 200)
  assert.equal((await askWith(weak, 'PUT', `/api-keys/${strong.id}`, { permissions: ['write'] })).status, 200)
  assert.equal((await askWith(weak, 'PUT', `/api-keys/${strong.id}`, { permissions: 'write,delete' })).status, 403)
})

test('a change has effect at once; what was shown can be sent back', async (t) => {
  const { rig, askWith } = await rigWithKeys(t)
  const made = (await rig.ask('POST', '/api-keys', { name: 'a', permissions: 'read', expiresIn: 3_600 })).body
  const key = made['key']
  assert.equal((await askWith(key, 'POST', '/monitors', {})).status, 403)
  const shown = await rig.ask('GET', `/api-keys/${made.id}`)
  const etag = shown.headers.get('etag') ?? ''
  await rig.clock.advanceBy(5_000)
  const changed = await rig.ask(
    'PUT',
    `/api-keys/${made.id}`,
    { ...shown.body, permissions: 'read,write' },
    { 'if-match': etag },
  )
  assert.equal(changed.status, 200)
  assert.equal(changed.body['expiresAt'], '2025-01-21T11:30:00Z')
  assert.equal((await askWith(key, 'POST', '/monitors', {})).status, 400)
  assert.equal((await rig.ask('PUT', `/api-keys/${made.id}`, { name: 'b' }, { 'if-match': etag })).status, 412)
  assert.equal((await rig.ask('PUT', `/api-keys/${made.id}`, { isActive: false })).status, 400)
  const forever = await rig.ask('PUT', `/api-keys/${made.id}`, { expiresAt: null })
  assert.equal(forever.body['expiresAt'], null)
  assert.deepEqual(await actions(rig), ['apiKey.updated', 'apiKey.updated', 'apiKey.created'])
})

test('a revoked key is refused from the next request on, stays in the list, and can’t be changed', async (t) => {
  const { rig, askWith } = await rigWithKeys(t)
  const made = (await rig.ask('POST', '/api-keys', { name: 'a' })).body
  assert.equal((await askWith(made['key'], 'GET', '/monitors')).status, 200)
  const gone = await rig.ask('DELETE', `/api-keys/${made.id}`)
  assert.deepEqual(gone.body, { success: true, message: 'API key revoked successfully' })
  assert.equal((await askWith(made['key'], 'GET', '/monitors')).status, 401)
  const shown = (await rig.ask('GET', `/api-keys/${made.id}`)).body
  assert.deepEqual([shown.isActive, shown['revokedAt']], [false, '2025-01-21T10:30:00Z'])
  assert.equal((await rig.ask('PUT', `/api-keys/${made.id}`, { name: 'b' })).status, 409)
  assert.equal((await rig.ask('POST', `/api-keys/${made.id}/rotate`, {})).status, 409)
  assert.equal((await rig.ask('DELETE', `/api-keys/${made.id}`)).status, 200)
  assert.deepEqual(await actions(rig), ['apiKey.revoked', 'apiKey.created'])
})

test('the last key with admin may be revoked too, by itself, and the answer says what that means', async (t) => {
  const { rig } = await rigWithKeys(t)
  const own = (await rig.ask('GET', '/api-keys')).body['apiKeys'] as { id: string }[]
  const gone = await rig.ask('DELETE', `/api-keys/${own[0]?.id}`)
  assert.equal(gone.status, 200)
  assert.match(String(gone.body['warnings']), /last key with "admin"/)
  assert.equal((await rig.ask('GET', '/api-keys')).status, 401)
})

test('a rotated key has a successor at once and works on for its grace', async (t) => {
  const { rig, askWith } = await rigWithKeys(t)
  const old = (await rig.ask('POST', '/api-keys', { name: 'a', permissions: 'read,write', expiresIn: '30d' })).body
  await rig.clock.advanceBy(DAY_MS)
  const rotated = await rig.ask('POST', `/api-keys/${old.id}/rotate`, { graceSeconds: 60 })
  assert.equal(rotated.status, 201)
  assert.notEqual(rotated.body.id, old.id)
  assert.deepEqual(
    [rotated.body.name, rotated.body['permissions'], rotated.body['expiresAt'], rotated.body['replaces']],
    ['a', ['read', 'write'], '2025-02-21T10:30:00Z', { id: old.id, expiresAt: '2025-01-22T10:31:00Z' }],
  )
  for (const key of [old['key'], rotated.body['key']])
    assert.equal((await askWith(key, 'GET', '/monitors')).status, 200)
  assert.equal((await rig.ask('POST', `/api-keys/${old.id}/rotate`, {})).status, 409)
  await rig.clock.advanceBy(60_000)
  assert.equal((await askWith(old['key'], 'GET', '/monitors')).status, 401)
  assert.equal((await askWith(rotated.body['key'], 'GET', '/monitors')).status, 200)
  assert.equal((await rig.ask('GET', `/api-keys/${old.id}`)).body.isActive, false)
  assert.deepEqual(await actions(rig), ['apiKey.rotated', 'apiKey.created'])
})

test('without a grace the old key ends at once, and by default after a day; no grace prolongs it', async (t) => {
  const { rig, askWith } = await rigWithKeys(t)
  const replacesOf = async (expiresIn: string | null, body: object) => {
    const old = (await rig.ask('POST', '/api-keys', { name: 'a', expiresIn })).body
    const { body: next } = await rig.ask('POST', `/api-keys/${old.id}/rotate`, body)
    return { next, old, endsAt: (next['replaces'] as { expiresAt: string }).expiresAt }
  }
  const { old, next } = await replacesOf(null, { graceSeconds: 0 })
  assert.equal((await askWith(old['key'], 'GET', '/monitors')).status, 401)
  assert.equal(next['expiresAt'], null)
  assert.equal((await replacesOf(null, {})).endsAt, '2025-01-22T10:30:00Z')
  assert.equal((await replacesOf('1h', {})).endsAt, '2025-01-21T11:30:00Z')
  const body = { name: 'a' }
  const { id } = (await rig.ask('POST', '/api-keys', body)).body
  assert.equal((await rig.ask('POST', `/api-keys/${id}/rotate`, { graceSeconds: 31 * 86_400 })).status, 400)
  assert.equal((await rig.ask('POST', `/api-keys/${id}/rotate`)).status, 201)
})

test('of rotations at once one wins', async (t) => {
  const { rig } = await rigWithKeys(t)
  const { id } = (await rig.ask('POST', '/api-keys', { name: 'a' })).body
  const statuses = await Promise.all(
    Array.from({ length: 10 }, async () => (await rig.ask('POST', `/api-keys/${id}/rotate`, {})).status),
  )
  assert.deepEqual(statuses.toSorted(), [201, ...Array.from({ length: 9 }, () => 409)])
})

test("keys are the account's own, and need admin for everything", async (t) => {
  const { rig, askWith } = await rigWithKeys(t)
  const { id } = (await rig.ask('POST', '/api-keys', { name: 'a' })).body
  const other = await rig.newKey(await rig.newAccount())
  const all: Permission[] = ['read', 'write', 'delete']
  const notAdmin = await rig.newKey(rig.account, all)
  const onlyAdmin = await rig.newKey(rig.account, ['admin'])
  for (const [method, path, body] of [
    ['GET', `/api-keys/${id}`, undefined],
    ['PUT', `/api-keys/${id}`, { name: 'b' }],
    ['POST', `/api-keys/${id}/rotate`, {}],
    ['DELETE', `/api-keys/${id}`, undefined],
  ] as const) {
    assert.equal((await askWith(other, method, path, body)).status, 404, `${method} ${path}`)
    assert.equal((await askWith(notAdmin, method, path, body)).status, 403, `${method} ${path}`)
  }
  assert.equal((await askWith(notAdmin, 'GET', '/api-keys')).status, 403)
  assert.equal((await askWith(notAdmin, 'POST', '/api-keys', { name: 'a' })).status, 403)
  assert.equal((await askWith(onlyAdmin, 'GET', '/api-keys')).status, 200)
  assert.equal((await askWith(onlyAdmin, 'DELETE', `/api-keys/${id}`)).status, 200)
  assert.equal((await askWith(other, 'GET', '/api-keys')).body.count, 1)
})
