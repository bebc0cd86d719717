import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newLinkToken } from '../auth/link-token.ts'
import { cookieIn, PASSWORD, type PeopleRig, type Person, peopleRig } from '../testing/people-rig.ts'

const NEW_PASSWORD = 'another horse battery'
const JSON_TYPE = { 'content-type': 'application/json' }

test('a changed password ends every other session and gives this one a new token', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('MEMBER')
  const thief = cookieIn(await rig.logIn(person.user.email)) ?? ''
  const before = person.cookie
  const answer = await person.ask('POST', '/auth/password', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD })
  assert.equal(answer.status, 200)
  for (const cookie of [thief, before])
    assert.equal((await rig.askOpen('GET', '/auth/session', undefined, { cookie })).status, 401)
  assert.equal((await person.ask('GET', '/auth/session')).status, 200)
  assert.equal((await rig.logIn(person.user.email, PASSWORD)).status, 401)
  assert.equal((await rig.logIn(person.user.email, NEW_PASSWORD)).status, 200)
})

test('who does not know the password changes it not, and learns of no password in the answer', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('MEMBER')
  const wrong = await person.ask('POST', '/auth/password', { currentPassword: 'a guess', newPassword: NEW_PASSWORD })
  assert.deepEqual(
    [wrong.status, wrong.body['details']],
    [400, [{ path: 'currentPassword', message: 'is not your password' }]],
  )
  const short = await person.ask('POST', '/auth/password', { currentPassword: PASSWORD, newPassword: 'short' })
  assert.equal(short.status, 400)
  assert.equal(short.text.includes('"short"'), false)
  assert.equal((await rig.logIn(person.user.email)).status, 200)
})

test('letters typed composed or apart are the same password', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('MEMBER')
  await person.ask('POST', '/auth/password', { currentPassword: PASSWORD, newPassword: 'caf\u00e9 au lait' })
  assert.equal((await rig.logIn(person.user.email, 'cafe\u0301 au lait')).status, 200)
})

test('a reset link sets the password once, ends every session, and works for an hour', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('OWNER')
  const token = await newReset(rig, person)
  const body = JSON.stringify({ token, password: NEW_PASSWORD })
  assert.equal((await rig.askOpen('POST', '/auth/reset-password', body, JSON_TYPE)).status, 200)
  assert.equal((await person.ask('GET', '/auth/session')).status, 401)
  assert.equal((await rig.askOpen('POST', '/auth/reset-password', body, JSON_TYPE)).status, 403)
  assert.equal((await rig.logIn(person.user.email, NEW_PASSWORD)).status, 200)

  const late = JSON.stringify({ token: await newReset(rig, person), password: PASSWORD })
  await rig.clock.advanceBy(3_600_000)
  assert.equal((await rig.askOpen('POST', '/auth/reset-password', late, JSON_TYPE)).status, 403)
})

test('of two who use one reset link at once, one does', async (t) => {
  const rig = await peopleRig(t)
  const token = await newReset(rig, await rig.newPerson('OWNER'))
  const statuses = await Promise.all(
    ['first password', 'second password'].map(async (password) => {
      const body = JSON.stringify({ token, password })
      return (await rig.askOpen('POST', '/auth/reset-password', body, JSON_TYPE)).status
    }),
  )
  assert.deepEqual(statuses.sort(), [200, 403])
})

test('a login that began with the old password opens nothing after the change', async (t) => {
  const rig = await peopleRig(t)
  const { user } = await rig.newPerson('OWNER')
  const now = rig.clock.nowMs()
  const session = {
    id: rig.newId('ses'),
    tokenHash: 'x',
    userId: user.id,
    accountId: rig.account.id,
    createdAtMs: now,
    lastUsedAtMs: now,
    expiresAtMs: now + 1,
    endsAtMs: now + 1,
    address: null,
    userAgent: null,
  }
  await rig.store.users.setPassword(user.id, 'another hash', null)
  assert.equal(await rig.store.sessions.create(session, user.passwordHash), false)
  assert.deepEqual(await rig.store.sessions.list(user.id, now), [])
})

async function newReset(rig: PeopleRig, { user }: Person): Promise<string> {
  const { token, tokenHash } = newLinkToken((size) => crypto.getRandomValues(new Uint8Array(size)))
  await rig.store.users.addReset({ userId: user.id, tokenHash, expiresAtMs: rig.clock.nowMs() + 3_600_000 })
  return token
}
