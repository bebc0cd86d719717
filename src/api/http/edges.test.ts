import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

/** Sends bytes as they are, and answers what came back. */
async function raw(rig: ApiRig, lines: string[], body = ''): Promise<{ status: number; answer: string }> {
  const socket = connect(rig.port, '127.0.0.1')
  socket.end(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`)
  const answer = await text(socket)
  return { status: Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]), answer }
}

test('a slash at the end makes no other path, capitals do', async (t) => {
  const rig = await apiRig(t)
  const { id } = (await rig.ask('POST', '/monitors/', { name: 'a', url: 'https://a.example' })).body
  assert.equal((await rig.ask('GET', `/monitors/${id}/`)).body.id, id)
  assert.equal((await rig.ask('GET', '/Monitors')).status, 404)
  const patched = await rig.ask('PATCH', `/monitors/${id}/`)
  assert.equal(patched.status, 405)
  assert.equal(patched.headers.get('allow'), 'DELETE, GET, HEAD, PUT, OPTIONS')
})

test('a HEAD answers what a GET would, without the body', async (t) => {
  const rig = await apiRig(t)
  const got = await rig.ask('GET', '/monitors')
  const head = await rig.ask('HEAD', '/monitors')
  for (const name of ['content-length', 'content-type', 'etag'])
    assert.equal(head.headers.get(name), got.headers.get(name), name)
  assert.equal(head.text, '')
  assert.equal((await rig.ask('HEAD', '/monitors/mon_aaaaaaaaaaaaaaaa')).status, 404)
})

test('a path that takes no such method, or is none, says so whatever the body', async (t) => {
  const rig = await apiRig(t)
  const key = `X-API-Key: ${rig.ownKey}`
  for (const [method, path, status] of [
    ['PATCH', '/api/v1/monitors', 405],
    ['QUERY', '/api/v1/monitors', 405],
    ['PROPFIND', '/api/v1/monitors', 405],
    ['POST', '/api/v1/nothing', 404],
  ] as const) {
    const lines = [`${method} ${path} HTTP/1.1`, 'Host: a', key, 'Content-Type: text/plain', 'Content-Length: 2']
    const answered = await raw(rig, lines, '{x')
    assert.equal(answered.status, status, method)
    if (status === 405) assert.match(answered.answer, /^allow: GET, HEAD, POST, OPTIONS\r$/m)
  }
})

test('a field sent to what takes none is unknown too', async (t) => {
  const rig = await apiRig(t)
  const { id } = (await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })).body
  const refused = await rig.ask('POST', `/monitors/${id}/pause`, { untill: 'tomorrow' })
  assert.equal(refused.status, 400)
  assert.deepEqual(refused.body['details'], [{ path: 'untill', message: 'is not a known field' }])
  assert.equal((await rig.ask('POST', `/monitors/${id}/pause`, [1])).status, 400)
  assert.equal((await rig.ask('GET', `/monitors/${id}`)).body.isPaused, false)
  assert.equal((await rig.ask('DELETE', `/monitors/${id}`, { force: true })).status, 400)
  assert.equal((await rig.ask('POST', `/monitors/${id}/pause`, {})).status, 200)
  assert.equal(
    (await rig.ask('POST', `/monitors/${id}/pause`, 'null', { 'content-type': 'application/json' })).status,
    200,
  )
})

test('what HTTP itself asks for is answered in our format', async (t) => {
  const rig = await apiRig(t)
  const hostless = await raw(rig, ['GET /api/v1/health HTTP/1.1'])
  assert.equal(hostless.status, 400)
  assert.match(hostless.answer, /"code":"BAD_REQUEST"/)
  assert.equal((await raw(rig, ['GET /api/v1/health HTTP/1.0'])).status, 200)
  assert.equal((await raw(rig, ['GET /api/v1/health HTTP/1.1', 'Host: a', 'Expect: wonders'])).status, 200)
})

test('a key in the address is seen however it is written, and no refusal is kept by a cache', async (t) => {
  const rig = await apiRig(t)
  for (const query of [`x=%73k_live_${'a'.repeat(40)}`, `sk%5Flive%5F${'a'.repeat(40)}=1`, 'API_KEY=x']) {
    const refused = await rig.ask('GET', `/monitors?${query}`)
    assert.equal(refused.status, 401, query)
    assert.equal(refused.headers.get('cache-control'), 'no-store')
  }
})
