import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import type { Json } from '#domain'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'
import { websiteProbe } from '../website.ts'

const KINDS: { [name: string]: { auth: { [name: string]: Json }; header: string; value: string } } = {
  bearer: { auth: { type: 'bearer', token: 'secret-token' }, header: 'authorization', value: 'Bearer secret-token' },
  basic: {
    auth: { type: 'basic', username: 'me', password: 'pässword' },
    header: 'authorization',
    value: `Basic ${Buffer.from('me:pässword').toString('base64')}`,
  },
  'basic with an empty password': {
    auth: { type: 'basic', username: 'me', password: '' },
    header: 'authorization',
    value: `Basic ${Buffer.from('me:').toString('base64')}`,
  },
  'an API key in its usual header': {
    auth: { type: 'api_key', apiKey: 'secret-key' },
    header: 'x-api-key',
    value: 'secret-key',
  },
  'an API key in a header of its own': {
    auth: { type: 'api_key', apiKey: 'secret-key', apiKeyHeader: 'X-Mine', apiKeyLocation: 'header' },
    header: 'x-mine',
    value: 'secret-key',
  },
  jwt: { auth: { type: 'jwt', jwtToken: 'a.b.c-secret' }, header: 'authorization', value: 'Bearer a.b.c-secret' },
  'jwt in a header of its own without a prefix': {
    auth: { type: 'jwt', jwtToken: 'a.b.c-secret', jwtHeader: 'X-Token', jwtPrefix: '' },
    header: 'x-token',
    value: 'a.b.c-secret',
  },
}

for (const [name, { auth, header, value }] of Object.entries(KINDS)) {
  test(`${name} is sent to the own origin only, and is in no result although the server repeats it`, async (t) => {
    const repeat = (request: IncomingMessage) => `you sent ${request.headers[header]}`
    const other = await httpServer(t, (_request, response) => response.end('elsewhere'))
    const own = await httpServer(t, (request, response) => {
      if (request.url === '/away') response.writeHead(302, { Location: `${other.url}/` }).end()
      else if (request.url === '/here') response.writeHead(302, { Location: '/' }).end()
      else response.writeHead(500, { 'X-Seen': String(request.headers[header]) }).end(repeat(request))
    })
    const failed = await runCheck(websiteProbe, `${own.url}/here`, { apiAuthConfig: auth })
    assert.deepEqual(
      own.requests.map(({ headers }) => headers[header]),
      [value, value],
    )
    const secret = value.split(' ').at(-1) ?? ''
    assert.ok(secret === 'bWU6' || !JSON.stringify(failed).includes(secret), JSON.stringify(failed))
    assert.match(JSON.stringify(failed.evidence), /you sent/)
    assert.equal((await runCheck(websiteProbe, `${own.url}/away`, { apiAuthConfig: auth })).error, null)
    assert.equal(other.requests[0]?.headers[header], undefined)
  })
}

test('an API key in the query goes to the own origin only, and no address that is shown has it', async (t) => {
  const other = await httpServer(t, (_request, response) => response.writeHead(500).end())
  const own = await httpServer(t, (request, response) => {
    const query = request.url?.slice(request.url.indexOf('?')) ?? ''
    if (request.url?.startsWith('/away')) response.writeHead(302, { Location: `${other.url}/${query}` }).end()
    else if (request.url?.startsWith('/here')) response.writeHead(302, { Location: `/${query}` }).end()
    else response.writeHead(500).end(request.url)
  })
  const apiAuthConfig = { type: 'api_key', apiKey: 'se cret+1', apiKeyName: 'k', apiKeyLocation: 'query' }
  const here = await runCheck(websiteProbe, `${own.url}/here?a=1`, { apiAuthConfig })
  assert.deepEqual(
    own.requests.map(({ url }) => url),
    ['/here?a=1&k=se%20cret%2B1', '/?a=1&k=se%20cret%2B1'],
  )
  assert.equal(here.error, `expected status 200-299, got 500 from ${own.url}/?a=1`)
  assert.doesNotMatch(JSON.stringify(here), /cret/)
  const away = await runCheck(websiteProbe, `${own.url}/away`, { apiAuthConfig })
  assert.equal(other.requests[0]?.url, '/')
  assert.doesNotMatch(JSON.stringify(away), /cret/)
})

test('credentials take the place of the user info in the address', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const url = server.url.replace('http://', 'http://me:other@')
  await runCheck(websiteProbe, url, { apiAuthConfig: { type: 'bearer', token: 'secret-token' } })
  assert.deepEqual(server.requests[0]?.headersDistinct['authorization'], ['Bearer secret-token'])
})

test('none sends nothing', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  assert.equal((await runCheck(websiteProbe, server.url, { apiAuthConfig: { type: 'none' } })).error, null)
  assert.equal(server.requests[0]?.headers.authorization, undefined)
})
