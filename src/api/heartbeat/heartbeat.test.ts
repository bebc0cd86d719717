import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Heartbeat } from '#domain'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

async function job(rig: ApiRig, more: object = {}): Promise<{ id: string; path: string }> {
  const made = await rig.ask('POST', '/monitors', { name: 'job', type: 'CRON', interval: 3600, ...more })
  assert.equal(made.status, 201, made.text)
  return { id: made.body.id, path: `/heartbeat/${made.body.id}` }
}

function beats(rig: ApiRig): Heartbeat[] {
  return rig.engine.calls.flatMap(([name, beat]) => (name === 'heartbeat' ? [beat as Heartbeat] : []))
}

test('GET, POST and HEAD all ping, and answer as the reference says', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await job(rig)
  for (const method of ['GET', 'POST', 'HEAD']) {
    const answer = await rig.askOpen(method, path)
    assert.equal(answer.status, 200, method)
    if (method !== 'HEAD')
      assert.deepEqual(answer.body, { success: true, monitorId: id, timestamp: '2025-01-21T10:30:00Z' })
  }
  assert.deepEqual(
    beats(rig).map(({ kind }) => kind),
    ['success', 'success', 'success'],
  )
  const listed = await rig.ask('GET', `/monitors/${id}/heartbeats?limit=2`)
  assert.deepEqual([listed.body.count, listed.body.hasMore, listed.body.heartbeats.length], [3, true, 2])
})

test('fail, start, log and an exit status each say what happened', async (t) => {
  const rig = await apiRig(t)
  const { path } = await job(rig)
  const told: [string, string, string?][] = [
    ['POST', '/fail', '{"error":"Database backup failed: disk full"}'],
    ['GET', '/start?rid=r1'],
    ['HEAD', '/fail'],
    ['POST', '/log', '{"message":"Backup completed"}'],
    ['POST', '/0'],
    ['GET', '/255'],
    ['POST', '/1', 'no space'],
  ]
  for (const [method, end, body] of told)
    assert.equal((await rig.askOpen(method, `${path}${end}`, body)).status, 200, end)
  assert.deepEqual(
    beats(rig).map(({ kind, message, exitStatus, rid }) => [kind, message, exitStatus, rid]),
    [
      ['fail', 'Database backup failed: disk full', null, null],
      ['start', null, null, 'r1'],
      ['fail', null, null, null],
      ['log', 'Backup completed', null, null],
      ['success', null, 0, null],
      ['fail', null, 255, null],
      ['fail', 'no space', 1, null],
    ],
  )
  for (const end of ['/256', '/-1', '/abc', '/1.5', '/0001'])
    assert.equal((await rig.askOpen('POST', `${path}${end}`)).status, 404, end)
})

test('whatever the body is, the ping counts', async (t) => {
  const rig = await apiRig(t)
  const { path } = await job(rig)
  const sent: [string, { [name: string]: string }][] = [
    ['{"error": 3}', FORM],
    ['not json', { 'content-type': 'application/json' }],
    ['{', { 'content-type': ';;;bad' }],
    ['msg=done+%26+dusted&x=1', FORM],
    ['Backup = done', FORM],
    ['\ud800', {}],
    ['{"message":"\\ud800 \\u0000"}', {}],
    ['[1,2]', {}],
    ['{"__proto__":{"message":"x"}}', {}],
    ['x'.repeat(2_000_000), { 'content-type': 'text/plain' }],
    ['', FORM],
  ]
  for (const [body, headers] of sent)
    assert.equal((await rig.askOpen('POST', path, body, headers)).status, 200, body.slice(0, 40))
  const messages = beats(rig).map(({ message }) => message)
  assert.deepEqual(messages.slice(0, 6), ['3', 'not json', '{', 'done & dusted', 'Backup = done', '\ufffd'])
  assert.equal(messages[6], '\ufffd \ufffd')
  assert.equal(messages[7], '[1,2]')
  assert.equal(messages[9]?.length, 10_000)
  assert.match(messages[9] ?? '', /… \(cut\)$/)
  assert.equal(messages[10], null)
  const bomb = await fetch(`${rig.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    body: gzipSync(Buffer.alloc(50_000_000)),
  })
  assert.equal(bomb.status, 200)
})

test('what the query says is kept as it was sent, and what cannot be meant is refused', async (t) => {
  const rig = await apiRig(t)
  const { path } = await job(rig)
  await rig.askOpen('GET', `${path}?status=down&msg=disk%2090%25+full%20%F0%9F%98%80&ping=500`)
  await rig.askOpen('GET', `${path}?status=up&msg=&ping=`)
  await rig.askOpen('GET', `${path}?cachebuster=1`)
  assert.deepEqual(
    beats(rig).map(({ kind, message, durationMs }) => [kind, message, durationMs]),
    [
      ['fail', 'disk 90% full 😀', 500],
      ['success', null, null],
      ['success', null, null],
    ],
  )
  for (const query of ['msg=%zz', 'ping=abc', 'ping=-1', 'ping=1e9', 'status=sideways', 'exitStatus=300'])
    assert.equal((await rig.askOpen('GET', `${path}?${query}`)).status, 400, query)
  assert.equal(beats(rig).length, 3)
})

test('more than 60 pings a minute are 429, but a failure always gets through', async (t) => {
  const rig = await apiRig(t)
  const { path } = await job(rig)
  const other = await job(rig)
  const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await rig.askOpen('GET', path)).status))
  assert.equal(statuses.filter((status) => status === 200).length, 60)
  const refused = await rig.askOpen('GET', path)
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), '60')
  assert.equal((await rig.askOpen('POST', `${path}/fail`)).status, 200)
  assert.equal((await rig.askOpen('POST', `${path}/3`)).status, 200)
  assert.equal((await rig.askOpen('GET', other.path)).status, 200)
  await rig.clock.advanceBy(60_000)
  assert.equal((await rig.askOpen('GET', path)).status, 200)
})

test('a paused job is answered 200 and nothing changes; unknown ids are 404, other types 400', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await job(rig)
  await rig.ask('POST', `/monitors/${id}/pause`)
  for (const end of ['', '/fail', '/start']) assert.equal((await rig.askOpen('POST', `${path}${end}`)).status, 200)
  assert.equal(beats(rig).length, 0)
  for (const unknown of ['mon_aaaaaaaaaaaaaaaa', id.toUpperCase(), 'mon_', 'x', `hb_${'a'.repeat(40)}`])
    assert.equal((await rig.askOpen('POST', `/heartbeat/${unknown}`)).status, 404, unknown)
  const site = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  assert.equal((await rig.askOpen('POST', `/heartbeat/${site.body.id}`)).status, 400)
  assert.equal(beats(rig).length, 0)
})

test('after an own address was issued it is the only one, and answers show it masked', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await job(rig)
  const issued = await rig.ask('POST', `/monitors/${id}/heartbeat-url`)
  assert.equal(issued.status, 200)
  assert.match(issued.body.heartbeatUrl, /\/api\/v1\/heartbeat\/hb_[A-Za-z0-9]{40}$/)
  const own = new URL(issued.body.heartbeatUrl).pathname
  assert.equal((await rig.askOpen('POST', own)).status, 200)
  assert.equal((await rig.askOpen('POST', path)).status, 404)
  assert.equal((await rig.askOpen('POST', `${own.slice(0, -1)}!`)).status, 404)
  assert.equal((await rig.askOpen('POST', own.slice(0, -1) + (own.endsWith('a') ? 'b' : 'a'))).status, 404)
  for (const shown of ['/monitors', `/monitors/${id}`]) {
    const { text } = await rig.ask('GET', shown)
    assert.match(text, /heartbeat\/hb_••••"/)
    assert.doesNotMatch(text, /heartbeatSecretHash/)
  }
  const got = await rig.ask('GET', `/monitors/${id}`)
  assert.equal((await rig.ask('PUT', `/monitors/${id}`, { ...got.body, name: 'b' })).status, 200)
  assert.equal((await rig.askOpen('POST', own)).status, 200)
  const renewed = new URL((await rig.ask('POST', `/monitors/${id}/heartbeat-url`)).body.heartbeatUrl).pathname
  assert.equal((await rig.askOpen('POST', own)).status, 404)
  assert.equal((await rig.askOpen('POST', renewed)).status, 200)
  const site = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  assert.equal((await rig.ask('POST', `/monitors/${site.body.id}/heartbeat-url`)).status, 400)
})

test('the answer comes only when the beat is durable', async (t) => {
  const rig = await apiRig(t)
  const { path } = await job(rig)
  const stored = Promise.withResolvers<boolean>()
  const reached = Promise.withResolvers<void>()
  rig.engine.heartbeat = () => {
    reached.resolve()
    return stored.promise
  }
  let answered = false
  const asked = rig.askOpen('POST', path).then((answer) => {
    answered = true
    return answer
  })
  await reached.promise
  assert.equal(answered, false)
  stored.resolve(true)
  assert.equal((await asked).status, 200)
})

test('a body that never ends does not hold the ping back', async (t) => {
  const rig = await apiRig(t)
  const { path } = await job(rig)
  const socket = connect(rig.port, '127.0.0.1')
  t.after(() => socket.destroy())
  const waiting = rig.clock.pending()
  socket.write(`POST /api/v1${path} HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{"message":`)
  while (rig.clock.pending() === waiting) await new Promise(setImmediate)
  const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))))
  await rig.clock.advanceBy(5_000)
  assert.match(await answer, /^HTTP\/1\.1 200/)
  assert.equal(beats(rig)[0]?.message, '{"message":')
})
