import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiRig } from '../testing/api-rig.ts'

test('an account shows itself, its plan and what the plan gives', async (t) => {
  const rig = await apiRig(t, { plan: 'STARTER' })
  const { body } = await rig.ask('GET', '/account')
  assert.deepEqual(body, {
    id: rig.account.id,
    email: null,
    name: 'Test',
    accountStatus: 'active',
    plan: 'STARTER',
    language: 'en',
    timezone: 'UTC',
    createdAt: '2025-01-21T10:30:00Z',
    limits: {
      requestsPerHour: 1_000,
      shortestInterval: 60,
      rawRetentionDays: 30,
      monitors: 50,
      statusPages: 3,
      seats: 3,
    },
  })
})

test('what was shown can be changed and sent back, and the plan stays as it is', async (t) => {
  const rig = await apiRig(t, { plan: 'STARTER' })
  const { body, headers } = await rig.ask('GET', '/account')
  const change = { ...body, name: 'Renamed', email: 'ada@example.com', timezone: 'Europe/Berlin', language: 'de-ch' }
  const etag = headers.get('etag') ?? ''
  const changed = await rig.ask('PUT', '/account', { ...change, plan: 'ENTERPRISE' }, { 'if-match': etag })
  assert.equal(changed.status, 200)
  assert.deepEqual(changed.body, { ...change, language: 'de-CH' })
  assert.deepEqual((await rig.ask('GET', '/account')).body, changed.body)
  assert.equal((await rig.ask('PUT', '/account', { name: 'x' }, { 'if-match': etag })).status, 412)
  const log = (await rig.ask('GET', '/audit-log')).body['entries'] as { [name: string]: unknown }[]
  assert.deepEqual(
    [log[0]?.['action'], log[0]?.['before'], log[0]?.['after']],
    [
      'account.updated',
      { name: 'Test', email: null, language: 'en', timezone: 'UTC' },
      { name: 'Renamed', email: 'ada@example.com', language: 'de-CH', timezone: 'Europe/Berlin' },
    ],
  )
})

test('everything that is wrong with a change is told, and nothing is changed', async (t) => {
  const rig = await apiRig(t)
  const before = (await rig.ask('GET', '/account')).body
  for (const [body, paths] of [
    [{ name: '', email: 'nobody' }, ['name', 'email']],
    [{ name: 'x', language: 'no language', timezone: 'Mars/Base' }, ['language', 'timezone']],
    [{ timezone: '' }, ['timezone']],
    [{ timezone: '+02:00' }, ['timezone']],
    [{ nmae: 'x' }, ['nmae']],
  ] as const) {
    const { status, body: answer } = await rig.ask('PUT', '/account', body)
    assert.equal(status, 400, JSON.stringify(body))
    assert.deepEqual(
      (answer['details'] as { path: string }[]).map(({ path }) => path),
      paths,
    )
  }
  assert.deepEqual((await rig.ask('GET', '/account')).body, before)
})

test('usage counts requests by endpoint, the rate limit of the hour, and monitors', async (t) => {
  const rig = await apiRig(t, { plan: 'FREE' })
  await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' }, { prefer: 'respond-async' })
  for (let n = 0; n < 3; n++) await rig.ask('GET', '/monitors/mon_aaaaaaaaaaaaaaaa')
  await rig.ask('GET', '/no-such-thing')
  const other = await rig.newKey(await rig.newAccount())
  await rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': other })
  const { body, headers } = await rig.ask('GET', '/account/usage')
  assert.deepEqual(body, {
    totalRequests: 6,
    requestsByEndpoint: {
      'GET /monitors/{monitorId}': 3,
      '(unknown path)': 1,
      'GET /account/usage': 1,
      'POST /monitors': 1,
    },
    period: { from: '2024-12-23T00:00:00Z', to: '2025-01-21T10:30:00Z' },
    rateLimit: { limit: 100, used: 6, remaining: 94, resetAt: '2025-01-21T11:00:00Z' },
    monitors: { limit: 10, used: 1 },
  })
  assert.equal(headers.get('x-ratelimit-remaining'), '94')
  await rig.clock.advanceBy(31 * 86_400_000)
  const later = (await rig.ask('GET', '/account/usage')).body
  assert.deepEqual([later['totalRequests'], later['requestsByEndpoint']], [1, { 'GET /account/usage': 1 }])
})

test('the account needs admin', async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey(rig.account, ['read', 'write', 'delete'])
  for (const [method, path] of [
    ['GET', '/account'],
    ['PUT', '/account'],
    ['GET', '/account/usage'],
  ] as const) {
    assert.equal((await rig.askOpen(method, path, undefined, { 'x-api-key': key })).status, 403, `${method} ${path}`)
  }
})
