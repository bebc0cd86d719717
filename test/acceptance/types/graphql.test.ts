import assert from 'node:assert/strict'
import { httpServer } from '../../../src/probes/kit/http-server.ts'
import { closedTcpPort } from './closed-port.ts'
import { type Fields, type VerdictCase, verdicts } from './verdicts.ts'

const urls: { [name: string]: string } = {}
const ask = (path: string, fields: Fields = {}) => {
  return () => ({ url: `${urls['site']}${path}`, graphqlQuery: '{ health }', ...fields })
}

const ANSWERS: { [path: string]: [body: string, status?: number] } = {
  '/ok': ['{"data":{"health":"ok"}}'],
  '/errors': ['{"errors":[{"message":"database is gone"},{"message":"and more"}]}'],
  '/partial': ['{"data":{"health":"ok"},"errors":[{"message":"no cache"}]}'],
  '/null': ['{"data":null}'],
  '/none': ['{"extensions":{}}'],
  '/html': ['<html>Sign in</html>'],
  '/400': ['{"errors":[{"message":"Unknown field"}]}', 400],
  '/500': ['{"errors":[{"message":"out of memory"}]}', 500],
}

const asserting = (path: string, comparison: string, target?: unknown) => ({
  assertions: [{ source: 'json', path, comparison, ...(target !== undefined && { target }) }],
})

const UP: VerdictCase[] = [
  {
    name: 'data without errors',
    body: ask('/ok'),
    address: () => `graphql:${urls['site']}/ok?query={ health }`,
    status: 'UP',
  },
  { name: 'by GET', body: ask('/ok', { httpMethod: 'GET', graphqlVariables: { id: 5 } }), status: 'UP' },
  { name: 'some errors, where they are allowed', body: ask('/partial', { graphqlAllowPartial: true }), status: 'UP' },
  { name: 'errors that an assertion judges', body: ask('/errors', asserting('$.errors', 'exists')), status: 'UP' },
  {
    name: 'slower than the threshold',
    body: ask('/slow', { degradedThreshold: 10 }),
    status: 'DEGRADED',
    error: /^response time: expected at most 10 ms, got \d+ ms/,
  },
]

const APPLICATION_ERROR: [name: string, body: () => Fields, error: RegExp][] = [
  ['errors in an answer of 200', ask('/errors'), /^expected no GraphQL errors, got "database is gone" \(and 1 more\)$/],
  ['errors beside data', ask('/partial'), /^expected no GraphQL errors, got "no cache"$/],
  ['data that is null', ask('/null'), /^expected GraphQL data, got data: null$/],
  ['no data', ask('/none'), /^expected GraphQL data, got none \(body starts "\{\\?"ext/],
  ['no JSON', ask('/html'), /^expected a GraphQL answer in JSON, got a body of type text\/html \(body starts "<html>/],
  ['a bad status, with its first error', ask('/400'), /^expected status 200-299, got 400: "Unknown field"$/],
  [
    'an assertion',
    ask('/ok', asserting('$.data.health', 'equals', 'well')),
    /^\$\.data\.health: expected "well", got "ok"$/,
  ],
]

const DOWN: VerdictCase[] = [
  ...APPLICATION_ERROR.map(
    ([name, body, error]): VerdictCase => ({
      name,
      body,
      status: 'DOWN',
      category: 'APPLICATION_ERROR',
      error,
      evidence: (kept) => {
        const [sent, statusCode = 200] = ANSWERS[new URL(String(body()['url'])).pathname] ?? []
        assert.partialDeepStrictEqual(kept, { statusCode, body: sent })
      },
    }),
  ),
  {
    name: 'a server error, with its first error',
    body: ask('/500'),
    status: 'DOWN',
    category: 'SERVER_ERROR',
    error: /^expected status 200-299, got 500: "out of memory"$/,
  },
  {
    name: 'nothing listens there',
    body: () => ({ ...ask('/ok')(), url: urls['closed'] }),
    address: () => `graphql:${urls['closed']}/?query={health}`,
    status: 'DOWN',
    category: 'CONNECTION_REFUSED',
    error: /^connection refused by 127\.0\.0\.1:\d+$/,
  },
  {
    name: 'no answer',
    body: ask('/silent', { timeout: 1 }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^timed out after 1000 ms while waiting for headers$/,
  },
  {
    name: 'TLS asked of a server without',
    body: () => ({ ...ask('/ok')(), url: `${urls['site']?.replace('http', 'https')}/ok` }),
    status: 'DOWN',
    category: 'SSL_CERTIFICATE',
    error: /^127\.0\.0\.1 does not speak TLS on this port$/,
  },
  {
    name: 'an address that may not be checked',
    body: () => ({ ...ask('/ok')(), url: 'http://169.254.169.254/' }),
    status: 'DOWN',
    category: 'CONFIGURATION_ERROR',
    error: /is a cloud metadata address and is never probed$/,
  },
]

verdicts(
  'GRAPHQL',
  async (stage) => {
    const site = await httpServer(stage, (request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://a.test')
      if (pathname === '/silent') return
      const [body, status = 200] = ANSWERS[pathname === '/slow' ? '/ok' : pathname] ?? ['{}', 404]
      const type = body.startsWith('<') ? 'text/html' : 'application/json'
      const answer = () => response.writeHead(status, { 'content-type': type }).end(body)
      if (pathname === '/slow') setTimeout(answer, 40)
      else answer()
    })
    urls['site'] = site.url
    urls['closed'] = `http://127.0.0.1:${await closedTcpPort()}`
  },
  [...UP, ...DOWN],
)
