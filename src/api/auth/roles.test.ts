import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES, type Role } from '#domain'
import { PERMISSIONS, type Permission } from '#storage'
import { type PeopleRig, peopleRig } from '../testing/people-rig.ts'
import type { RouteKind } from './access.ts'

/** One route, what it does, and the permission that a key needs; `:name` stands for something of the account. */
interface Row {
  method: string
  path: string
  kind: Exclude<RouteKind, 'self'>
  permission: Permission
  body?: object
}

const WEBHOOK = { name: 'Hook', type: 'WEBHOOK', config: { url: 'https://hooks.example/' } }
const WINDOW = {
  title: 'W',
  startsAt: '2025-02-01T10:00:00Z',
  endsAt: '2025-02-01T11:00:00Z',
  monitorIds: [':monitor'],
}
const ROWS: readonly Row[] = [
  { method: 'GET', path: '/monitors', kind: 'see', permission: 'read' },
  { method: 'GET', path: '/monitors/:monitor', kind: 'see', permission: 'read' },
  {
    method: 'POST',
    path: '/monitors',
    kind: 'work',
    permission: 'write',
    body: { name: 'M', url: 'https://a.example' },
  },
  { method: 'PUT', path: '/monitors/:monitor', kind: 'work', permission: 'write', body: { name: 'N' } },
  { method: 'POST', path: '/monitors/:monitor/pause', kind: 'work', permission: 'write' },
  { method: 'POST', path: '/monitors/:monitor/resume', kind: 'work', permission: 'write' },
  { method: 'POST', path: '/monitors/:monitor/check', kind: 'work', permission: 'write' },
  { method: 'DELETE', path: '/monitors/:monitor', kind: 'manage', permission: 'delete' },
  { method: 'GET', path: '/incidents', kind: 'see', permission: 'read' },
  { method: 'GET', path: '/incidents/:incident', kind: 'see', permission: 'read' },
  { method: 'POST', path: '/incidents', kind: 'work', permission: 'write', body: { title: 'T' } },
  { method: 'PUT', path: '/incidents/:incident', kind: 'work', permission: 'write', body: { severity: 'LOW' } },
  {
    method: 'POST',
    path: '/incidents/:incident/updates',
    kind: 'work',
    permission: 'write',
    body: { message: 'We look.' },
  },
  { method: 'POST', path: '/incidents/:incident/acknowledge', kind: 'work', permission: 'write' },
  { method: 'POST', path: '/incidents/:incident/resolve', kind: 'work', permission: 'write' },
  { method: 'DELETE', path: '/incidents/:incident', kind: 'manage', permission: 'delete' },
  { method: 'GET', path: '/notification-channels', kind: 'see', permission: 'read' },
  { method: 'GET', path: '/notification-channels/:channel', kind: 'see', permission: 'read' },
  { method: 'POST', path: '/notification-channels', kind: 'manage', permission: 'write', body: WEBHOOK },
  { method: 'PUT', path: '/notification-channels/:channel', kind: 'manage', permission: 'write', body: { name: 'N' } },
  { method: 'POST', path: '/notification-channels/:channel/test', kind: 'manage', permission: 'write' },
  { method: 'DELETE', path: '/notification-channels/:channel', kind: 'manage', permission: 'delete' },
  { method: 'GET', path: '/status-pages', kind: 'see', permission: 'read' },
  { method: 'POST', path: '/status-pages', kind: 'manage', permission: 'write', body: { name: 'P', slug: ':slug' } },
  { method: 'GET', path: '/status-pages/:page', kind: 'see', permission: 'read' },
  { method: 'PUT', path: '/status-pages/:page', kind: 'manage', permission: 'write', body: { name: 'N' } },
  { method: 'DELETE', path: '/status-pages/:page', kind: 'manage', permission: 'delete' },
  { method: 'GET', path: '/api-keys', kind: 'see', permission: 'admin' },
  { method: 'GET', path: '/api-keys/:key', kind: 'see', permission: 'admin' },
  {
    method: 'POST',
    path: '/api-keys',
    kind: 'manage',
    permission: 'admin',
    body: { name: 'k', permissions: ['admin'] },
  },
  { method: 'PUT', path: '/api-keys/:key', kind: 'manage', permission: 'admin', body: { name: 'N' } },
  { method: 'DELETE', path: '/api-keys/:key', kind: 'manage', permission: 'admin' },
  { method: 'GET', path: '/account', kind: 'see', permission: 'admin' },
  { method: 'GET', path: '/account/usage', kind: 'see', permission: 'admin' },
  { method: 'PUT', path: '/account', kind: 'manage', permission: 'admin', body: { name: 'N' } },
  { method: 'GET', path: '/maintenance-windows', kind: 'see', permission: 'read' },
  { method: 'POST', path: '/maintenance-windows', kind: 'work', permission: 'write', body: WINDOW },
  { method: 'GET', path: '/audit-log', kind: 'see', permission: 'admin' },
  { method: 'GET', path: '/team/members', kind: 'see', permission: 'admin' },
  { method: 'GET', path: '/team/members/:member', kind: 'see', permission: 'admin' },
  { method: 'PUT', path: '/team/members/:member', kind: 'own', permission: 'admin', body: { role: 'MEMBER' } },
  { method: 'DELETE', path: '/team/members/:member', kind: 'manage', permission: 'admin' },
  { method: 'GET', path: '/team/invitations', kind: 'see', permission: 'admin' },
  { method: 'GET', path: '/team/invitations/:invitation', kind: 'see', permission: 'admin' },
  {
    method: 'POST',
    path: '/team/invitations',
    kind: 'manage',
    permission: 'admin',
    body: { email: ':email', role: 'VIEWER' },
  },
  { method: 'POST', path: '/team/invitations/:invitation/resend', kind: 'manage', permission: 'admin' },
  { method: 'DELETE', path: '/team/invitations/:invitation', kind: 'manage', permission: 'admin' },
]

/** From the product's own table: who may do what. */
const MAY: { readonly [kind in Row['kind']]: readonly Role[] } = {
  see: ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'],
  work: ['OWNER', 'ADMIN', 'MEMBER'],
  manage: ['OWNER', 'ADMIN'],
  own: ['OWNER'],
}

let made = 0

type Things = { [name: string]: string }
const ALL_NAMES = 'monitor channel page incident key invitation member'

/** The ids of fresh things of an account: those that a text names. */
async function thingsOf(rig: PeopleRig, accountId: string, names: string): Promise<Things> {
  const account = await rig.store.accounts.get(accountId)
  assert.ok(account !== null)
  const headers = { 'x-api-key': await rig.newKey(account) }
  const unique = ++made
  const make = async (path: string, body: object) => {
    const answer = await rig.ask('POST', path, body, headers)
    assert.equal(answer.status, 201, `${path}: ${answer.text}`)
    return answer.body.id
  }
  const makers: { [name: string]: () => Promise<string> } = {
    monitor: () => make('/monitors', { name: 'Thing', url: 'https://thing.example' }),
    channel: () => make('/notification-channels', WEBHOOK),
    page: () => make('/status-pages', { name: 'Thing', slug: `thing-${unique}` }),
    incident: () => make('/incidents', { title: 'Thing' }),
    key: () => make('/api-keys', { name: 'thing', permissions: ['read'] }),
    invitation: () => make('/team/invitations', { email: `thing${unique}@example.com`, role: 'VIEWER' }),
    member: async () => (await rig.newPerson('VIEWER', account)).member.id,
  }
  const things: Things = {}
  for (const [name, maker] of Object.entries(makers)) if (names.includes(name)) things[name] = await maker()
  return things
}

function filled(text: string, things: Things): string {
  const unique = String(++made)
  return text
    .replace(':email', `new${unique}@example.com`)
    .replace(':slug', `page-${unique}`)
    .replace(/:([a-z]+)/g, (_all, name: string) => things[name] ?? assert.fail(`nothing is called ${name}`))
}

function send(row: Row, things: Things) {
  const body: unknown = row.body === undefined ? undefined : JSON.parse(filled(JSON.stringify(row.body), things))
  return { path: filled(row.path, things), body }
}

for (const role of ROLES) {
  test(`what ${role} may do and may not, by session and by a key of theirs, on what is theirs and what is not`, async (t) => {
    const rig = await peopleRig(t)
    await rig.newPerson('OWNER')
    const person = await rig.newPerson(role)
    const { key } = await person.newKey()
    const foreign = await thingsOf(rig, (await rig.newAccount()).id, ALL_NAMES)
    for (const row of ROWS) {
      const may = MAY[row.kind].includes(role)
      const what = `${role} ${row.method} ${row.path}`
      for (const who of ['session', 'key'] as const) {
        const own = send(row, await thingsOf(rig, rig.account.id, JSON.stringify(row)))
        const ask = (path: string, body: unknown) =>
          who === 'session' ? person.ask(row.method, path, body) : rig.ask(row.method, path, body, { 'x-api-key': key })
        const answer = await ask(own.path, own.body)
        assert.equal(answer.status >= 200 && answer.status < 300, may, `${what} by ${who}: ${answer.text}`)
        if (!may) assert.equal(answer.body.code, 'FORBIDDEN', what)
        if (!/:/.test(row.path)) continue
        const other = send(row, foreign)
        const refused = await ask(other.path, other.body)
        assert.equal(refused.status, may ? 404 : 403, `${what} of another account by ${who}`)
      }
    }
  })
}

test('a key without a maker may do exactly what its permissions say', async (t) => {
  const rig = await peopleRig(t)
  await rig.newPerson('OWNER')
  for (const permission of PERMISSIONS) {
    const headers = { 'x-api-key': await rig.newKey(rig.account, [permission]) }
    for (const row of ROWS) {
      const { path, body } = send(row, await thingsOf(rig, rig.account.id, JSON.stringify(row)))
      const answer = await rig.ask(row.method, path, body, headers)
      const may = row.permission === permission
      assert.equal(
        answer.status >= 200 && answer.status < 300,
        may,
        `${permission} ${row.method} ${row.path}: ${answer.text}`,
      )
    }
  }
})

test('a member names channels that are there, and makes none by way of a monitor', async (t) => {
  const rig = await peopleRig(t)
  const admin = await rig.newPerson('ADMIN')
  const member = await rig.newPerson('MEMBER')
  const wish = (url: string) => ({
    name: 'M',
    url: 'https://a.example',
    notifications: [{ type: 'WEBHOOK', config: { url } }],
  })
  assert.equal((await admin.ask('POST', '/monitors', wish('https://one.example/'))).status, 201)
  assert.equal((await member.ask('POST', '/monitors', wish('https://one.example/'))).status, 201)
  const refused = await member.ask('POST', '/monitors', wish('https://two.example/'))
  assert.equal(refused.status, 403)
  const { count } = (await admin.ask('GET', '/monitors')).body
  assert.deepEqual([count, (await admin.ask('GET', '/notification-channels')).body.count], [2, 1])
})
