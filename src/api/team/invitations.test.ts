import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookieIn, PASSWORD, type PeopleRig, type Person, peopleRig } from '../testing/people-rig.ts'

const DAY_MS = 24 * 3_600_000
const JOINING = { name: 'Grace', password: 'a long password' }

async function invite(by: Person, email = 'Grace@Example.com', role = 'MEMBER') {
  const answer = await by.ask('POST', '/team/invitations', { email, role })
  assert.equal(answer.status, 201)
  return { id: answer.body.id, token: tokenOf(answer.body.url), answer }
}

function tokenOf(url: string | null): string {
  return new URL(url ?? '').pathname.split('/').at(-1) ?? ''
}

function accept(rig: PeopleRig, token: string, body: object = JOINING, headers: { [name: string]: string } = {}) {
  const type = { 'content-type': 'application/json' }
  return rig.askOpen('POST', `/invitations/${token}/accept`, JSON.stringify(body), { ...type, ...headers })
}

test('an invitation is answered with its link once, valid for seven days, of which the store knows no token', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const { id, token, answer } = await invite(owner)
  assert.equal(answer.headers.get('location'), `/api/v1/team/invitations/${id}`)
  assert.equal(answer.body.url, `${rig.url}/invitations/${token}`)
  const shown = await owner.ask('GET', `/team/invitations/${id}`)
  assert.deepEqual(shown.body, {
    id,
    email: 'Grace@Example.com',
    role: 'MEMBER',
    status: 'PENDING',
    createdAt: '2025-01-21T10:30:00Z',
    expiresAt: '2025-01-28T10:30:00Z',
  })
  const list = await owner.ask('GET', '/team/invitations')
  const rows = list.body['invitations']
  assert.ok(Array.isArray(rows))
  assert.deepEqual(
    rows.find((row) => row.id === id),
    shown.body,
  )
  assert.equal(JSON.stringify(await rig.store.invitations.get(rig.account.id, id)).includes(token), false)
})

test('an invited person sees what it is for, joins with the role, is logged in, and joins once', async (t) => {
  const rig = await peopleRig(t)
  const { id, token } = await invite(await rig.newPerson('OWNER'))
  const seen = await rig.askOpen('GET', `/invitations/${token}`)
  assert.deepEqual(seen.body, {
    email: 'Grace@Example.com',
    role: 'MEMBER',
    accountName: 'Test',
    status: 'PENDING',
    expiresAt: '2025-01-28T10:30:00Z',
    hasUser: false,
  })
  const answers = await Promise.all([accept(rig, token), accept(rig, token)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  const joined = answers.find(({ status }) => status === 200)
  const cookie = joined === undefined ? null : cookieIn(joined)
  const session = await rig.askOpen('GET', '/auth/session', undefined, { cookie: cookie ?? '' })
  assert.deepEqual(session.body['permissions'], ['read', 'write'])
  assert.equal((await rig.store.invitations.get(rig.account.id, id))?.status, 'ACCEPTED')
  assert.equal((await rig.logIn('grace@example.com', JOINING.password)).status, 200)
  assert.equal((await accept(rig, token)).status, 409)
})

test('what is missing is named all at once, and nothing is made of it', async (t) => {
  const rig = await peopleRig(t)
  const { token } = await invite(await rig.newPerson('OWNER'))
  const bare = await accept(rig, token, {})
  assert.deepEqual(bare.body['details'], [
    { path: 'name', message: 'is required' },
    { path: 'password', message: 'is required' },
  ])
  assert.equal((await accept(rig, token, { name: 'Grace', password: 'short' })).status, 400)
  assert.equal(await rig.store.users.byEmail('grace@example.com'), null)
})

test('the link alone lets nobody in as a person who has a password', async (t) => {
  const rig = await peopleRig(t)
  const known = await rig.newPerson('OWNER', await rig.newAccount())
  const { token } = await invite(await rig.newPerson('OWNER'), known.user.email, 'ADMIN')
  assert.equal((await rig.askOpen('GET', `/invitations/${token}`)).body['hasUser'], true)
  assert.equal((await accept(rig, token, {})).status, 400)
  assert.equal((await accept(rig, token, JOINING)).status, 401)
  const other = await rig.newPerson('VIEWER')
  assert.equal((await accept(rig, token, {}, { cookie: other.cookie })).status, 400)
  const joined = await accept(rig, token, { password: PASSWORD })
  assert.equal(joined.status, 200)
  const accounts = joined.body['accounts']
  assert.ok(Array.isArray(accounts) && accounts.length === 2)
})

test('an invitation ends by time, by being revoked and by being sent again', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const [first, second, third] = [
    await invite(owner, 'a@b.c'),
    await invite(owner, 'd@e.f'),
    await invite(owner, 'g@h.i'),
  ]
  assert.equal((await owner.ask('DELETE', `/team/invitations/${first.id}`)).status, 200)
  assert.equal((await accept(rig, first.token)).status, 409)
  assert.equal((await owner.ask('DELETE', `/team/invitations/${first.id}`)).status, 409)
  assert.equal((await owner.ask('POST', `/team/invitations/${first.id}/resend`)).status, 409)
  assert.equal((await owner.ask('GET', `/team/invitations/${first.id}`)).body.status, 'REVOKED')

  const again = await owner.ask('POST', `/team/invitations/${second.id}/resend`)
  assert.equal(again.status, 200)
  assert.equal((await accept(rig, second.token)).status, 404, 'the old link is dead')
  assert.equal((await accept(rig, tokenOf(again.body.url))).status, 200)
  assert.equal((await owner.ask('POST', `/team/invitations/${second.id}/resend`)).status, 409)

  await rig.clock.advanceBy(7 * DAY_MS)
  const later = { cookie: cookieIn(await rig.logIn(owner.user.email)) ?? '' }
  assert.equal((await accept(rig, third.token)).status, 409)
  const shown = await rig.askOpen('GET', `/team/invitations/${third.id}`, undefined, later)
  assert.equal(shown.body.status, 'EXPIRED')
  const renewed = await rig.askOpen('POST', `/team/invitations/${third.id}/resend`, undefined, later)
  assert.deepEqual([renewed.status, renewed.body.status], [200, 'PENDING'])
  assert.equal((await accept(rig, tokenOf(renewed.body.url))).status, 200)
})

test('members and open invitations take the seats of the plan, exactly, also when many are sent at once', async (t) => {
  const rig = await peopleRig(t, { plan: 'STARTER' })
  const owner = await rig.newPerson('OWNER')
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) => owner.ask('POST', '/team/invitations', { email: `${n}@b.c`, role: 'VIEWER' })),
  )
  const sent = answers.filter(({ status }) => status === 201)
  assert.equal(sent.length, 2)
  const refused = answers.find(({ status }) => status === 403)
  assert.match(refused?.body.error ?? '', /^The STARTER plan has 3 seats/)
  await owner.ask('DELETE', `/team/invitations/${sent[0]?.body.id}`)
  await invite(owner, 'another@b.c')
  // On a smaller plan what is there stays, and nobody more comes in.
  await rig.store.accounts.setPlan(rig.account.id, 'FREE')
  const late = await accept(rig, tokenOf(sent[1]?.body.url ?? null))
  assert.deepEqual([late.status, late.body.code], [403, 'FORBIDDEN'])
})

test('If-Match keeps an invitation that was sent again meanwhile', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const { id } = await invite(owner)
  const path = `/team/invitations/${id}`
  const etag = (await owner.ask('GET', path)).headers.get('etag') ?? ''
  await owner.ask('POST', `${path}/resend`)
  assert.equal((await owner.ask('DELETE', path, undefined, { 'if-match': etag })).status, 412)
  const fresh = (await owner.ask('GET', path)).headers.get('etag') ?? ''
  assert.equal((await owner.ask('DELETE', path, undefined, { 'if-match': fresh })).status, 200)
})

test('nobody is invited twice, whatever the case of the address', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const { id } = await invite(owner, 'grace@example.com')
  for (const email of ['GRACE@example.com', owner.user.email.toUpperCase()])
    assert.equal((await owner.ask('POST', '/team/invitations', { email, role: 'VIEWER' })).status, 409)
  await rig.clock.advanceBy(7 * DAY_MS - 1)
  const fresh = await rig.newPerson('ADMIN')
  assert.equal(
    (await fresh.ask('POST', '/team/invitations', { email: 'grace@example.com', role: 'VIEWER' })).status,
    409,
  )
  await rig.clock.advanceBy(1)
  await invite(fresh, 'grace@example.com')
  const before = await fresh.ask('POST', `/team/invitations/${id}/resend`)
  assert.equal(before.status, 409, 'the newer one counts')
})

test('bad input is a 400 that names each field, and links are not guessed', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const bad = await owner.ask('POST', '/team/invitations', { email: 'no address', role: 'BOSS', rolle: 1 })
  assert.equal(bad.status, 400)
  const details = bad.body['details']
  assert.ok(Array.isArray(details))
  assert.deepEqual(details.map(({ path }) => path).sort(), ['email', 'role', 'rolle'])
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await rig.askOpen('GET', `/invitations/${'a'.repeat(43)}`)).status)
  assert.deepEqual(new Set(statuses), new Set([404, 429]))
})
