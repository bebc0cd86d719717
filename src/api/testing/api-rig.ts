import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { type IdPrefix, idSource, type Plan } from '#domain'
import { type SimulatedClock, simulatedClock } from '#engine'
import { type Account, openSqliteStore, type Permission, SecretBox, type Store } from '#storage'
import { buildApi } from '../app.ts'
import { newApiKey } from '../auth/api-key.ts'
import type { ApiDeps } from '../deps.ts'
import type { App } from '../routes.ts'
import { type Contract, contractOf } from './contract.ts'
import { type RecordingEngine, recordingEngine } from './recording-engine.ts'

/** 2025-01-21T10:30:00Z. */
export const START_MS = Date.UTC(2025, 0, 21, 10, 30)
const ALL: Permission[] = ['read', 'write', 'delete', 'admin']

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The parsed body; tests look into it freely. */
  body: Loose
}

/** What tests look for in a body; which of it is there depends on what was asked. */
export interface Loose {
  id: string
  name: string
  url: string | null
  type: string
  status: string
  interval: number
  timeout: number
  isActive: boolean
  isPaused: boolean
  tags: string[]
  description: string | null
  severity: string | null
  confirmationChecks: number
  enabledRegions: string[]
  notificationChannelIds: string[]
  warnings: string[]
  heartbeatUrl: string
  createdAt: string
  updatedAt: string
  statusSince: string
  config: { [name: string]: unknown }
  channels: Loose[]
  heartbeats: Loose[]
  checks: { [name: string]: unknown }
  count: number
  hasMore: boolean
  error: string
  code: string
  statusCode: number
  [name: string]: unknown
}

/** The API over a real socket and a real store in memory. */
export interface ApiRig {
  app: App
  /** What the app is built from, for another on the same store. */
  deps: ApiDeps
  store: Store
  engine: RecordingEngine
  clock: SimulatedClock
  account: Account
  url: string
  port: number
  newId: (prefix: IdPrefix) => string
  /** The key that `ask` sends. */
  ownKey: string
  newAccount(plan?: Plan): Promise<Account>
  newKey(account?: Account, permissions?: Permission[], expiresAtMs?: number | null): Promise<string>
  /** A request with the rig's own key, unless the headers bring one; a body that is no text is sent as JSON. */
  ask(method: string, path: string, body?: unknown, headers?: { [name: string]: string }): Promise<Answer>
  /** A request without a key. */
  askOpen(method: string, path: string, body?: string, headers?: { [name: string]: string }): Promise<Answer>
}

export interface RigOptions {
  plan?: Plan
  deps?: Partial<Omit<ApiDeps, 'config'>>
  config?: Partial<ApiDeps['config']>
}

export async function apiRig(t: Pick<TestContext, 'after'>, options: RigOptions = {}): Promise<ApiRig> {
  const store = await openSqliteStore({ path: ':memory:', secrets: new SecretBox([new Uint8Array(32).fill(1)]) })
  const clock = simulatedClock({ startMs: START_MS })
  const engine = recordingEngine({ store, clock })
  const newId = idSource(randomBytes)
  let url = ''
  const deps: ApiDeps = {
    store,
    engine,
    clock,
    newId,
    randomBytes,
    config: {
      version: '1.2.3',
      publicUrl: () => url,
      region: { code: 'local', city: null, country: null, latitude: null, longitude: null },
      ...options.config,
    },
    ...options.deps,
  }
  const app = buildApi(deps)
  const contract = await contractOfApp(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
  t.after(async () => {
    app.server.closeAllConnections()
    await app.close()
    await store.close()
  })

  async function newAccount(plan: Plan = 'ENTERPRISE'): Promise<Account> {
    const account = { id: newId('acc'), name: 'Test', plan, isSuspended: false, createdAtMs: clock.nowMs() }
    await store.accounts.create(account)
    return account
  }

  const account = await newAccount(options.plan)

  async function newKey(
    owner: Account = account,
    permissions: Permission[] = ALL,
    expiresAtMs: number | null = null,
  ): Promise<string> {
    const { key, hash, prefix } = newApiKey(randomBytes)
    await store.keys.create({
      id: newId('key'),
      accountId: owner.id,
      name: 'test',
      prefix,
      hash,
      permissions,
      createdAtMs: clock.nowMs(),
      expiresAtMs,
      revokedAtMs: null,
      lastUsedAtMs: null,
      createdBy: null,
    })
    return key
  }

  const ownKey = await newKey()

  async function send(method: string, path: string, body: unknown, headers: { [name: string]: string }) {
    const hasBody = body !== undefined
    const response = await fetch(`${url}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
      method,
      headers: { ...(hasBody && typeof body !== 'string' ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(hasBody ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
      redirect: 'manual',
    })
    const text = await response.text()
    const answer = { status: response.status, headers: response.headers, text }
    const problems = contract({ method, path, ...answer })
    assert.deepEqual(problems, [], `${method} ${path} answered ${answer.status}, not as the API document says`)
    return { ...answer, body: parse(text === '' ? '{}' : text) }
  }

  return {
    app,
    deps,
    store,
    engine,
    clock,
    account,
    url,
    port,
    newId,
    ownKey,
    newAccount,
    newKey,
    ask: (method, path, body, headers = {}) => send(method, path, body, { 'x-api-key': ownKey, ...headers }),
    askOpen: (method, path, body, headers = {}) => send(method, path, body, headers),
  }
}

let known: { text: string; contract: Contract } | null = null

/** Every answer that a test gets is held against the API document. */
async function contractOfApp(app: App): Promise<Contract> {
  const { payload: text, statusCode } = await app.inject('/api/v1/openapi.json')
  assert.equal(statusCode, 200, `there is no API document: ${text}`)
  if (known?.text !== text) known = { text, contract: contractOf(JSON.parse(text)) }
  return known.contract
}

function parse(text: string): Loose {
  return JSON.parse(text)
}
