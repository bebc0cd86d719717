import type { TestContext } from 'node:test'
import type { Role } from '#domain'
import type { Account, ApiKey, Member, User } from '#storage'
import { newApiKey } from '../auth/api-key.ts'
import { type Passwords, passwords } from '../auth/passwords.ts'
import type { ApiDeps } from '../deps.ts'
import { type Answer, type ApiRig, apiRig } from './api-rig.ts'

export const PASSWORD = 'correct horse battery'
/** Argon2id as always, at a cost that tests can pay hundreds of times. */
export const cheapPasswords: Passwords = passwords((size) => crypto.getRandomValues(new Uint8Array(size)), {
  memoryKib: 8,
  passes: 1,
  lanes: 1,
})

/** A person of a test, logged in. */
export interface Person {
  user: User
  member: Member
  /** `name=value` of the session's cookie; what the newest answer set counts. */
  cookie: string
  ask(method: string, path: string, body?: unknown, headers?: { [name: string]: string }): Promise<Answer>
  /** A key that they made, of every permission. */
  newKey(name?: string): Promise<{ key: string; row: ApiKey }>
}

export interface PeopleRig extends ApiRig {
  /** A member of the account, logged in over the API. */
  newPerson(role: Role, account?: Account): Promise<Person>
  logIn(email: string, password?: string, headers?: { [name: string]: string }): Promise<Answer>
}

/** The API with people in it. */
export async function peopleRig(
  t: TestContext,
  options: { plan?: Account['plan']; deps?: Partial<ApiDeps> } = {},
): Promise<PeopleRig> {
  const rig = await apiRig(t, { ...options, deps: { passwords: cheapPasswords, ...options.deps } })
  const passwordHash = await cheapPasswords.hash(PASSWORD)
  let made = 0

  function logIn(email: string, password = PASSWORD, headers: { [name: string]: string } = {}): Promise<Answer> {
    const body = JSON.stringify({ email, password })
    return rig.askOpen('POST', '/auth/login', body, { 'content-type': 'application/json', ...headers })
  }

  async function newPerson(role: Role, account: Account = rig.account): Promise<Person> {
    const email = `${role.toLowerCase()}${++made}@example.com`
    const user: User = { id: rig.newId('usr'), email, name: email, passwordHash, createdAtMs: rig.clock.nowMs() }
    await join(rig, user, role, account)
    const member = await rig.store.members.of(account.id, user.id)
    if (member === null) throw new Error('the person did not join')
    const person: Person = {
      user,
      member,
      cookie: cookieIn(await logIn(email)) ?? '',
      async ask(method, path, body, headers = {}) {
        const type: { [name: string]: string } = body === undefined ? {} : { 'content-type': 'application/json' }
        const text = body === undefined ? undefined : JSON.stringify(body)
        const answer = await rig.askOpen(method, path, text, { cookie: person.cookie, ...type, ...headers })
        person.cookie = cookieIn(answer) ?? person.cookie
        return answer
      },
      async newKey(name = 'made') {
        const { key, hash, prefix } = newApiKey((size) => crypto.getRandomValues(new Uint8Array(size)))
        const row: ApiKey = {
          id: rig.newId('key'),
          accountId: account.id,
          name,
          prefix,
          hash,
          permissions: ['read', 'write', 'delete', 'admin'],
          createdAtMs: rig.clock.nowMs(),
          expiresAtMs: null,
          revokedAtMs: null,
          lastUsedAtMs: null,
          createdBy: user.id,
        }
        await rig.store.keys.create(row)
        return { key, row }
      },
    }
    return person
  }

  return { ...rig, newPerson, logIn }
}

/** Makes a person a member by an invitation, as the product does. */
export async function join(rig: ApiRig, user: User, role: Role, account: Account): Promise<void> {
  const nowMs = rig.clock.nowMs()
  const rule = { seats: null, nowMs }
  const tokenHash = rig.newId('req')
  const isNew = (await rig.store.users.get(user.id)) === null
  await rig.store.invitations.create(
    {
      id: rig.newId('inv'),
      accountId: account.id,
      email: user.email,
      role,
      status: 'PENDING',
      tokenHash,
      invitedBy: null,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + 1,
    },
    rule,
  )
  await rig.store.invitations.accept(tokenHash, { user, isNew, memberId: rig.newId('mem') }, rule)
}

/** `name=value` of a cookie that an answer sets. */
export function cookieIn({ headers }: Answer): string | null {
  return headers.get('set-cookie')?.split(';')[0] ?? null
}
