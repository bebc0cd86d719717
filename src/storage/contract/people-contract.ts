import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '#domain'
import { type Invitation, SESSIONS_MAX, type Session, type User } from '../people.ts'
import type { Account, ApiKey, Store } from '../port.ts'
import { newAccount, START_MS, unique } from './builders.ts'
import type { OpenFor } from './harness.ts'

const NO_LIMIT = { seats: null, nowMs: START_MS }

/** People, their places in accounts, invitations and sessions. */
export function peopleContract(open: OpenFor): void {
  test('a person is found by id and by address whatever its case, and an address is one person’s', async (t) => {
    const { store } = await open(t)
    const { user, account } = await ownerOf(store, { email: 'Ada.Örn@Example.com' })
    assert.deepEqual(await store.users.get(user.id), user)
    assert.deepEqual(await store.users.byEmail('ADA.ÖRN@example.COM'), user)
    assert.equal(await store.users.byEmail('ada@example.com'), null)
    const twin = personOf({ email: 'ada.örn@example.com' })
    const place = { id: unique('mem'), account: await unsaved(), isNewAccount: true }
    assert.equal(await store.members.addOwner(twin, place), 'email-taken')
    assert.equal(await store.accounts.get(place.account.id), null, 'no account is left without its owner')
    assert.deepEqual(await store.users.accountsOf(user.id), [{ account, role: 'OWNER' }])
  })

  test('an account gets its first owner once', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    assert.equal(await store.members.hasOwner(account.id), false)
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => store.members.addOwner(personOf(), { id: unique('mem'), account, isNewAccount: false })),
    )
    assert.deepEqual(outcomes.sort(), ['done', 'taken', 'taken'])
    assert.equal((await store.members.list(account.id, { limit: 10, offset: 0 })).count, 1)
  })

  test('the last owner is neither removed nor made less, and of two who go at once one stays', async (t) => {
    const { store } = await open(t)
    const { account, memberId } = await ownerOf(store)
    const keys = { keptIds: [], keeperId: null, atMs: START_MS }
    assert.equal(await store.members.setRole(account.id, memberId, 'ADMIN'), 'last-owner')
    assert.equal(await store.members.remove(account.id, memberId, keys), 'last-owner')
    assert.equal(await store.members.setRole(account.id, memberId, 'OWNER'), 'done')
    const second = await joined(store, account, 'OWNER')
    assert.equal((await store.members.firstOwner(account.id))?.id, memberId)
    const outcomes = await Promise.all([
      store.members.setRole(account.id, memberId, 'VIEWER'),
      store.members.remove(account.id, second.memberId, keys),
    ])
    assert.deepEqual(outcomes.sort(), ['done', 'last-owner'])
    assert.equal(await store.members.hasOwner(account.id), true)
    assert.equal(await store.members.setRole((await newAccount(store)).id, memberId, 'VIEWER'), 'unknown')
  })

  test('a removal takes sessions and keys of this account along, and leaves the kept ones to who keeps them', async (t) => {
    const { store } = await open(t)
    const { account, user: owner } = await ownerOf(store)
    const elsewhere = await ownerOf(store)
    const { user, memberId } = await joined(store, account, 'ADMIN')
    await joined(store, elsewhere.account, 'VIEWER', user)
    const [kept, gone] = [keyOf(account.id, user.id), keyOf(account.id, user.id)]
    const [foreign, other] = [keyOf(elsewhere.account.id, user.id), keyOf(account.id, owner.id)]
    for (const key of [kept, gone, foreign, other]) await store.keys.create(key)
    const [here, there] = [sessionOf(user, account), sessionOf(user, elsewhere.account)]
    for (const session of [here, there]) assert.equal(await store.sessions.create(session, user.passwordHash), true)

    const keys = { keptIds: [kept.id, other.id, foreign.id], keeperId: owner.id, atMs: START_MS + 1 }
    assert.equal(await store.members.remove(account.id, memberId, keys), 'done')
    assert.equal(await store.members.of(account.id, user.id), null)
    const after = new Map((await store.keys.list(null)).map((key) => [key.id, [key.revokedAtMs, key.createdBy]]))
    assert.deepEqual(after.get(kept.id), [null, owner.id])
    assert.deepEqual(after.get(gone.id), [START_MS + 1, user.id])
    assert.deepEqual(after.get(foreign.id), [null, user.id])
    assert.deepEqual(after.get(other.id), [null, owner.id])
    assert.equal(await store.sessions.byToken(here.tokenHash), null)
    assert.equal((await store.sessions.byToken(there.tokenHash))?.role, 'VIEWER')
    assert.equal(await store.members.remove(account.id, memberId, keys), 'unknown')
  })

  test('an invitation is accepted once, and not when it was revoked, sent anew, or its time is over', async (t) => {
    const { store } = await open(t)
    const { account } = await ownerOf(store)
    const accept = (tokenHash: string, nowMs = START_MS) =>
      store.invitations.accept(
        tokenHash,
        { user: personOf(), isNew: true, memberId: unique('mem') },
        { seats: null, nowMs },
      )
    const twice = await invited(store, account)
    const outcomes = await Promise.all([accept(twice.tokenHash), accept(twice.tokenHash)])
    assert.deepEqual(outcomes.sort(), ['closed', 'done'])

    const revoked = await invited(store, account)
    assert.equal(await store.invitations.revoke((await newAccount(store)).id, revoked.id), false)
    assert.equal(await store.invitations.revoke(account.id, revoked.id), true)
    assert.equal(await store.invitations.revoke(account.id, revoked.id), false)
    assert.equal(await accept(revoked.tokenHash), 'closed')

    const late = await invited(store, account)
    assert.equal(await accept(late.tokenHash, late.expiresAtMs), 'closed')
    const link = { tokenHash: unique('hash'), expiresAtMs: late.expiresAtMs + 10, invitedBy: null }
    assert.equal(await store.invitations.renew(account.id, late.id, link, NO_LIMIT), 'done')
    assert.equal(await store.invitations.byToken(late.tokenHash), null)
    assert.equal(await accept(link.tokenHash, late.expiresAtMs), 'done')
    assert.equal(await store.invitations.renew(account.id, late.id, link, NO_LIMIT), 'closed')
    assert.equal(await accept(unique('hash')), 'closed')
  })

  test('what a member sent ends when they could not send it any more, unless somebody else sent it again', async (t) => {
    const { store } = await open(t)
    const { account, user: owner } = await ownerOf(store)
    const { user, memberId } = await joined(store, account, 'OWNER')
    const parts = { invitedBy: user.id }
    const asOwner = await invited(store, account, { ...parts, role: 'OWNER' })
    const asAdmin = await invited(store, account, { ...parts, role: 'ADMIN' })
    const vouched = await invited(store, account, { ...parts, role: 'OWNER' })
    const others = await invited(store, account, { invitedBy: owner.id, role: 'OWNER' })
    const link = { tokenHash: vouched.tokenHash, expiresAtMs: vouched.expiresAtMs, invitedBy: owner.id }
    assert.equal(await store.invitations.renew(account.id, vouched.id, link, NO_LIMIT), 'done')
    const statuses = async () => {
      const read = [asOwner, asAdmin, vouched, others].map(({ id }) => store.invitations.get(account.id, id))
      return (await Promise.all(read)).map((invitation) => invitation?.status)
    }
    await store.members.setRole(account.id, memberId, 'ADMIN')
    assert.deepEqual(await statuses(), ['REVOKED', 'PENDING', 'PENDING', 'PENDING'])
    await store.members.remove(account.id, memberId, { keptIds: [], keeperId: null, atMs: START_MS })
    assert.deepEqual(await statuses(), ['REVOKED', 'REVOKED', 'PENDING', 'PENDING'])
  })

  test('seats are never overdrawn, whoever asks at once', async (t) => {
    const { store } = await open(t)
    const { account } = await ownerOf(store)
    const rule = { seats: 3, nowMs: START_MS }
    const made = Array.from({ length: 5 }, () => invitationOf(account))
    const outcomes = await Promise.all(made.map((invitation) => store.invitations.create(invitation, rule)))
    assert.deepEqual(outcomes.sort(), ['done', 'done', 'full', 'full', 'full'])
    const open_ = (await store.invitations.list(account.id, { limit: 10, offset: 0 })).rows
    assert.equal(open_.length, 2)
    // One that ran out takes no seat; with less seats nobody more comes in.
    const later = { seats: 3, nowMs: START_MS + 1_000_000 }
    assert.equal(await store.invitations.create(invitationOf(account), later), 'done')
    const joining = { user: personOf(), isNew: true, memberId: unique('mem') }
    const tokenHash = open_[0]?.tokenHash ?? ''
    assert.equal(await store.invitations.accept(tokenHash, joining, { seats: 1, nowMs: START_MS }), 'full')
    assert.equal(await store.users.get(joining.user.id), null)
  })

  test('nobody is invited twice to one account at a time, nor who belongs to it', async (t) => {
    const { store } = await open(t)
    const { account, user } = await ownerOf(store)
    const first = await invited(store, account, { email: 'Grace@example.com' })
    const again = invitationOf(account, { email: 'grace@EXAMPLE.com' })
    assert.equal(await store.invitations.create(again, NO_LIMIT), 'open')
    assert.equal(
      await store.invitations.create(invitationOf(account, { email: user.email.toUpperCase() }), NO_LIMIT),
      'member',
    )
    const elsewhere = await newAccount(store)
    assert.equal(await store.invitations.create(invitationOf(elsewhere, { email: first.email }), NO_LIMIT), 'done')
    assert.equal(await store.invitations.create(again, { seats: null, nowMs: first.expiresAtMs }), 'done')
    assert.equal((await store.invitations.get(account.id, first.id))?.status, 'EXPIRED')
    const link = { tokenHash: unique('hash'), expiresAtMs: START_MS + 5, invitedBy: null }
    assert.equal(await store.invitations.renew(account.id, first.id, link, NO_LIMIT), 'open')
  })

  test('members and invitations of equal age are paged without gap or repeat', async (t) => {
    const { store } = await open(t)
    const { account } = await ownerOf(store)
    for (let n = 0; n < 6; n++) await joined(store, account, 'VIEWER')
    for (const list of [store.members, store.invitations]) {
      const whole = await list.list(account.id, { limit: 100, offset: 0 })
      const seen: string[] = []
      for (let offset = 0; offset < whole.count; offset += 2)
        seen.push(...(await list.list(account.id, { limit: 2, offset })).rows.map(({ id }) => id))
      assert.deepEqual(
        seen,
        whole.rows.map(({ id }) => id),
      )
      assert.equal(new Set(seen).size, whole.count)
    }
  })

  test('a session is found with its person and their present role, moved, touched and ended', async (t) => {
    const { store } = await open(t)
    const { account, user, memberId } = await ownerOf(store)
    await joined(store, account, 'OWNER')
    const session = sessionOf(user, account)
    await store.sessions.create(session, user.passwordHash)
    assert.deepEqual(await store.sessions.byToken(session.tokenHash), { session, user, account, role: 'OWNER' })
    await store.members.setRole(account.id, memberId, 'VIEWER')
    assert.equal((await store.sessions.byToken(session.tokenHash))?.role, 'VIEWER')
    await store.sessions.touch(session.id, { atMs: START_MS + 1, expiresAtMs: START_MS + 50, address: '192.0.2.1' })
    const second = await ownerOf(store)
    assert.equal(await store.sessions.move(session.id, { accountId: second.account.id, tokenHash: 'moved' }), true)
    assert.equal(await store.sessions.byToken('moved'), null, 'they do not belong to that account')
    assert.equal(await store.sessions.end(second.user.id, session.id), false)
    assert.equal(await store.sessions.end(user.id, session.id), true)
    assert.equal(await store.sessions.move(session.id, { accountId: account.id, tokenHash: 'x' }), false)
  })

  test('sessions that ran out are not listed, and are dropped', async (t) => {
    const { store } = await open(t)
    const { account, user } = await ownerOf(store)
    const [short, long] = [sessionOf(user, account), sessionOf(user, account, { expiresAtMs: START_MS + 99 })]
    for (const session of [short, long]) await store.sessions.create(session, user.passwordHash)
    assert.deepEqual(await store.sessions.list(user.id, short.expiresAtMs), [long])
    await store.sessions.dropExpired(short.expiresAtMs)
    assert.equal(await store.sessions.byToken(short.tokenHash), null)
    assert.equal(await store.sessions.endAll(user.id), 1)
  })

  test('a person has so many sessions at most: those that were used longest ago end', async (t) => {
    const { store } = await open(t)
    const [{ account, user }, other] = [await ownerOf(store), await ownerOf(store)]
    const kept = sessionOf(other.user, other.account, { lastUsedAtMs: START_MS - 1 })
    await store.sessions.create(kept, other.user.passwordHash)
    const made = Array.from({ length: SESSIONS_MAX + 1 }, (_, n) =>
      sessionOf(user, account, { createdAtMs: START_MS + n, lastUsedAtMs: START_MS + n }),
    )
    for (const session of made) await store.sessions.create(session, user.passwordHash)
    const rows = await store.sessions.list(user.id, START_MS)
    assert.deepEqual(rows, made.slice(1).reverse())
    assert.deepEqual(await store.sessions.list(other.user.id, START_MS), [kept])
  })

  test('a new password ends every session but the one to keep, and a link sets it once', async (t) => {
    const { store } = await open(t)
    const { account, user } = await ownerOf(store)
    const [kept, ended] = [sessionOf(user, account), sessionOf(user, account)]
    for (const session of [kept, ended]) await store.sessions.create(session, user.passwordHash)
    await store.users.addReset({ userId: user.id, tokenHash: 'old', expiresAtMs: START_MS + 10 })
    assert.equal(await store.users.setPassword(user.id, 'second', kept.id), true)
    assert.deepEqual(await store.sessions.list(user.id, START_MS), [kept])
    assert.equal(await store.users.spendReset('old', 'third', START_MS), false, 'the change spent it')

    await store.users.addReset({ userId: user.id, tokenHash: 'first', expiresAtMs: START_MS + 10 })
    await store.users.addReset({ userId: user.id, tokenHash: 'link', expiresAtMs: START_MS + 10 })
    assert.equal(await store.users.byReset('first', START_MS), null, 'a newer link replaced it')
    assert.equal((await store.users.byReset('link', START_MS))?.id, user.id)
    assert.equal(await store.users.byReset('link', START_MS + 10), null)
    assert.equal(await store.users.spendReset('link', 'third', START_MS), true)
    assert.equal(await store.users.spendReset('link', 'fourth', START_MS), false)
    assert.deepEqual(await store.sessions.list(user.id, START_MS), [])
    assert.equal((await store.users.get(user.id))?.passwordHash, 'third')
    assert.equal(await store.sessions.create(kept, 'second'), false, 'opened by a password of before')
    await store.users.rehash(user.id, 'second', 'wrong')
    await store.users.rehash(user.id, 'third', 'same, costlier')
    assert.equal((await store.users.get(user.id))?.passwordHash, 'same, costlier')
    assert.equal(await store.users.setPassword('usr_none', 'x', null), false)
  })
}

function personOf(parts: Partial<User> = {}): User {
  const id = unique('usr')
  return { id, email: `${id}@example.com`, name: 'Ada', passwordHash: 'hash', createdAtMs: START_MS, ...parts }
}

async function unsaved(): Promise<Account> {
  return { id: unique('acc'), name: 'New', plan: 'FREE', isSuspended: false, createdAtMs: START_MS }
}

/** A new account with its owner. */
async function ownerOf(store: Store, parts: Partial<User> = {}) {
  const account = await newAccount(store)
  const user = personOf(parts)
  const memberId = unique('mem')
  assert.equal(await store.members.addOwner(user, { id: memberId, account, isNewAccount: false }), 'done')
  return { account, user, memberId }
}

/** A member who accepted an invitation; a new person unless one is given. */
async function joined(store: Store, account: Account, role: Role, known?: User) {
  const user = known ?? personOf()
  const memberId = unique('mem')
  const { tokenHash } = await invited(store, account, { email: user.email, role })
  const joining = { user, isNew: known === undefined, memberId }
  assert.equal(await store.invitations.accept(tokenHash, joining, NO_LIMIT), 'done')
  return { user, memberId }
}

async function invited(store: Store, account: Account, parts: Partial<Invitation> = {}): Promise<Invitation> {
  const invitation = invitationOf(account, parts)
  assert.equal(await store.invitations.create(invitation, NO_LIMIT), 'done')
  assert.deepEqual(await store.invitations.get(account.id, invitation.id), invitation)
  return invitation
}

function invitationOf(account: Account, parts: Partial<Invitation> = {}): Invitation {
  const id = unique('inv')
  return {
    id,
    accountId: account.id,
    email: `${id}@example.com`,
    role: 'MEMBER',
    status: 'PENDING',
    tokenHash: `hash of ${id}`,
    invitedBy: null,
    createdAtMs: START_MS,
    expiresAtMs: START_MS + 1_000,
    ...parts,
  }
}

function sessionOf(user: User, account: Account, parts: Partial<Session> = {}): Session {
  const id = unique('ses')
  return {
    id,
    tokenHash: `hash of ${id}`,
    userId: user.id,
    accountId: account.id,
    createdAtMs: START_MS,
    lastUsedAtMs: START_MS,
    expiresAtMs: START_MS + 10,
    endsAtMs: START_MS + 100,
    address: null,
    userAgent: 'A browser',
    ...parts,
  }
}

function keyOf(accountId: string, createdBy: string): ApiKey {
  const id = unique('key')
  return {
    id,
    accountId,
    name: 'ci',
    prefix: 'sk_live_ab12',
    hash: id.padStart(64, '0'),
    permissions: ['read'],
    createdAtMs: START_MS,
    expiresAtMs: null,
    revokedAtMs: null,
    lastUsedAtMs: null,
    createdBy,
  }
}
