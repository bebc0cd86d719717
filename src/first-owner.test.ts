import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { readConfig } from '#config'
import { type Server, startServer } from './serve.ts'

const log = pino({ level: 'silent' })
const OWNER = { name: 'Ada', email: 'ada@example.com', password: 'a long password' }

async function dataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-owner-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function start(dataDir: string, env: { [name: string]: string } = {}): Promise<Server> {
  return startServer(readConfig({ PORT: '0', STATUSAPP_DATA_DIR: dataDir, ...env }), { log })
}

async function post(server: Server, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function state(server: Server): Promise<unknown> {
  return (await fetch(`${server.url}/api/v1/setup`)).json()
}

test('the set-up link makes the owner once; the link of an earlier start works no more', async (t) => {
  const dataDir = await dataFolder(t)
  const first = await start(dataDir)
  const old = new URL(first.setupUrl ?? '').searchParams.get('token')
  await first.stop()
  const server = await start(dataDir)
  t.after(() => server.stop())
  const link = new URL(server.setupUrl ?? '')
  assert.equal(`${link.origin}${link.pathname}`, `${server.url}/setup`)
  const token = link.searchParams.get('token')
  assert.equal((await post(server, '/setup', { token: old, ...OWNER })).status, 403)
  assert.deepEqual(await state(server), { needsSetup: true, signup: 'closed' })
  const both = [OWNER, { ...OWNER, email: 'mallory@example.com' }].map((owner) =>
    post(server, '/setup', { token, ...owner }),
  )
  const statuses = (await Promise.all(both)).map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 201).length, 1, `of two at once one is the owner: ${statuses}`)
  assert.ok(statuses.every((status) => status === 201 || status === 403 || status === 409))
  assert.deepEqual(await state(server), { needsSetup: false, signup: 'closed' })
  assert.equal((await post(server, '/setup', { token, ...OWNER, email: 'eve@example.com' })).status, 403)
})

test('the settings make the owner, once, and no link is printed', async (t) => {
  const dataDir = await dataFolder(t)
  const env = { STATUSAPP_ADMIN_EMAIL: OWNER.email, STATUSAPP_ADMIN_PASSWORD: OWNER.password }
  const first = await start(dataDir, env)
  assert.equal(first.setupUrl, null)
  await first.stop()
  const again = await start(dataDir, { ...env, STATUSAPP_ADMIN_PASSWORD: 'another password' })
  t.after(() => again.stop())
  assert.equal(again.setupUrl, null)
  const { email, password } = OWNER
  assert.equal((await post(again, '/auth/login', { email, password: 'another password' })).status, 401)
  assert.equal((await post(again, '/auth/login', { email, password })).status, 200)
})

test('sign-up is closed unless it is open, and then makes an account on the plan of the settings', async (t) => {
  const closed = await start(await dataFolder(t))
  assert.equal((await post(closed, '/auth/signup', OWNER)).status, 403)
  await closed.stop()
  const open = await start(await dataFolder(t), { STATUSAPP_SIGNUP: 'open', STATUSAPP_SIGNUP_PLAN: 'STARTER' })
  t.after(() => open.stop())
  const made = await post(open, '/auth/signup', { ...OWNER, accountName: 'Acme' })
  assert.equal(made.status, 201)
  const { account } = JSON.parse(await made.text())
  assert.deepEqual([account.name, account.plan, account.role], ['Acme', 'STARTER', 'OWNER'])
})
