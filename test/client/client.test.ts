import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClientOptions, StatusApp, StatusAppError } from '../../clients/typescript/src/index.ts'
import { apiRig } from '../../src/api/testing/api-rig.ts'

async function clientOn(t: Parameters<typeof apiRig>[0], options: Parameters<typeof apiRig>[1] = {}) {
  const rig = await apiRig(t, options)
  const apiKey = await rig.newKey()
  const client = (more: ClientOptions = {}) => new StatusApp({ baseUrl: `${rig.url}/api/v1/`, apiKey, ...more })
  return { rig, client, api: client() }
}

test('it makes, reads, changes, pauses and removes a monitor, with the types of each kind', async (t) => {
  const { api } = await clientOn(t)
  const made = await api.createMonitor({ name: 'Shop', type: 'PORT', url: 'shop.example.com', port: 443 })
  assert.ok(made.type === 'PORT')
  assert.equal(made.port, 443)
  assert.equal((await api.updateMonitor(made.id, { interval: 60 })).interval, 60)
  assert.deepEqual(await api.pauseMonitor(made.id), { id: made.id, isPaused: true, status: 'PAUSED' })
  assert.equal((await api.listMonitors({ status: 'PAUSED' })).count, 1)
  assert.equal((await api.deleteMonitor(made.id)).success, true)
})

test('a refusal is an error with its code, its bad fields and the id of the request', async (t) => {
  const { api } = await clientOn(t)
  await assert.rejects(api.createMonitor({ name: '', url: 'https://example.com', interval: 1 }), (error) => {
    assert.ok(error instanceof StatusAppError)
    assert.equal(error.code, 'BAD_REQUEST')
    assert.equal(error.status, 400)
    assert.deepEqual(error.details.map(({ path }) => path).sort(), ['interval', 'name'])
    assert.match(String(error.requestId), /^req_/)
    return true
  })
  await assert.rejects(api.getMonitor('../health?x=1'), { name: 'StatusAppError', status: 404 })
})

test('an answer that is not of the API is an error that says so', async () => {
  const proxy: typeof fetch = async () => new Response('<h1>Bad gateway</h1>', { status: 502 })
  const api = new StatusApp({ fetch: proxy })
  await assert.rejects(api.getHealth(), { code: 'UNREADABLE_ANSWER', status: 502, message: /502.*Bad gateway/ })
})

test('lists are walked through page by page, each row once', async (t) => {
  const { api } = await clientOn(t)
  for (let at = 0; at < 7; at += 1) await api.createMonitor({ name: `Job ${at}`, type: 'CRON' })
  const names: string[] = []
  for await (const { name } of api.eachMonitors({ limit: 3, sort: 'name' })) names.push(name)
  assert.deepEqual(names, ['Job 0', 'Job 1', 'Job 2', 'Job 3', 'Job 4', 'Job 5', 'Job 6'])
  const rest: string[] = []
  for await (const { name } of api.eachMonitors({ limit: 3, page: 3, sort: 'name' })) rest.push(name)
  assert.deepEqual(rest, ['Job 6'])
})

test('If-Match by the tag of an answer, and an Idempotency-Key, reach the server', async (t) => {
  const { api } = await clientOn(t)
  const key = { idempotencyKey: 'once' }
  const first = await api.createMonitor({ name: 'Job', type: 'CRON' }, key)
  assert.equal((await api.createMonitor({ name: 'Job', type: 'CRON' }, key)).id, first.id)
  const tags: string[] = []
  await api.getMonitor(first.id, { onResponse: ({ headers }) => tags.push(headers.get('etag') ?? '') })
  const [ifMatch = ''] = tags
  await api.updateMonitor(first.id, { name: 'Mine' }, { ifMatch })
  await assert.rejects(api.updateMonitor(first.id, { name: 'Stale' }, { ifMatch }), {
    code: 'PRECONDITION_FAILED',
  })
})

test('over the rate limit it waits until the next hour and goes on', async (t) => {
  const { rig, client } = await clientOn(t, { plan: 'FREE' })
  const waits: number[] = []
  const sleep = async (ms: number) => {
    waits.push(ms)
    await rig.clock.advanceBy(ms)
  }
  const patient = client({ maxWaitS: 3_600, sleep })
  for (let at = 0; at < 101; at += 1) await patient.listWorkerRegions()
  assert.equal(waits.length, 1)
  assert.ok((waits[0] ?? 0) > 1_000_000, 'from half past to the full hour')
  for (let at = 0; at < 99; at += 1) await patient.listWorkerRegions()
  await assert.rejects(client({ sleep }).listWorkerRegions(), (error) => {
    assert.ok(error instanceof StatusAppError)
    assert.equal(error.code, 'RATE_LIMIT_EXCEEDED')
    assert.ok((error.retryAfterS ?? 0) > 120, 'longer than it would wait')
    return true
  })
})

test('it repeats a bounded number of times, by the reset time where no Retry-After is said', async () => {
  let asked = 0
  const waits: number[] = []
  const busy: typeof fetch = async () => {
    asked += 1
    return new Response('{"error":"Wait.","code":"RATE_LIMIT_EXCEEDED","statusCode":429}', {
      status: 429,
      headers: { 'x-ratelimit-reset': '1737455410' },
    })
  }
  const api = new StatusApp({
    fetch: busy,
    maxRetries: 2,
    now: () => 1_737_455_400_000,
    sleep: async (ms) => void waits.push(ms),
  })
  await assert.rejects(api.listMonitors(), { code: 'RATE_LIMIT_EXCEEDED' })
  assert.equal(asked, 3)
  assert.deepEqual(waits, [10_000, 10_000])
})

test('a request that is called off ends, also while it waits', async () => {
  const controller = new AbortController()
  const busy: typeof fetch = async () => {
    setImmediate(() => controller.abort(new Error('no more')))
    return new Response('{}', { status: 429, headers: { 'retry-after': '60' } })
  }
  await assert.rejects(new StatusApp({ fetch: busy }).listMonitors({}, { signal: controller.signal }), /no more/)
})
