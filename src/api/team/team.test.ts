import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashSecret } from '../auth/api-key.ts'
import { peopleRig } from '../testing/people-rig.ts'

test('members are listed newest first, in the shape of the contract', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  await rig.clock.advanceBy(1_000)
  const viewer = await rig.newPerson('VIEWER')
  await rig.newPerson('OWNER', await rig.newAccount())
  const list = await owner.ask('GET', '/team/members')
  assert.deepEqual(list.body['members'], [
    {
      id: viewer.member.id,
      email: viewer.user.email,
      name: viewer.user.name,
      role: 'VIEWER',
      status: 'ACTIVE',
      acceptedAt: '2025-01-21T10:30:01Z',
    },
    {
      id: owner.member.id,
      email: owner.user.email,
      name: owner.user.name,
      role: 'OWNER',
      status: 'ACTIVE',
      acceptedAt: '2025-01-21T10:30:00Z',
    },
  ])
  assert.deepEqual([list.body.count, list.body.hasMore], [2, false])
  assert.equal((await owner.ask('GET', '/team/members?limit=1')).body.hasMore, true)
})

test('a role counts from the next request on, for sessions and for the keys that the member made', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const admin = await rig.newPerson('ADMIN')
  const { key } = await admin.newKey()
  const withKey = { 'x-api-key': key }
  const make = (headers: { [name: string]: string }) =>
    rig.ask(
      'POST',
      '/notification-channels',
      { name: 'x', type: 'WEBHOOK', config: { url: 'https://a.example' } },
      headers,
    )
  assert.equal((await make(withKey)).status, 201)
  const path = `/team/members/${admin.member.id}`
  const shown = await owner.ask('GET', path)
  const changed = await owner.ask('PUT', path, { ...shown.body, role: 'VIEWER' })
  assert.deepEqual([changed.status, changed.body['role']], [200, 'VIEWER'])
  const refused = await make(withKey)
  assert.equal(refused.status, 403)
  assert.equal(
    refused.body.error,
    'The member who made this API key has the role VIEWER now, which does not allow this.',
  )
  assert.equal((await rig.ask('GET', '/monitors', undefined, withKey)).status, 200)
  assert.equal((await admin.ask('DELETE', `/team/members/${owner.member.id}`)).status, 403)
})

test('If-Match tells an owner that somebody changed the role meanwhile', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const { member } = await rig.newPerson('ADMIN')
  const path = `/team/members/${member.id}`
  const etag = (await owner.ask('GET', path)).headers.get('etag') ?? ''
  assert.equal((await owner.ask('PUT', path, { role: 'MEMBER' }, { 'if-match': etag })).status, 200)
  assert.equal((await owner.ask('PUT', path, { role: 'VIEWER' }, { 'if-match': etag })).status, 412)
})

test('an account always has an owner, also when two step down at once', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const own = `/team/members/${owner.member.id}`
  assert.equal((await owner.ask('PUT', own, { role: 'ADMIN' })).status, 409)
  assert.equal((await owner.ask('DELETE', own)).status, 409)
  const second = await rig.newPerson('OWNER')
  const answers = await Promise.all([
    owner.ask('PUT', own, { role: 'MEMBER' }),
    second.ask('PUT', `/team/members/${second.member.id}`, { role: 'MEMBER' }),
    rig.ask('DELETE', own),
  ])
  assert.equal(await rig.store.members.hasOwner(rig.account.id), true)
  assert.ok(answers.some(({ status }) => status === 409))
})

test('who is removed is out at once, and the keys that they made end but those kept by name or id', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const leaver = await rig.newPerson('ADMIN')
  const [kept, keptToo, gone] = [
    await leaver.newKey('ci'),
    await leaver.newKey('two, words'),
    await leaver.newKey('gone'),
  ]
  const path = `/team/members/${leaver.member.id}`
  const ask = (key: string) => rig.ask('GET', '/monitors', undefined, { 'x-api-key': key })
  assert.equal((await ask(gone.key)).status, 200)
  const unknown = await owner.ask('DELETE', `${path}?keepKeys=ci,nix`)
  assert.equal(unknown.status, 400)
  assert.equal((await leaver.ask('GET', '/monitors')).status, 200, 'a refused removal changes nothing')

  const removed = await owner.ask('DELETE', `${path}?keepKeys=ci,${keptToo.row.id}`)
  assert.equal(removed.status, 200)
  assert.equal((await leaver.ask('GET', '/monitors')).status, 401)
  assert.deepEqual([(await ask(kept.key)).status, (await ask(keptToo.key)).status], [200, 200])
  assert.equal((await ask(gone.key)).status, 401)
  // A kept key is bound by the role of who kept it.
  const rows = await rig.store.keys.list(rig.account.id)
  assert.deepEqual(
    rows.filter(({ id }) => id === kept.row.id).map(({ createdBy }) => createdBy),
    [owner.user.id],
  )
  assert.equal((await owner.ask('DELETE', path)).status, 404)
  assert.equal((await rig.logIn(leaver.user.email)).status, 403, 'they belong to no account any more')
})

test('a person keeps their place in other accounts', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const person = await rig.newPerson('MEMBER')
  const elsewhere = await rig.newPerson('OWNER', await rig.newAccount())
  const invited = await elsewhere.ask('POST', '/team/invitations', { email: person.user.email, role: 'ADMIN' })
  const token = String(invited.body.url).split('/').at(-1)
  const joined = await person.ask('POST', `/invitations/${token}/accept`, {})
  assert.equal(joined.status, 200)
  assert.equal((await owner.ask('DELETE', `/team/members/${person.member.id}`)).status, 200)
  assert.equal((await person.ask('GET', '/auth/session')).status, 200)
})

test('a member who is removed does not come back by an invitation of their own', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const leaver = await rig.newPerson('ADMIN')
  const sent = await leaver.ask('POST', '/team/invitations', { email: 'back@example.com', role: 'ADMIN' })
  await owner.ask('DELETE', `/team/members/${leaver.member.id}`)
  const token = String(sent.body.url).split('/').at(-1)
  const body = JSON.stringify({ name: 'Back', password: 'a long password' })
  const type = { 'content-type': 'application/json' }
  assert.equal((await rig.askOpen('POST', `/invitations/${token}/accept`, body, type)).status, 409)
  assert.equal((await owner.ask('GET', `/team/invitations/${sent.body.id}`)).body.status, 'REVOKED')
})

test('an owner is removed, and made by invitation, by owners only', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  await rig.newPerson('OWNER')
  const admin = await rig.newPerson('ADMIN')
  assert.equal((await admin.ask('DELETE', `/team/members/${owner.member.id}`)).status, 403)
  const body = { email: 'new@example.com', role: 'OWNER' }
  assert.equal((await admin.ask('POST', '/team/invitations', body)).status, 403)
  const invited = await owner.ask('POST', '/team/invitations', body)
  assert.equal(invited.status, 201)
  assert.equal((await admin.ask('POST', `/team/invitations/${invited.body.id}/resend`)).status, 403)
})

test("nothing is known of another account's members and invitations", async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const stranger = await rig.newPerson('OWNER', await rig.newAccount())
  const invited = await stranger.ask('POST', '/team/invitations', { email: 'a@example.com', role: 'VIEWER' })
  const targets = [`/team/members/${stranger.member.id}`, `/team/invitations/${invited.body.id}`]
  for (const target of targets) {
    const none = target.replace(/_[a-z0-9]{16}$/, '_aaaaaaaaaaaaaaaa')
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['PUT', '', { role: 'VIEWER' }],
      ['POST', '/resend', undefined],
    ] as const) {
      const foreign = await owner.ask(method, `${target}${suffix}`, body)
      const unknown = await owner.ask(method, `${none}${suffix}`, body)
      assert.deepEqual([foreign.status, foreign.body.error], [unknown.status, unknown.body.error])
      assert.ok(foreign.status === 404 || foreign.status === 405)
    }
  }
  assert.equal((await rig.store.members.get(stranger.member.accountId, stranger.member.id))?.role, 'OWNER')
  assert.equal((await owner.ask('GET', '/team/invitations')).text.includes('a@example.com'), false)
})

test('what people do to the team is in the audit log, and no token or hash is', async (t) => {
  const rig = await peopleRig(t)
  const owner = await rig.newPerson('OWNER')
  const { member } = await rig.newPerson('MEMBER')
  const invited = await owner.ask('POST', '/team/invitations', { email: 'a@example.com', role: 'VIEWER' })
  await owner.ask('PUT', `/team/members/${member.id}`, { role: 'ADMIN' })
  await owner.ask('DELETE', `/team/members/${member.id}`)
  const log = await owner.ask('GET', '/audit-log')
  const entries = log.body['entries']
  assert.ok(Array.isArray(entries))
  assert.deepEqual(
    entries.slice(0, 3).map(({ action, before, after }) => [action, before, after]),
    [
      ['member.removed', { role: 'ADMIN' }, { role: null }],
      ['member.role_changed', { role: 'MEMBER' }, { role: 'ADMIN' }],
      ['invitation.created', null, { role: 'VIEWER' }],
    ],
  )
  const token = String(invited.body.url).split('/').at(-1) ?? ''
  assert.equal(log.text.includes(token), false)
  assert.equal(log.text.includes(hashSecret(token)), false)
})
