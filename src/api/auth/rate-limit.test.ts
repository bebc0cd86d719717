import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StorageError } from '#storage'
import { apiRig, START_MS } from '../testing/api-rig.ts'
import { keptRateLimiter } from './rate-limiter.ts'
import { sharedRateLimiter } from './shared-rate-limiter.ts'

const HOUR_MS = 3_600_000

test('of 200 requests at once exactly the 100 of the plan pass, and all say where the account stands', async (t) => {
  const rig = await apiRig(t, { plan: 'FREE' })
  const answers = await Promise.all(Array.from({ length: 200 }, () => rig.ask('GET', '/worker-regions')))
  const passed = answers.filter(({ status }) => status === 200)
  const refused = answers.filter(({ status }) => status === 429)
  assert.equal(passed.length, 100)
  assert.equal(refused.length, 100)
  const left = passed.map(({ headers }) => Number(headers.get('x-ratelimit-remaining'))).sort((a, b) => a - b)
  assert.deepEqual(
    left,
    Array.from({ length: 100 }, (_, n) => n),
  )
  for (const { headers, body } of refused) {
    assert.equal(body.code, 'RATE_LIMIT_EXCEEDED')
    assert.equal(headers.get('x-ratelimit-remaining'), '0')
    assert.equal(headers.get('x-ratelimit-limit'), '100')
    assert.equal(headers.get('retry-after'), '1800')
  }
})

test('waiting until the reset, as the reference shows, lets the next request pass', async (t) => {
  const rig = await apiRig(t, { plan: 'FREE' })
  for (let n = 0; n < 100; n++) await rig.ask('GET', '/incidents')
  const refused = await rig.ask('GET', '/incidents')
  assert.equal(refused.status, 429)
  const waitSeconds = Number(refused.headers.get('x-ratelimit-reset')) - Math.floor(rig.clock.nowMs() / 1000)
  await rig.clock.advanceBy(waitSeconds * 1000)
  const next = await rig.ask('GET', '/incidents')
  assert.equal(next.status, 200)
  assert.equal(next.headers.get('x-ratelimit-remaining'), '99')
})

test('the count is of the account: its keys share it, another account has its own, and no header escapes it', async (t) => {
  const rig = await apiRig(t, { plan: 'FREE' })
  const second = await rig.newKey()
  const other = await rig.newKey(await rig.newAccount('FREE'))
  const ask = (key: string, n: number) =>
    rig.askOpen('GET', '/incidents', undefined, { 'x-api-key': key, 'x-forwarded-for': `10.1.1.${n}` })
  await Promise.all(Array.from({ length: 100 }, (_, n) => ask(second, n)))
  assert.equal((await rig.ask('GET', '/incidents')).status, 429)
  assert.equal((await ask(second, 200)).status, 429)
  assert.equal((await ask(other, 1)).headers.get('x-ratelimit-remaining'), '99')
})

test('refusals of an authenticated request carry the rate headers too; what needs no key costs nothing', async (t) => {
  const rig = await apiRig(t, { plan: 'FREE' })
  await rig.askOpen('GET', '/health')
  await rig.askOpen('OPTIONS', '/monitors')
  const answers = [
    await rig.ask('GET', '/monitors/mon_aaaaaaaaaaaaaaaa'),
    await rig.ask('POST', '/monitors', { nonsense: 1 }),
    await rig.ask('GET', '/no-such-thing'),
    await rig.ask('PATCH', '/monitors'),
    await rig.ask('POST', '/monitors', '{', { 'content-type': 'application/json' }),
  ]
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('x-ratelimit-remaining')]),
    [
      [404, '99'],
      [400, '98'],
      [404, '97'],
      [405, '96'],
      [400, '95'],
    ],
  )
})

test('windows are whole hours, and a refused request is not counted', async (t) => {
  const { store, clock } = await apiRig(t)
  const limiter = keptRateLimiter({ requests: store.requests, clock })
  assert.deepEqual(await limiter.take('a', 1, START_MS), {
    allowed: true,
    limit: 1,
    remaining: 0,
    resetAtS: (START_MS - (START_MS % HOUR_MS) + HOUR_MS) / 1000,
  })
  assert.equal((await limiter.take('a', 1, START_MS)).allowed, false)
  // A raised plan has effect at once.
  assert.equal((await limiter.take('a', 2, START_MS)).allowed, true)
  assert.equal((await limiter.take('a', 1, START_MS + HOUR_MS)).allowed, true)
  // A clock that is set back a little does not open the old hour again.
  assert.equal((await limiter.take('a', 1, START_MS + HOUR_MS - 1)).allowed, false)
})

test('a restart forgets no request of the hour', async (t) => {
  const { store, clock } = await apiRig(t)
  const before = keptRateLimiter({ requests: store.requests, clock })
  for (let n = 0; n < 7; n++) before.take('a', 10, clock.nowMs())
  await before.close()
  const after = keptRateLimiter({ requests: store.requests, clock })
  await after.open()
  assert.equal(await after.used('a', clock.nowMs()), 7)
  assert.equal((await after.take('a', 10, clock.nowMs())).remaining, 2)
})

test('a crash forgets at most the last second, and a database that is busy for a while nothing', async (t) => {
  const { store, clock } = await apiRig(t)
  let isBusy = true
  const keepUsed: typeof store.requests.keepUsed = async (window, counts) => {
    if (isBusy) throw new StorageError('busy', 'locked')
    await store.requests.keepUsed(window, counts)
  }
  const limiter = keptRateLimiter({ requests: { ...store.requests, keepUsed }, clock })
  limiter.take('a', 10, clock.nowMs())
  await clock.advanceBy(1_000)
  isBusy = false
  limiter.take('a', 10, clock.nowMs())
  await clock.advanceBy(1_000)
  limiter.take('a', 10, clock.nowMs())
  const after = keptRateLimiter({ requests: store.requests, clock })
  await after.open()
  assert.equal(await after.used('a', clock.nowMs()), 2)
})

test('of requests at once to two servers on one database exactly the limit passes', async (t) => {
  const { store, clock } = await apiRig(t)
  const servers = [sharedRateLimiter(store.requests), sharedRateLimiter(store.requests)]
  const verdicts = await Promise.all(Array.from({ length: 60 }, (_, n) => servers[n % 2]?.take('a', 50, clock.nowMs())))
  const left = verdicts.filter((verdict) => verdict?.allowed).map((verdict) => verdict?.remaining ?? -1)
  assert.deepEqual(
    left.sort((a, b) => a - b),
    Array.from({ length: 50 }, (_, n) => n),
  )
  assert.equal(await servers[0]?.used('a', clock.nowMs()), 50)
  assert.equal((await servers[1]?.take('a', 50, clock.nowMs()))?.remaining, 0)
})

test('requests are counted by endpoint, and the counts outlive the server', async (t) => {
  const rig = await apiRig(t)
  await rig.ask('GET', '/monitors/mon_aaaaaaaaaaaaaaaa')
  await rig.ask('GET', '/monitors/mon_bbbbbbbbbbbbbbbb')
  await rig.ask('GET', '/no-such-thing')
  await rig.askOpen('GET', '/health')
  await rig.clock.advanceBy(5_000)
  const day = Math.floor(START_MS / 86_400_000)
  assert.deepEqual(
    await rig.store.requests.counts(rig.account.id, { from: day, to: day + 1 }),
    new Map([
      ['(unknown path)', 1],
      ['GET /api/v1/monitors/:monitorId', 2],
    ]),
  )
})
