import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { buildApi } from '#api'
import { type CheckResult, idSource, NO_PHASES } from '#domain'
import { createOutboundHttp, directLine, type Log, realClock, startEngine } from '#engine'
import { openSqliteStore, type Permission, SecretBox } from '#storage'
import { newApiKey } from '../../src/api/auth/api-key.ts'
import type { HostileRequest, Sender } from './request.ts'

/** Stands in every secret, which no answer may show. */
export const SECRET = 'planted-secret-7f3a9c'
/** Stands in every name of the stranger's, which nobody else may see. */
export const STRANGERS = 'planted-name-7f3a9c'
const ALL: Permission[] = ['read', 'write', 'delete', 'admin']
/** What changes by itself, or by being asked. */
const BESIDE =
  /^(sqlite_|migration|writable|counter|worker_progress|instance|result|block_|rollup_|series|span|monitor_state|idempot|rate_|request_|event|delivery|deleted_|heartbeat|audit)/
const STAMPS = /(last_used|last_seen|used_at|stamp|seen_at)/

export interface Reply {
  status: number
  headers: Headers
  text: string
}

/** A real server on a real store, with something of everything in it, and another account beside. */
export interface Victim {
  document: unknown
  /** Ids of our account's and the stranger's resources. */
  ids(): readonly string[]
  send(request: HostileRequest): Promise<Reply>
  /** What is stored by table, without what changes by itself. */
  contents(): Map<string, string>
  close(): Promise<void>
}

export async function makeVictim(log: Log): Promise<Victim> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-attack-'))
  const path = join(folder, 'statusapp.db')
  const store = await openSqliteStore({ path, secrets: new SecretBox([new Uint8Array(32)]) })
  const newId = idSource(randomBytes)
  const engine = await startEngine({
    store,
    clock: realClock,
    newId,
    random: Math.random,
    log,
    ownRegion: 'local',
    // Nobody is told anything: what would be sent goes nowhere.
    http: createOutboundHttp({ refusal: () => 'nothing leaves this test', clock: realClock, userAgent: 'attack' }),
    askControl: null,
    allowPrivateTargets: false,
  })
  const worker = wellMeaningWorker()
  const letGo = await engine.attachWorker({ region: 'local', workerId: 'attack', line: worker.line })
  let url = ''
  const app = buildApi({
    store,
    engine,
    clock: realClock,
    newId,
    randomBytes,
    config: {
      version: '0.0.0',
      publicUrl: () => url,
      region: { code: 'local', city: null, country: null, latitude: null, longitude: null },
      signupPlan: null,
    },
  })
  url = await app.listen({ port: 0, host: '127.0.0.1' })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const own = await makeAccount('Attacked')
  const others = await makeAccount(`Other ${STRANGERS}`)
  let keys = await makeKeys()
  const ids = new Set<string>()
  const db = new DatabaseSync(path, { readOnly: true })

  async function makeKey(name: string, permissions: Permission[], accountId: string): Promise<string> {
    const { key, hash, prefix } = newApiKey(randomBytes)
    const never = { expiresAtMs: null, revokedAtMs: null, lastUsedAtMs: null, createdBy: null }
    const createdAtMs = Date.now()
    await store.keys.create({ id: newId('key'), accountId, name, prefix, hash, permissions, createdAtMs, ...never })
    return key
  }

  async function makeAccount(name: string): Promise<string> {
    const id = newId('acc')
    await store.accounts.create({ id, name, plan: 'ENTERPRISE', isSuspended: false, createdAtMs: Date.now() })
    return id
  }

  async function makeKeys(): Promise<{ [sender in Sender]: string | null }> {
    return {
      owner: await makeKey('owner', ALL, own),
      reader: await makeKey('reader', ['read'], own),
      stranger: await makeKey(`stranger ${STRANGERS}`, ALL, others),
      nobody: null,
      guesser: 'sk_live_guessed',
    }
  }

  function send({ method, path, sender, headers, body }: HostileRequest): Promise<Reply> {
    const key = keys[sender]
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    // For a DELETE, Node's client would send a body without saying that there is one.
    const length = body === null ? {} : { 'content-length': String(body.length) }
    const options = { agent, method, headers: { ...headers, ...length, ...(key === null ? {} : { 'x-api-key': key }) } }
    const sending = request(`${url}/api/v1`, { ...options, path: `/api/v1${path}` }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        for (const [id] of text.matchAll(/\b[a-z]{2,4}_[a-z0-9]{16}\b/g)) if (!id.startsWith('req_')) ids.add(id)
        const status = response.statusCode ?? 0
        // An attack that revoked its own keys would end at the first gate.
        const isOver = path.startsWith('/api-keys/') && ['POST', 'PUT', 'DELETE'].includes(method) && status < 300
        const renewed = isOver ? makeKeys() : keys
        Promise.resolve(renewed).then((now) => {
          keys = now
          resolve({ status, headers: new Headers(flat(response.headers)), text })
        }, reject)
      })
    })
    sending.on('error', reject)
    sending.end(body ?? undefined)
    return promise
  }

  const tables = db
    .prepare("select name from sqlite_master where type = 'table'")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !BESIDE.test(name))

  return {
    document: JSON.parse((await send(plain('GET', '/openapi.json', null))).text),
    ids: () => [...ids],
    send,
    contents() {
      const rowsOf = (table: string) => {
        const rows = db.prepare(`select * from "${table}"`).all()
        return JSON.stringify(rows.map((row) => Object.entries(row).filter(([column]) => !STAMPS.test(column))))
      }
      return new Map(tables.map((table) => [table, rowsOf(table)]))
    },
    async close() {
      agent.destroy()
      db.close()
      app.server.closeAllConnections()
      await app.close()
      letGo()
      await engine.stop()
      worker.stop()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A request as its sender meant it. */
export function plain(method: string, path: string, body: unknown, sender: Sender = 'owner'): HostileRequest {
  const bytes = body === null ? null : Buffer.from(JSON.stringify(body))
  return { method, path, sender, headers: bytes === null ? {} : { 'content-type': 'application/json' }, body: bytes }
}

const UP: CheckResult = {
  status: 'UP',
  responseTimeMs: 1,
  phases: { ...NO_PHASES },
  statusCode: 200,
  error: null,
  category: null,
  localFault: false,
  details: null,
  evidence: null,
}

/** Finds everything up at once, without asking anybody. */
function wellMeaningWorker() {
  const { engine, worker } = directLine({ clock: realClock })
  let sequence = 0
  worker.onMessage((message) => {
    const atMs = Date.now()
    const times = { scheduledAtMs: atMs, startedAtMs: atMs, result: UP }
    if (message.kind === 'ask') worker.send({ kind: 'answer', askId: message.askId, ...times })
    if (message.kind === 'drain') worker.send({ kind: 'drained' })
    if (message.kind !== 'assign' || message.add.length === 0) return
    const reports = message.add.map(({ monitorId, version }) => ({
      monitorId,
      version,
      region: 'local',
      kind: 'planned' as const,
      ...times,
    }))
    worker.send({ kind: 'results', sequence: ++sequence, reports })
  })
  const beat = setInterval(() => {
    worker.send({ kind: 'alive', atMs: Date.now(), inFlight: 0, lateMs: 0, overdue: 0 })
  }, 1_000)
  const stop = () => {
    clearInterval(beat)
    engine.close()
  }
  return { line: engine, stop }
}

function flat(headers: { [name: string]: string | string[] | undefined }): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
}
