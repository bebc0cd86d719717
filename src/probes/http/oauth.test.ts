import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Json } from '#domain'
import { httpServer } from '../kit/http-server.ts'
import { realClock } from '../kit/real-clock.ts'
import { runCheck } from '../kit/run-check.ts'
import { tcpServer } from '../kit/tcp-server.ts'
import { targetPolicy } from '../target-policy.ts'
import { websiteProbe } from '../website.ts'
import { oauthGrant } from './oauth-grant.ts'
import { forgetToken } from './oauth-tokens.ts'

interface Asked {
  authorization: string | undefined
  form: URLSearchParams
}
type TokenAnswer = (asked: Asked, count: number, response: ServerResponse) => { [name: string]: Json } | number

/** A token server and a target that takes only the tokens in `good`. */
async function world(t: TestContext, answer: TokenAnswer) {
  const asked: Asked[] = []
  const good = new Set<string>()
  const login = await httpServer(t, async (request, response) => {
    asked.push({ authorization: request.headers.authorization, form: new URLSearchParams(await textOf(request)) })
    const said = answer(asked.at(-1) as Asked, asked.length, response)
    if (typeof said === 'number') response.writeHead(said).end(JSON.stringify({ error: 'invalid_client' }))
    else response.end(JSON.stringify(said))
    if (typeof said !== 'number') good.add(String(said['access_token']))
  })
  const target = await httpServer(t, (request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
    response.writeHead(good.has(token) ? 200 : 401).end(`token ${token}`)
  })
  const auth = {
    type: 'oauth2',
    oauth2TokenUrl: `${login.url}/token`,
    oauth2ClientId: 'me:1',
    oauth2ClientSecret: 'hush hush',
  }
  const check = (more: { [name: string]: Json } = {}, context = {}) =>
    runCheck(websiteProbe, target.url, { apiAuthConfig: { ...auth, ...more } }, { timeoutMs: 3_000, ...context })
  return { asked, good, target, login, check }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const token = (count: number, expires_in: number | string = 3600) => ({
  access_token: `secret-${count}`,
  token_type: 'Bearer',
  expires_in,
})

test('a hundred checks at once make one token request, later ones none', async (t) => {
  const { asked, check, target } = await world(t, (_asked, count) => token(count))
  const results = await Promise.all(Array.from({ length: 100 }, () => check({ oauth2Scope: 'read' })))
  assert.deepEqual([...new Set(results.map(({ error }) => error))], [null])
  await check({ oauth2Scope: 'read' })
  assert.equal(asked.length, 1)
  assert.equal(target.requests.length, 101)
  assert.equal(asked[0]?.authorization, `Basic ${Buffer.from('me%3A1:hush+hush').toString('base64')}`)
  assert.deepEqual(Object.fromEntries(asked[0]?.form ?? []), { grant_type: 'client_credentials', scope: 'read' })
})

test('a token is fetched anew shortly before its end', async (t) => {
  const { asked, check } = await world(t, (_asked, count) => token(count, '100'))
  let aheadMs = 0
  const clock = { ...realClock, monotonicMs: () => realClock.monotonicMs() + aheadMs }
  for (const [atMs, requests] of [
    [0, 1],
    [85_000, 1],
    [95_000, 2],
  ] as const) {
    aheadMs = atMs
    assert.equal((await check({}, { clock })).error, null)
    assert.equal(asked.length, requests)
  }
})

test('a 401 on a kept token gets a new one, once', async (t) => {
  const { asked, good, check, target } = await world(t, (_asked, count) => token(count))
  await check()
  good.clear()
  assert.equal((await check()).error, null)
  assert.equal(asked.length, 2)
  assert.equal(target.requests.length, 3)
})

test('a target that never takes the tokens is down with its own answer, and asks for no more than one a check', async (t) => {
  const { asked, good, check } = await world(t, (_asked, count) => token(count))
  const first = await check()
  assert.equal(first.error, null)
  good.add = () => good
  good.clear()
  const refused = await check()
  assert.equal(refused.error, 'expected status 200-299, got 401')
  assert.equal(asked.length, 2)
  assert.doesNotMatch(JSON.stringify(refused), /secret-\d/)
})

test('a token is in no result although the target repeats it', async (t) => {
  const { check } = await world(t, (_asked, count) => token(count))
  const result = await check({}, {})
  assert.doesNotMatch(JSON.stringify(result), /secret-\d|hush/)
})

test('grants send what belongs to them', async (t) => {
  const { asked, check } = await world(t, (_asked, count) => token(count))
  await check({ oauth2GrantType: 'password', oauth2Username: 'u', oauth2Password: 'p&w' })
  await check({ oauth2GrantType: 'refresh_token', oauth2RefreshToken: 'old' })
  assert.deepEqual(
    asked.map(({ form }) => Object.fromEntries(form)),
    [
      { grant_type: 'password', username: 'u', password: 'p&w' },
      { grant_type: 'refresh_token', refresh_token: 'old' },
    ],
  )
})

test('a refresh token that was renewed takes the place of the old one', async (t) => {
  const { asked, good, check } = await world(t, (_asked, count) => ({
    ...token(count),
    refresh_token: `next-${count}`,
  }))
  await check({ oauth2GrantType: 'refresh_token', oauth2RefreshToken: 'first' })
  good.clear()
  await check({ oauth2GrantType: 'refresh_token', oauth2RefreshToken: 'first' })
  assert.deepEqual(
    asked.map(({ form }) => form.get('refresh_token')),
    ['first', 'next-1'],
  )
})

test('a renewed refresh token in use outlives the grants that are not', async (t) => {
  const { asked, good, check } = await world(t, (_asked, count) => ({
    ...token(count),
    refresh_token: `next-${count}`,
  }))
  const mine = { oauth2GrantType: 'refresh_token', oauth2RefreshToken: 'mine' }
  await check(mine)
  for (let i = 0; i < 8_000; i++) {
    const other = oauthGrant({ type: 'oauth2', oauth2TokenUrl: 'http://192.0.2.1/', oauth2ClientId: `client ${i}` })
    assert.ok(other !== null)
    forgetToken(other, 'none')
    if (i === 4_000) await check(mine)
  }
  good.clear()
  await check(mine)
  assert.deepEqual(
    asked.map(({ form }) => form.get('refresh_token')),
    ['mine', 'next-1'],
  )
})

test("a refresh token that is refused is said to be the monitor's to renew", async (t) => {
  const login = await httpServer(t, (_request, response) => {
    response.writeHead(400).end(JSON.stringify({ error: 'invalid_grant' }))
  })
  const target = await httpServer(t, (_request, response) => response.end())
  const auth = { type: 'oauth2', oauth2TokenUrl: login.url, oauth2ClientId: 'x' }
  const check = (more: { [name: string]: Json }) =>
    runCheck(websiteProbe, target.url, { apiAuthConfig: { ...auth, ...more } }, { timeoutMs: 3_000 })
  const refused = await check({ oauth2GrantType: 'refresh_token', oauth2RefreshToken: 'used up' })
  assert.match(refused.error ?? '', /400 invalid_grant: the refresh token is not accepted .* a new oauth2RefreshToken$/)
  assert.equal(refused.category, 'CONFIGURATION_ERROR')
  const other = await check({ oauth2GrantType: 'password', oauth2Username: 'u', oauth2Password: 'p' })
  assert.match(other.error ?? '', /400 invalid_grant$/)
})

test('a server that knows the client only in the body gets it there, and from then on at once', async (t) => {
  const { asked, good, check } = await world(t, ({ form }, count) => (form.has('client_secret') ? token(count) : 401))
  assert.equal((await check()).error, null)
  assert.equal(asked.length, 2)
  assert.equal(asked[1]?.form.get('client_id'), 'me:1')
  assert.equal(asked[1]?.authorization, undefined)
  good.clear()
  await check()
  assert.equal(asked.length, 3)
})

test('a client without a secret names itself in the body', async (t) => {
  const { asked, check } = await world(t, (_asked, count) => token(count))
  await check({ oauth2ClientSecret: '' })
  assert.equal(asked[0]?.authorization, undefined)
  assert.equal(asked[0]?.form.get('client_id'), 'me:1')
})

test('a token request that fails says so in words, and the target is not asked', async (t) => {
  const { check, login, target } = await world(t, () => 400)
  const refused = await check()
  assert.equal(refused.error, `token request to ${login.url}/token failed: 400 invalid_client`)
  assert.equal(refused.category, 'CONFIGURATION_ERROR')
  assert.equal(refused.status, 'DOWN')
  const closed = await tcpServer(t, () => {})
  await closed.close()
  const dead = await check({ oauth2TokenUrl: `http://127.0.0.1:${closed.port}/` })
  assert.match(dead.error ?? '', /^token request to http:\/\/127\.0\.0\.1:\d+\/ failed: connection refused by 127/)
  assert.equal(dead.category, 'CONNECTION_REFUSED')
  assert.equal(target.requests.length, 0)
})

test('a token server in trouble is a third party in trouble', async (t) => {
  const { check } = await world(t, () => 503)
  assert.equal((await check()).category, 'THIRD_PARTY_SERVICE')
})

test('an answer without a token is said to be one', async (t) => {
  const { check } = await world(t, () => ({ token: 'x' }))
  assert.match((await check()).error ?? '', /failed: expected a JSON answer with an access_token, got one without$/)
})

test('the token request stays within the deadline and the target policy', async (t) => {
  const silent = await tcpServer(t, (socket) => socket.resume())
  const { check } = await world(t, () => 500)
  const url = `http://127.0.0.1:${silent.port}/token`
  const startMs = performance.now()
  const slow = await check({ oauth2TokenUrl: url }, { timeoutMs: 200 })
  assert.ok(performance.now() - startMs < 1_000)
  assert.equal(slow.error, `token request to ${url} failed: timed out after 200 ms while waiting for headers`)
  await silent.allClosed()
  const strict = { targets: targetPolicy({ allowPrivate: false }) }
  assert.match((await check({ oauth2TokenUrl: url }, strict)).error ?? '', /does not allow private targets$/)
  assert.equal(silent.connections, 1)
})

test('a check whose deadline ends takes no other with it that waits for the same token', async (t) => {
  let open: ServerResponse | null = null
  let count = 0
  const login = await httpServer(t, (_request, response) => {
    count += 1
    if (count === 1) open = response
    else response.end(JSON.stringify(token(count)))
  })
  const target = await httpServer(t, (_request, response) => response.end())
  const auth = { type: 'oauth2', oauth2TokenUrl: login.url, oauth2ClientId: 'x' }
  const check = (timeoutMs: number) => runCheck(websiteProbe, target.url, { apiAuthConfig: auth }, { timeoutMs })
  const hasty = check(150)
  await wait(50)
  const patient = check(3_000)
  assert.match((await hasty).error ?? '', /timed out after 150 ms/)
  assert.equal((await patient).error, null)
  assert.notEqual(open, null)
  assert.equal(count, 2)
})

test('the time for a token is no part of the response time', async (t) => {
  const login = await httpServer(t, (_request, response) => {
    setTimeout(() => response.end(JSON.stringify(token(1))), 200)
  })
  const target = await httpServer(t, (_request, response) => response.end())
  const apiAuthConfig = { type: 'oauth2', oauth2TokenUrl: login.url, oauth2ClientId: 'x' }
  const { responseTimeMs } = await runCheck(websiteProbe, target.url, { apiAuthConfig }, { timeoutMs: 3_000 })
  assert.ok(responseTimeMs !== null && responseTimeMs < 150, `${responseTimeMs} ms`)
})

test('checks that share a token request which is not answered are all told where it went', async (t) => {
  const silent = await tcpServer(t, (socket) => socket.resume())
  const { check } = await world(t, (_asked, count) => token(count))
  const oauth2TokenUrl = `http://127.0.0.1:${silent.port}/token`
  const results = await Promise.all([
    check({ oauth2TokenUrl }, { timeoutMs: 300 }),
    check({ oauth2TokenUrl }, { timeoutMs: 150 }),
  ])
  for (const { error, category } of results) {
    assert.ok(error?.startsWith(`token request to ${oauth2TokenUrl} failed: timed out after `), `${error}`)
    assert.equal(category, 'NETWORK_TIMEOUT')
  }
})
