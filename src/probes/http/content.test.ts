import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'
import { websiteProbe } from '../website.ts'

const PAGE = '<html>Willkommen in MÜNCHEN</html>'
const ENCODED: { [coding: string]: Buffer } = {
  gzip: gzipSync(PAGE),
  deflate: deflateSync(PAGE),
  br: brotliCompressSync(PAGE),
  zstd: zstdCompressSync(PAGE),
  'gzip, br': brotliCompressSync(gzipSync(PAGE)),
  identity: Buffer.from(PAGE),
}

for (const [coding, body] of Object.entries(ENCODED)) {
  test(`a keyword is found, and its absence noticed, in a body of encoding ${coding}`, async (t) => {
    const server = await httpServer(t, (_request, response) => {
      response.writeHead(200, { 'Content-Encoding': coding }).end(body)
    })
    const check = (config: { keyword?: string; keywordAbsent?: string }) =>
      runCheck(websiteProbe, `${server.url}/`, { ...config, requestHeaders: { 'Accept-Encoding': 'gzip' } })
    assert.equal((await check({ keyword: 'münchen' })).error, null)
    assert.equal(
      (await check({ keyword: 'Hamburg' })).error,
      'expected the keyword "hamburg" in the body, but it is not there',
    )
    assert.equal(
      (await check({ keywordAbsent: 'münchen' })).error,
      'expected the keyword "münchen" to be absent, but it is in the body',
    )
    assert.equal(server.requests[0]?.headers['accept-encoding'], 'gzip')
  })
}

test('a bare deflate stream is read like a wrapped one', async (t) => {
  const server = await httpServer(t, (_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'deflate' }).end(deflateRawSync(PAGE))
  })
  assert.equal((await runCheck(websiteProbe, `${server.url}/`, { keyword: 'Willkommen' })).error, null)
})

test('an encoding that can not be undone fails a keyword check and never passes silently', async (t) => {
  const answers: { [path: string]: [coding: string, body: Buffer, error: string] } = {
    '/unknown': [
      'compress',
      Buffer.from(PAGE),
      'expected a content encoding out of gzip, deflate, br and zstd, got "compress"',
    ],
    '/broken': ['gzip', Buffer.from(PAGE), "expected a gzip body, got one that can't be decompressed"],
    '/short': ['gzip', gzipSync(PAGE).subarray(0, 20), "expected a gzip body, got one that can't be decompressed"],
    '/stacked': [
      'gzip, gzip, gzip, gzip, gzip, gzip',
      Buffer.from(PAGE),
      'expected at most 3 content encodings, got 6 on top of each other',
    ],
  }
  const server = await httpServer(t, (request, response) => {
    const [coding, body] = answers[request.url ?? ''] ?? ['', '']
    response.writeHead(200, { 'Content-Encoding': coding }).end(body)
  })
  for (const [path, [, , error]] of Object.entries(answers)) {
    const result = await runCheck(websiteProbe, server.url + path, { keywordAbsent: 'Fatal error' })
    assert.equal(result.status, 'DOWN')
    assert.equal(result.error, error)
  }
})

test('a decompression bomb costs no more than the cap', async (t) => {
  const bomb = gzipSync(Buffer.alloc(60_000_000, 'bomb'))
  const server = await httpServer(t, (_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb)
  })
  const before = process.memoryUsage().arrayBuffers
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers)
  }, 1)
  const result = await runCheck(
    websiteProbe,
    `${server.url}/`,
    { keyword: 'bomb', keywordAbsent: 'fuse' },
    { timeoutMs: 3_000 },
  )
  clearInterval(timer)
  assert.equal(result.error, null)
  assert.ok(peak - before < 16_000_000, `grew by ${peak - before} bytes`)
})

test('the charset of the header, of a mark or of a meta tag is honoured', async (t) => {
  const bodies: { [path: string]: [type: string, body: Buffer] } = {
    '/header': ['text/html; charset=ISO-8859-1', Buffer.from('München', 'latin1')],
    '/meta': ['text/html', Buffer.from('<meta charset="windows-1252"><p>München', 'latin1')],
    '/http-equiv': [
      'text/html',
      Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">München', 'latin1'),
    ],
    '/mark': ['text/plain', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('München', 'utf16le')])],
    '/utf8': ['text/plain', Buffer.from('München')],
    '/unknown': ['text/plain; charset=klingon', Buffer.from('München')],
  }
  const server = await httpServer(t, (request, response) => {
    const [type = '', body = ''] = bodies[request.url ?? ''] ?? []
    response.writeHead(200, { 'Content-Type': type }).end(body)
  })
  for (const path of Object.keys(bodies)) {
    const result = await runCheck(websiteProbe, server.url + path, { keyword: 'München', keywordCaseSensitive: true })
    assert.equal(result.error, null, path)
  }
})

test('capitals matter only when asked; of a list all must be there, and none of the other', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end('Alpha Beta'))
  const check = (config: { [key: string]: string | string[] | boolean }) =>
    runCheck(websiteProbe, `${server.url}/`, config)
  assert.equal((await check({ keyword: ['alpha', 'BETA'] })).error, null)
  assert.match(
    (await check({ keyword: 'alpha', keywordCaseSensitive: true })).error ?? '',
    /keyword "alpha" in the body/,
  )
  assert.match((await check({ keyword: ['alpha', 'gamma'] })).error ?? '', /"gamma"/)
  assert.match((await check({ keywordAbsent: ['gamma', 'beta'] })).error ?? '', /"beta" to be absent/)
})

test('an absent keyword does not make a dead host up, and an empty page has none', async (t) => {
  const dead = await runCheck(websiteProbe, 'http://127.0.0.1:9/', { keywordAbsent: 'ERROR' })
  assert.equal(dead.error, 'connection refused by 127.0.0.1:9')
  const server = await httpServer(t, (_request, response) => response.end())
  assert.equal((await runCheck(websiteProbe, `${server.url}/`, { keywordAbsent: 'ERROR' })).error, null)
})

test('a body over the cap is judged by its beginning, and the rest is not waited for', async (t) => {
  const server = await httpServer(t, (_request, response) => {
    // Never ends.
    response.write(`start${'.'.repeat(2_000)}end`)
  })
  const config = { maxBodyBytes: 1_000, keyword: 'start' }
  const good = await runCheck(websiteProbe, `${server.url}/`, config)
  assert.equal(good.error, null)
  assert.ok(good.details !== null && typeof good.details === 'object' && 'bytes' in good.details)
  assert.equal(good.details['bytes'], 1_000)
  const bad = await runCheck(websiteProbe, `${server.url}/`, { ...config, keyword: 'end' })
  assert.equal(bad.error, 'expected the keyword "end" in the first 1000 bytes of the body, but it is not there')
})

test('a bad status is down whatever the body says, and its answer is kept as evidence', async (t) => {
  for (const statusCode of [500, 404, 503]) {
    const server = await httpServer(t, (_request, response) => {
      const headers = { 'Set-Cookie': 'session=s3cret', 'X-Auth-Token': 's3cret', 'X-Served-By': 'web1' }
      response
        .writeHead(statusCode, { ...headers, 'Content-Encoding': 'gzip' })
        .end(gzipSync(`All is well! ${'.'.repeat(9_000)}`))
    })
    const result = await runCheck(websiteProbe, `${server.url}/`)
    assert.equal(result.status, 'DOWN')
    assert.equal(result.statusCode, statusCode)
    assert.equal(result.error, `expected status 200-299, got ${statusCode}`)
    assert.equal(result.category, statusCode >= 500 ? 'SERVER_ERROR' : 'APPLICATION_ERROR')
    const evidence = result.evidence as { statusLine: string; body: string; headers: { [name: string]: string } }
    assert.match(evidence.statusLine, new RegExp(`^HTTP/1\\.1 ${statusCode} `))
    assert.match(evidence.body, /^All is well! \.+$/)
    assert.equal(evidence.body.length, 4_096)
    assert.equal(evidence.headers['set-cookie'], '••••')
    assert.equal(evidence.headers['x-auth-token'], '••••')
    assert.equal(evidence.headers['x-served-by'], 'web1')
    const listed = await runCheck(websiteProbe, `${server.url}/`, { expectedStatusCode: `200, ${statusCode}` })
    assert.equal(listed.error, null)
  }
})

test('a server that refuses HEAD is named as such', async (t) => {
  const server = await httpServer(t, (request, response) =>
    response.writeHead(request.method === 'HEAD' ? 405 : 200).end(),
  )
  const result = await runCheck(websiteProbe, `${server.url}/`, { httpMethod: 'HEAD' })
  assert.equal(result.error, 'expected status 200-299, got 405: the server refuses HEAD')
  assert.equal((await runCheck(websiteProbe, `${server.url}/`)).error, null)
})

test('the request is sent as configured', async (t) => {
  let body = ''
  const server = await httpServer(t, async (request, response) => {
    for await (const chunk of request) body += chunk
    response.end()
  })
  const requestHeaders = '{"Content-Type": "text/csv", "X-Number": 5}'
  const config = { httpMethod: 'PUT', requestBody: 'ä;1', requestHeaders }
  assert.equal((await runCheck(websiteProbe, `${server.url}/path?q=1`, config)).error, null)
  assert.equal(body, 'ä;1')
  assert.deepEqual(server.requests[0]?.headers, {
    host: `127.0.0.1:${server.port}`,
    'user-agent': 'StatusApp/test',
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'content-type': 'text/csv',
    'x-number': '5',
    'content-length': '4',
    connection: 'close',
  })
})

test('secrets in the URL are sent, but never shown', async (t) => {
  const server = await httpServer(t, (_request, response) => response.writeHead(500).end())
  const url = `${server.url.replace('://', '://user:s3cret@')}/?token=s3cret&page=2`
  const result = await runCheck(websiteProbe, url)
  assert.equal(server.requests[0]?.url, '/?token=s3cret&page=2')
  assert.doesNotMatch(JSON.stringify(result), /s3cret/)
  assert.match(JSON.stringify(result.details), /page=2/)
})
