import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { batch, report, START_MS, watched } from '../contract/builders.ts'
import { StorageError } from '../port.ts'
import { SecretBox } from '../secret-box.ts'
import { WAL_LIMIT_BYTES } from './connection.ts'
import { toStorageError } from './errors.ts'
import { openFile, SECRETS } from './open-for-tests.ts'
import { openSqliteStore } from './store.ts'

const PAGE = { limit: 10, offset: 0 }

test('while another process holds the write lock, writes are busy and change nothing, reads go on', async (t) => {
  const { store, path, cleanUp } = await openFile()
  t.after(cleanUp)
  const { account, monitor } = await watched(store)
  const other = new DatabaseSync(path)
  t.after(() => other.close())
  other.exec('begin immediate')
  const results = batch({ results: [report(monitor.id, START_MS)] })
  await assert.rejects(store.commit(results), { name: 'StorageError', reason: 'busy' })
  await assert.rejects(store.checkWritable(), { reason: 'busy' })
  await assert.rejects(store.keys.touch([['key', 1]]), { reason: 'busy' })
  assert.equal((await store.results.list(monitor.id, {}, PAGE)).count, 0)
  assert.deepEqual(await store.accounts.get(account.id), account)
  other.exec('rollback')
  await store.commit(results)
  assert.equal((await store.results.list(monitor.id, {}, PAGE)).count, 1)
})

test('kill -9 right after a commit resolved loses nothing', async (t) => {
  const { store, path, reopen, cleanUp } = await openFile()
  t.after(cleanUp)
  await store.close()
  const script = fileURLToPath(new URL('./commit-and-die-for-tests.ts', import.meta.url))
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const monitorId = String(said).trim()
  const again = await reopen()
  assert.equal((await again.results.list(monitorId, {}, PAGE)).count, 5_000)
  assert.equal((await again.monitors.loadAll())[0]?.state?.status, 'DOWN')
  assert.equal((await again.incidents.loadOpen()).length, 1)
  assert.equal((await again.deliveries.pending(null, 10)).length, 1)
  assert.equal(await again.results.appliedSequence('w'), 42)
})

test('a disk that is full says so, keeps what was there, and works again when there is room', async (t) => {
  const { store, path, reopen, cleanUp } = await openFile()
  t.after(cleanUp)
  const { monitor } = await watched(store)
  await store.close()
  const full = await openSqliteStore({ path, secrets: SECRETS, maxPages: 80 })
  const results = Array.from({ length: 20_000 }, (_, n) => report(monitor.id, START_MS + n * 1000))
  await assert.rejects(full.commit(batch({ results })), { name: 'StorageError', reason: 'full' })
  assert.equal((await full.results.list(monitor.id, {}, PAGE)).count, 0)
  await full.close()
  const again = await reopen()
  await again.commit(batch({ results }))
  assert.equal((await again.results.list(monitor.id, {}, PAGE)).count, 20_000)
})

test('the write-ahead log comes back under its bound after a long reader ends, while commits go on', async (t) => {
  const { store, path, cleanUp } = await openFile()
  t.after(cleanUp)
  const { monitor } = await watched(store)
  const reader = new DatabaseSync(path)
  t.after(() => reader.close())
  reader.exec('begin')
  reader.prepare('select * from account').all()
  let next = START_MS
  const commitSome = async () => {
    const results = Array.from({ length: 500 }, () => report(monitor.id, next++))
    await store.commit(batch({ results }))
  }
  const walBytes = async () => (await stat(`${path}-wal`)).size
  while ((await walBytes()) < 2 * WAL_LIMIT_BYTES) await commitSome()
  reader.exec('rollback')
  const deadline = performance.now() + 5_000
  while ((await walBytes()) > WAL_LIMIT_BYTES) {
    assert.ok(performance.now() < deadline, 'the log is still long')
    await commitSome()
    await new Promise<void>((resolve) => setTimeout(resolve, 5))
  }
  await store.durable()
  const { count } = await store.results.list(monitor.id, {}, PAGE)
  assert.equal(count, next - START_MS)
})

test('processes that open a new file at once agree on its schema', async (t) => {
  const { store, path, cleanUp } = await openFile()
  t.after(cleanUp)
  const fresh = `${path}.new`
  const script = fileURLToPath(new URL('./open-and-close-for-tests.ts', import.meta.url))
  const children = [1, 2, 3].map(() => spawn(process.execPath, [script, fresh], { stdio: 'inherit' }))
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))
  assert.deepEqual(codes, [0, 0, 0])
  const opened = await openSqliteStore({ path: fresh, secrets: SECRETS })
  assert.equal((await opened.accounts.list()).length, 3)
  await opened.close()
  assert.deepEqual(await store.accounts.list(), [])
})

test('secrets are not in the file as plain text', async (t) => {
  const { store, path, cleanUp } = await openFile()
  t.after(cleanUp)
  const { monitor } = await watched(store)
  const settings = { ...monitor.settings, url: 'https://me:hunter2@shop.example/' }
  const changed = { ...monitor, settings, config: { token: 'tok_open-sesame' } }
  await store.commit(batch({ monitors: { created: [], changed: [changed], deleted: [] } }))
  const db = new DatabaseSync(path, { readOnly: true })
  t.after(() => db.close())
  const row = JSON.stringify(db.prepare('select * from monitor').get())
  assert.ok(row.includes('me:••••@shop.example'))
  assert.ok(!row.includes('hunter2') && !row.includes('sesame'))
  assert.deepEqual(await store.monitors.get(monitor.accountId, monitor.id), changed)
})

test('rows sealed with a lost key are broken, not wrong', async (t) => {
  const { store, path, cleanUp } = await openFile()
  t.after(cleanUp)
  await watched(store)
  const stranger = await openSqliteStore({ path, secrets: new SecretBox([new Uint8Array(32)]) })
  await assert.rejects(stranger.monitors.loadAll(), { name: 'StorageError', reason: 'broken' })
  await stranger.close()
})

test("SQLite's codes become reasons", () => {
  const reason = (errcode: number) => toStorageError(Object.assign(new Error('x'), { errcode })).reason
  assert.deepEqual([5, 6, 261, 10, 13, 778, 19, 2067, 11, 1].map(reason), [
    ...['busy', 'busy', 'busy', 'full', 'full', 'full', 'conflict', 'conflict', 'broken', 'broken'],
  ])
  const own = new StorageError('conflict', 'x')
  assert.equal(toStorageError(own), own)
})
