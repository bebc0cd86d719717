import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashSecret } from '../auth/api-key.ts'
import { cheapPasswords, cookieIn, join, PASSWORD, peopleRig } from '../testing/people-rig.ts'

const DAY_MS = 24 * 3_600_000

test('logging in answers who one is and sets a cookie that scripts and other sites never get', async (t) => {
  const rig = await peopleRig(t)
  const { user } = await rig.newPerson('ADMIN')
  const answer = await rig.logIn(user.email.toUpperCase())
  assert.equal(answer.status, 200)
  assert.match(
    answer.headers.get('set-cookie') ?? '',
    /^statusapp_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/,
  )
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const { account, permissions } = answer.body
  assert.deepEqual(permissions, ['read', 'write', 'delete', 'admin'])
  assert.deepEqual(account, {
    id: rig.account.id,
    name: 'Test',
    plan: 'ENTERPRISE',
    accountStatus: 'active',
    role: 'ADMIN',
  })
  assert.equal(answer.text.includes('argon2'), false)
})

test('over HTTPS the cookie is Secure and bound to this host, and the plain name is not taken', async (t) => {
  const config = {
    version: '1',
    publicUrl: () => 'https://status.example.com',
    region: { code: 'local', city: null, country: null, latitude: null, longitude: null },
  }
  const rig = await peopleRig(t, { deps: { config } })
  const person = await rig.newPerson('OWNER')
  assert.match(person.cookie, /^__Host-statusapp_session=/)
  const answer = await rig.logIn(person.user.email)
  assert.match(answer.headers.get('set-cookie') ?? '', /; Secure$/)
  assert.equal((await person.ask('GET', '/monitors')).status, 200)
  person.cookie = person.cookie.replace('__Host-', '')
  assert.equal((await person.ask('GET', '/monitors')).status, 401)
})

test('only a hash of the token is stored', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('OWNER')
  const token = person.cookie.split('=')[1] ?? ''
  const [stored] = await rig.store.sessions.list(person.user.id, rig.clock.nowMs())
  assert.equal(stored?.tokenHash, hashSecret(token))
  assert.equal(JSON.stringify(stored).includes(token), false)
})

test('a wrong password and an unknown address get the same answer, for the same work', async (t) => {
  const worked: (string | null)[] = []
  const counting = {
    ...cheapPasswords,
    verify: (password: string, hash: string | null) => {
      worked.push(hash)
      return cheapPasswords.verify(password, hash)
    },
  }
  const rig = await peopleRig(t, { deps: { passwords: counting } })
  const { user } = await rig.newPerson('OWNER')
  worked.length = 0
  const wrong = await rig.logIn(user.email, 'wrong')
  const unknown = await rig.logIn('nobody@example.com', 'wrong')
  assert.deepEqual([wrong.status, unknown.status], [401, 401])
  assert.equal(wrong.text, unknown.text)
  assert.deepEqual(worked, [user.passwordHash, null])
  assert.equal(wrong.headers.get('set-cookie'), null)
})

test('a cookie that somebody planted before the login is worth nothing after it', async (t) => {
  const rig = await peopleRig(t)
  const attacker = await rig.newPerson('MEMBER')
  const victim = await rig.newPerson('OWNER')
  const planted = attacker.cookie
  const answer = await rig.logIn(victim.user.email, PASSWORD, { cookie: planted })
  assert.notEqual(cookieIn(answer), planted)
  const after = await rig.askOpen('GET', '/auth/session', undefined, { cookie: planted })
  assert.equal(after.status, 401)
  const invented = `statusapp_session=${'a'.repeat(43)}`
  const second = await rig.logIn(victim.user.email, PASSWORD, { cookie: invented })
  assert.notEqual(cookieIn(second), invented)
  assert.equal((await rig.askOpen('GET', '/auth/session', undefined, { cookie: invented })).status, 401)
})

test('a session ends by logging out, and logging out everywhere ends the others too', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('VIEWER')
  const other = cookieIn(await rig.logIn(person.user.email)) ?? ''
  const stranger = await rig.newPerson('VIEWER')
  const before = person.cookie
  const answer = await person.ask('POST', '/auth/logout')
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('set-cookie') ?? '', /Max-Age=0/)
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { cookie: before })).status, 401)
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { cookie: other })).status, 200)
  assert.equal((await rig.askOpen('POST', '/auth/logout-everywhere', undefined, { cookie: other })).status, 200)
  assert.equal((await rig.askOpen('GET', '/monitors', undefined, { cookie: other })).status, 401)
  assert.equal((await stranger.ask('GET', '/monitors')).status, 200)
})

test('one sees and ends sessions of oneself only', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('MEMBER')
  const stranger = await rig.newPerson('OWNER')
  await rig.logIn(person.user.email, PASSWORD, { 'user-agent': 'Second' })
  const list = await person.ask('GET', '/auth/sessions')
  const rows = list.body['sessions']
  assert.ok(Array.isArray(rows) && rows.length === 2 && list.body.count === 2)
  const other = rows.find(({ isCurrent }) => !isCurrent)
  assert.equal(other.userAgent, 'Second')
  const foreign = await stranger.ask('DELETE', `/auth/sessions/${other.id}`)
  const none = await stranger.ask('DELETE', '/auth/sessions/ses_aaaaaaaaaaaaaaaa')
  assert.deepEqual([foreign.status, foreign.body.error], [404, none.body.error])
  assert.equal((await person.ask('DELETE', `/auth/sessions/${other.id}`)).status, 200)
  assert.equal((await person.ask('GET', '/auth/sessions?limit=1')).body.count, 1)
})

test('use keeps a session alive for a week at a time, and for thirty days at most', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('OWNER')
  for (let day = 6; day < 30; day += 6) {
    await rig.clock.advanceBy(6 * DAY_MS)
    assert.equal((await person.ask('GET', '/auth/session')).status, 200, `day ${day}`)
  }
  await rig.clock.advanceBy(6 * DAY_MS)
  assert.equal((await person.ask('GET', '/auth/session')).status, 401)
  const idle = await rig.newPerson('OWNER')
  await rig.clock.advanceBy(7 * DAY_MS)
  assert.equal((await idle.ask('GET', '/auth/session')).status, 401)
})

test('a session acts on one account of its person at a time, and switching gives it a new token', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('OWNER')
  const second = await rig.newAccount('FREE')
  const foreign = await rig.newAccount()
  await join(rig, person.user, 'VIEWER', second)
  const before = person.cookie
  for (const accountId of [foreign.id, 'acc_aaaaaaaaaaaaaaaa', 'x'])
    assert.equal((await person.ask('POST', '/auth/switch', { accountId })).status, 404)
  const answer = await person.ask('POST', '/auth/switch', { accountId: second.id })
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.body['permissions'], ['read'])
  assert.notEqual(person.cookie, before)
  assert.equal((await rig.askOpen('GET', '/auth/session', undefined, { cookie: before })).status, 401)
  assert.equal((await person.ask('POST', '/monitors', { name: 'x', url: 'https://a.example' })).status, 403)
  const accounts = answer.body['accounts']
  assert.ok(Array.isArray(accounts))
  assert.deepEqual(
    accounts.map(({ id, role }) => [id, role]),
    [
      [rig.account.id, 'OWNER'],
      [second.id, 'VIEWER'],
    ],
  )
})

test('a login names the account to act on, else it is the one they belong to longest that is not suspended', async (t) => {
  const rig = await peopleRig(t)
  const { user } = await rig.newPerson('OWNER')
  const second = await rig.newAccount()
  const foreign = await rig.newAccount()
  await join(rig, user, 'VIEWER', second)
  const logIn = async (more: object) => {
    const body = JSON.stringify({ email: user.email, password: PASSWORD, ...more })
    const answer = await rig.askOpen('POST', '/auth/login', body, { 'content-type': 'application/json' })
    return [answer.status, Object(answer.body['account']).id]
  }
  assert.deepEqual(await logIn({}), [200, rig.account.id])
  assert.deepEqual(await logIn({ accountId: second.id }), [200, second.id])
  for (const accountId of [foreign.id, 'acc_aaaaaaaaaaaaaaaa'])
    assert.deepEqual(await logIn({ accountId }), [403, undefined])
  await rig.store.accounts.setSuspended(rig.account.id, true)
  assert.deepEqual(await logIn({}), [200, second.id])
})

test('of a suspended account only the way out is left', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('OWNER')
  const second = await rig.newAccount()
  await join(rig, person.user, 'MEMBER', second)
  await rig.store.accounts.setSuspended(rig.account.id, true)
  assert.equal((await person.ask('GET', '/monitors')).status, 403)
  assert.equal((await person.ask('GET', '/auth/session')).status, 200)
  assert.equal((await person.ask('POST', '/auth/switch', { accountId: second.id })).status, 200)
  assert.equal((await person.ask('GET', '/monitors')).status, 200)
})

test("a session's calls don't count against the account", async (t) => {
  const rig = await peopleRig(t, { plan: 'FREE' })
  const person = await rig.newPerson('OWNER')
  for (let n = 0; n < 120; n++) assert.equal((await person.ask('GET', '/incidents')).status, 200)
  const answer = await rig.ask('GET', '/incidents')
  assert.equal(answer.headers.get('x-ratelimit-remaining'), '99')
})

test('a key has no session', async (t) => {
  const rig = await peopleRig(t)
  for (const [method, path] of [
    ['GET', '/auth/session'],
    ['POST', '/auth/logout'],
    ['GET', '/auth/sessions'],
  ] as const)
    assert.equal((await rig.ask(method, path)).status, 403)
  assert.equal((await rig.askOpen('GET', '/auth/session')).status, 401)
})

test('guessing is slowed down by address, and by e-mail address for those who were never let in from there', async (t) => {
  const rig = await peopleRig(t)
  const { user } = await rig.newPerson('OWNER')
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await rig.logIn(`nobody${n}@example.com`, 'wrong')).status)
  assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 401), 429, 429])
  const refused = await rig.logIn(user.email)
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), '6')
  await rig.clock.advanceBy(6_000)
  assert.equal((await rig.logIn(user.email)).status, 200)
})
