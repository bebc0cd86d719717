import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

async function refused(rig: ApiRig, body: string, status: number, code: string): Promise<void> {
  const answer = await rig.ask('POST', '/monitors', body, JSON_TYPE)
  assert.equal(answer.status, status, body.slice(0, 60))
  assert.equal(answer.body.code, code)
  assert.equal(answer.body.statusCode, status)
  assert.ok(answer.body.error.length > 10)
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.match(answer.headers.get('x-request-id') ?? '', /^req_/)
}

test('a hostile body gets its 4xx and changes nothing', async (t) => {
  const rig = await apiRig(t)
  const good = '"url":"https://a.example","name":"a"'
  await refused(rig, '{', 400, 'BAD_REQUEST')
  await refused(rig, 'null', 400, 'BAD_REQUEST')
  await refused(rig, '"text"', 400, 'BAD_REQUEST')
  await refused(rig, '[]', 400, 'BAD_REQUEST')
  await refused(rig, '', 400, 'BAD_REQUEST')
  await refused(rig, `{${good},"description":"a\\u0000b"}`, 400, 'BAD_REQUEST')
  await refused(rig, `{${good},"description":"\\ud800"}`, 400, 'BAD_REQUEST')
  await refused(rig, `{${good},"__proto__":{"isAdmin":true}}`, 400, 'BAD_REQUEST')
  await refused(rig, `{${good},"constructor":{"prototype":{}}}`, 400, 'BAD_REQUEST')
  await refused(rig, `{${good},"toString":1}`, 400, 'BAD_REQUEST')
  await refused(rig, `{${good},"requestHeaders":{"__proto__":"x"}}`, 400, 'BAD_REQUEST')
  await refused(rig, `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'BAD_REQUEST')
  await refused(rig, `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`, 400, 'BAD_REQUEST')
  await refused(rig, `{${good},"description":"${'x'.repeat(2_000_000)}"}`, 413, 'PAYLOAD_TOO_LARGE')
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 0)
  assert.deepEqual(rig.engine.calls, [])
})

test('bytes that are not UTF-8 are refused', async (t) => {
  const rig = await apiRig(t)
  const key = await rig.newKey()
  const response = await fetch(`${rig.url}/api/v1/monitors`, {
    method: 'POST',
    headers: { ...JSON_TYPE, 'x-api-key': key },
    body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  })
  assert.equal(response.status, 400)
})

test('another content type or a compressed body is 415, an empty body of any type is none', async (t) => {
  const rig = await apiRig(t)
  const typed = await rig.ask('POST', '/monitors', 'name=a', { 'content-type': 'application/x-www-form-urlencoded' })
  assert.equal(typed.status, 415)
  assert.equal(typed.body.code, 'UNSUPPORTED_MEDIA_TYPE')
  const strange = await rig.ask('POST', '/monitors', '{}', { 'content-type': ';;;' })
  assert.equal(strange.status, 415)
  const key = await rig.newKey()
  const bomb = await fetch(`${rig.url}/api/v1/monitors`, {
    method: 'POST',
    headers: { ...JSON_TYPE, 'x-api-key': key, 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(5_000_000)),
  })
  assert.equal(bomb.status, 415)
  const monitor = await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })
  for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
    const paused = await rig.ask('POST', `/monitors/${monitor.body.id}/pause`, '', { 'content-type': type })
    assert.equal(paused.status, 200, type)
  }
})

test('bad addresses are 400 or 404, in the error format with CORS and request id', async (t) => {
  const rig = await apiRig(t)
  const cases: [string, number][] = [
    ['/api/v1/monitors/%zz', 400],
    ['/api/v1/monitors/%ff', 400],
    ['/api/v1/heartbeat/%', 400],
    ['/api/v1/monitors/%00', 404],
    [`/api/v1/monitors/${'a'.repeat(5_000)}`, 404],
    ['/api/v1/monitors/..%2f..%2fetc', 404],
    ["/api/v1/monitors/mon_'%20OR%201=1--", 404],
    ['/api/v1/nothing', 404],
    ['/api/v1', 404],
    ['/api/v1/monitors//', 404],
  ]
  for (const [path, status] of cases) {
    const answer = await rig.ask('GET', path)
    assert.equal(answer.status, status, path)
    assert.equal(answer.body.statusCode, status, path)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', path)
    assert.match(answer.headers.get('x-request-id') ?? '', /^req_/, path)
  }
})

test('a known path with another method is 405 and says which there are', async (t) => {
  const rig = await apiRig(t)
  const cases: [string, string, string][] = [
    ['PATCH', '/monitors', 'GET, HEAD, POST, OPTIONS'],
    ['DELETE', '/health', 'GET, HEAD, OPTIONS'],
    ['POST', '/monitors/mon_aaaaaaaaaaaaaaaa', 'DELETE, GET, HEAD, PUT, OPTIONS'],
    ['GET', '/monitors/mon_aaaaaaaaaaaaaaaa/pause', 'POST, OPTIONS'],
  ]
  for (const [method, path, allow] of cases) {
    const answer = await rig.ask(method, path)
    assert.equal(answer.status, 405, `${method} ${path}`)
    assert.equal(answer.body.code, 'METHOD_NOT_ALLOWED')
    assert.equal(answer.headers.get('allow'), allow)
  }
  assert.equal((await rig.askOpen('PUT', '/heartbeat/mon_aaaaaaaaaaaaaaaa')).status, 405)
  assert.equal((await rig.askOpen('GET', '/heartbeat/mon_aaaaaaaaaaaaaaaa/log')).status, 404)
})

test('bytes that are no HTTP get an answer in the error format', async (t) => {
  const rig = await apiRig(t)
  const garbage = await raw(rig.port, 'GET / HTTP/1.1\r\nbad header\r\n\r\n')
  assert.match(garbage, /^HTTP\/1\.1 400 /)
  assert.equal(JSON.parse(garbage.slice(garbage.indexOf('\r\n\r\n') + 4)).code, 'BAD_REQUEST')
  const long = await raw(rig.port, `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`)
  assert.match(long, /^HTTP\/1\.1 431 /)
  const both = await raw(
    rig.port,
    'POST /api/v1/monitors HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  )
  assert.match(both, /^HTTP\/1\.1 400 /)
})

test('a preflight is answered without a key, and every answer may be read from a browser', async (t) => {
  const rig = await apiRig(t)
  const preflight = await rig.askOpen('OPTIONS', '/monitors', undefined, {
    origin: 'https://app.example',
    'access-control-request-method': 'PUT',
  })
  assert.equal(preflight.status, 204)
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
  assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /\bPUT\b.*\bDELETE\b/)
  assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /X-API-Key.*Idempotency-Key.*If-Match/)
  assert.equal(preflight.headers.get('access-control-max-age'), '86400')
  assert.equal(preflight.headers.get('access-control-allow-credentials'), null)
  const refusal = await rig.askOpen('GET', '/monitors')
  assert.equal(refusal.headers.get('access-control-allow-origin'), '*')
  assert.match(
    refusal.headers.get('access-control-expose-headers') ?? '',
    /X-RateLimit-Reset.*ETag.*Location.*Retry-After/,
  )
})

test('a sane request id is kept, another one replaced', async (t) => {
  const rig = await apiRig(t)
  const kept = await rig.askOpen('GET', '/health', undefined, { 'x-request-id': 'trace-1:a.b_c' })
  assert.equal(kept.headers.get('x-request-id'), 'trace-1:a.b_c')
  for (const bad of ['a b', '<script>', 'x'.repeat(200)]) {
    const replaced = await rig.askOpen('GET', '/health', undefined, { 'x-request-id': bad })
    assert.match(replaced.headers.get('x-request-id') ?? '', /^req_[a-z0-9]{16}$/)
  }
})

function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
    socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)))
  })
}
