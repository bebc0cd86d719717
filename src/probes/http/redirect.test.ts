import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'
import { targetPolicy } from '../target-policy.ts'
import { websiteProbe } from '../website.ts'

function redirect(response: ServerResponse, location: string, statusCode = 302): void {
  response.writeHead(statusCode, { Location: location }).end('moved')
}

test('redirects are followed, and the last answer is judged', async (t) => {
  const server = await httpServer(t, (request, response) => {
    if (request.url === '/') redirect(response, '/a')
    else if (request.url === '/a') redirect(response, 'b?x=1', 301)
    else response.writeHead(503).end()
  })
  const result = await runCheck(websiteProbe, `${server.url}/`)
  assert.equal(result.error, `expected status 200-299, got 503 from ${server.url}/b?x=1`)
  assert.ok(result.details !== null && typeof result.details === 'object' && 'redirects' in result.details)
  assert.deepEqual(result.details['redirects'], [
    { statusCode: 302, url: `${server.url}/a` },
    { statusCode: 301, url: `${server.url}/b?x=1` },
  ])
})

test('with redirects off the redirect itself is judged, in one request', async (t) => {
  const server = await httpServer(t, (_request, response) => redirect(response, '/elsewhere', 301))
  const wanted = await runCheck(websiteProbe, `${server.url}/`, { followRedirects: false, expectedStatusCode: 301 })
  assert.equal(wanted.error, null)
  assert.equal(server.requests.length, 1)
  const unwanted = await runCheck(websiteProbe, `${server.url}/`, { followRedirects: false, expectedStatusCode: 200 })
  assert.equal(unwanted.error, 'expected status 200, got 301')
  assert.equal(server.requests.length, 2)
})

test('a redirect that ends once its cookie comes back is up', async (t) => {
  const server = await httpServer(t, (request, response) => {
    if (request.headers.cookie === 'own=1; seen=yes') response.end('welcome')
    else response.writeHead(302, { Location: '/', 'Set-Cookie': 'seen=yes; Path=/; HttpOnly' }).end()
  })
  const result = await runCheck(websiteProbe, `${server.url}/`, { requestHeaders: { Cookie: 'own=1' } })
  assert.equal(result.error, null)
  assert.equal(server.requests.length, 2)
  await runCheck(websiteProbe, `${server.url}/`)
  assert.equal(server.requests[2]?.headers.cookie, undefined, 'the next check starts without cookies')
})

test('an endless loop is down after ten redirects, with its places', async (t) => {
  const server = await httpServer(t, (request, response) => redirect(response, request.url === '/a' ? '/b' : '/a'))
  const result = await runCheck(websiteProbe, `${server.url}/a`)
  assert.equal(result.error, `more than 10 redirects: ${server.url}/a → ${server.url}/b`)
  assert.equal(result.category, 'CONFIGURATION_ERROR')
  assert.equal(server.requests.length, 11)
})

test('a redirect without a Location is judged as it is', async (t) => {
  const server = await httpServer(t, (_request, response) => response.writeHead(302).end())
  const result = await runCheck(websiteProbe, `${server.url}/`)
  assert.equal(result.error, 'expected status 200-299, got 302 (a redirect without a Location)')
})

for (const location of ['ftp://files.test/x', 'file:///etc/passwd', 'javascript:alert(1)', 'http://[bad/']) {
  test(`a redirect to ${location} is not followed and says so`, async (t) => {
    const server = await httpServer(t, (_request, response) => redirect(response, location))
    const result = await runCheck(websiteProbe, `${server.url}/`)
    assert.equal(result.status, 'DOWN')
    assert.equal(result.error, `expected a redirect to an http or https URL, got one to ${location}`)
  })
}

test('neither credentials nor own headers reach another origin, and none return after it', async (t) => {
  const other = await httpServer(t, (request, response) => {
    if (request.url === '/') redirect(response, `${first.url}/back`)
  })
  const first = await httpServer(t, (request, response) => {
    if (request.url === '/') {
      response.writeHead(302, { Location: `${other.url}/`, 'Set-Cookie': 'session=s3cret; Path=/' }).end()
    } else response.end()
  })
  const requestHeaders = {
    'X-Api-Key': 'k3y',
    Cookie: 'login=s3cret',
    Host: 'a.test',
    'X-Custom': 'mine',
    'User-Agent': 'Own/1',
  }
  const url = first.url.replace('http://', 'http://user:s3cret@')
  const result = await runCheck(websiteProbe, `${url}/`, { requestHeaders })
  assert.equal(result.error, null)
  const [asked, back] = first.requests
  assert.equal(asked?.headers['x-api-key'], 'k3y')
  assert.equal(asked?.headers.authorization, `Basic ${btoa('user:s3cret')}`)
  assert.equal(asked?.headers.host, 'a.test')
  const plain = {
    'user-agent': 'StatusApp/test',
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    connection: 'close',
  }
  assert.deepEqual(other.requests[0]?.headers, { ...plain, host: `127.0.0.1:${other.port}` })
  assert.deepEqual(back?.headers, { ...plain, host: `127.0.0.1:${first.port}`, cookie: 'session=s3cret' })
  assert.doesNotMatch(JSON.stringify(result), /s3cret|k3y/)
})

test('own headers stay on redirects within the origin', async (t) => {
  const server = await httpServer(t, (request, response) => {
    if (request.url === '/') redirect(response, '/next')
    else response.end()
  })
  await runCheck(websiteProbe, `${server.url}/`, { requestHeaders: { 'X-Api-Key': 'k3y', Host: 'a.test' } })
  assert.equal(server.requests[1]?.headers['x-api-key'], 'k3y')
  assert.equal(server.requests[1]?.headers.host, 'a.test')
})

test('a POST becomes a GET without body after 302 and 303, and stays a POST after 307', async (t) => {
  for (const [statusCode, method, length] of [
    [302, 'GET', undefined],
    [303, 'GET', undefined],
    [307, 'POST', '8'],
    [308, 'POST', '8'],
  ] as const) {
    const server = await httpServer(t, (request, response) => {
      if (request.url === '/') redirect(response, '/next', statusCode)
      else response.end()
    })
    await runCheck(websiteProbe, `${server.url}/`, { httpMethod: 'POST', requestBody: '{"a": 1}' })
    assert.equal(server.requests[0]?.headers['content-type'], 'application/json')
    assert.equal(server.requests[1]?.method, method)
    assert.equal(server.requests[1]?.headers['content-length'], length)
  }
})

test('a body is not repeated at another origin', async (t) => {
  const other = await httpServer(t, (_request, response) => response.end())
  const server = await httpServer(t, (_request, response) => redirect(response, `${other.url}/`, 307))
  const result = await runCheck(websiteProbe, `${server.url}/`, { httpMethod: 'POST', requestBody: 'password=1' })
  assert.equal(result.error, `the redirect would repeat the request's body at another origin, ${other.url}/`)
  assert.equal(other.requests.length, 0)
})

test('a redirect to a refused address is not followed, whatever the first one was', async (t) => {
  const server = await httpServer(t, (_request, response) =>
    redirect(response, 'http://169.254.169.254/latest/meta-data/'),
  )
  const targets = targetPolicy({ allowPrivate: true })
  const result = await runCheck(websiteProbe, `${server.url}/`, {}, { targets })
  assert.equal(result.error, '169.254.169.254 is a cloud metadata address and is never probed')
  assert.equal(result.category, 'CONFIGURATION_ERROR')
})

test('one deadline covers all redirects together', async (t) => {
  const server = await httpServer(t, (_request, response) => {
    setTimeout(() => redirect(response, '/'), 90)
  })
  const startMs = performance.now()
  const result = await runCheck(websiteProbe, `${server.url}/`, {}, { timeoutMs: 300 })
  // Which hop the end falls into is a matter of a few ms.
  assert.match(result.error ?? '', /^timed out after 300 ms while /)
  assert.ok(performance.now() - startMs < 800)
})
