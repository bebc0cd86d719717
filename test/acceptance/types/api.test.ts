import assert from 'node:assert/strict'
import { httpProxy, socksProxy } from '../../../src/probes/http/kit/proxies.ts'
import { certificateAuthority } from '../../../src/probes/kit/certificate-authority.ts'
import { httpServer } from '../../../src/probes/kit/http-server.ts'
import { tcpServer } from '../../../src/probes/kit/tcp-server.ts'
import { field } from '../client.ts'
import { API_PAGES, tokenServer } from './api-pages.ts'
import { closedTcpPort } from './closed-port.ts'
import type { Stage } from './stage.ts'
import { type Fields, type VerdictCase, verdicts } from './verdicts.ts'

const ca = certificateAuthority()
const stranger = certificateAuthority('Stranger').issue({ name: 'stranger' })
const me = ca.issue({ name: 'me' })

const urls: { [name: string]: string } = {}
const page = (path: string, fields: Fields = {}) => {
  return () => ({ url: `${urls['site']}${path}`, ...fields })
}
const asserting = (source: string, comparison: string, target?: unknown, path?: string, at = '/health') => {
  return page(at, {
    assertions: [{ source, comparison, ...(path && { path }), ...(target !== undefined && { target }) }],
  })
}
const json = (path: string, comparison: string, target?: unknown, at?: string) =>
  asserting('json', comparison, target, path, at)
const signedIn = (apiAuthConfig: Fields, path = '/private') => page(path, { apiAuthConfig })
const oauth = (name: string, more: Fields = {}) => {
  return () =>
    signedIn({
      type: 'oauth2',
      oauth2TokenUrl: `${urls[name]}/token`,
      oauth2ClientId: 'me',
      oauth2ClientSecret: 'hush-hush',
      ...more,
    })()
}
const through = (proxy: string, fields: Fields = {}) => {
  return () => ({ ...page('/health', fields)(), proxyUrl: urls[proxy] })
}
const mutual = (fields: Fields = {}) => {
  return () => ({ url: urls['mutual'], caCertificate: ca.cert, ...fields })
}

const ANSWERS_WELL: [name: string, body: () => Fields][] = [
  ['a typed value', json('$.data.status', 'equals', 'ok')],
  ['each of several values', json('$.data.loads[*]', 'lt', 0.9)],
  ['a number that is not rounded', json('$.data.id', 'equals', '1234567890123456789')],
  ['what is missing', json('$.gone', 'not_exists')],
  ['a header', asserting('header', 'contains', 'json', 'content-type')],
  ['the body, by an expression', asserting('body', 'matches', '"status": ?"(ok|fine)"')],
  ['a status that an assertion judges', asserting('status', 'equals', 404, undefined, '/gone')],
  ['the time', asserting('responseTime', 'lt', 5_000)],
  ['a schema', page('/health', { responseSchema: { required: ['data'] } })],
  ['bearer', signedIn({ type: 'bearer', token: 'hush-hush' })],
  ['basic', signedIn({ type: 'basic', username: 'me', password: 'hush-hush' })],
  ['a key in a header', signedIn({ type: 'api_key', apiKey: 'hush-hush', apiKeyName: 'X-Key' })],
  [
    'a key in the query',
    signedIn({ type: 'api_key', apiKey: 'hush-hush', apiKeyName: 'key', apiKeyLocation: 'query' }),
  ],
  ['JWT', signedIn({ type: 'jwt', jwtToken: 'hush-hush' })],
  ['OAuth 2, client credentials', oauth('tokens')],
  ['OAuth 2, password', oauth('tokens', { oauth2GrantType: 'password', oauth2Username: 'a', oauth2Password: 'b' })],
  ['OAuth 2, refresh token', oauth('tokens', { oauth2GrantType: 'refresh_token', oauth2RefreshToken: 'r' })],
  ['an HTTP proxy', through('proxy')],
  ['a SOCKS proxy', through('socks')],
  ['a certificate of ours', mutual({ clientCertificate: me.cert, clientKey: me.key })],
  ['days of a certificate', mutual({ clientCertificate: me.cert, clientKey: me.key, assertions: [days(3)] })],
]

function days(target: number): Fields {
  return { source: 'certificateDays', comparison: 'gt', target }
}

type Reason = [name: string, body: () => Fields, error: RegExp, evidence?: (kept: unknown) => void]

const APPLICATION_ERROR: Reason[] = [
  [
    'another value',
    json('$.data.status', 'equals', 'bad'),
    /^\$\.data\.status: expected "bad", got "ok"$/,
    (kept) => assert.match(String(field(kept, 'body')), /^\{"data":\{"status":"ok"/),
  ],
  ['another type', json('$.data.five', 'equals', '5'), /^\$\.data\.five: expected "5" \(string\), got 5 \(number\)$/],
  [
    'one of several values',
    json('$.data.loads[*]', 'lt', 0.5),
    /^\$(\['data'\]\['loads'\]|\.data\.loads)\[1\]: expected/,
  ],
  ['a missing path', json('$.gone', 'lt', 120), /^path \$\.gone not found \(body starts /],
  ['no JSON', json('$.a', 'exists', undefined, '/html'), /^path \$\.a not found \(body starts "<html>/],
  ['not empty', json('$.data', 'is_empty'), /^\$\.data: expected .*empty/],
  ['a missing header', asserting('header', 'exists', undefined, 'x-none'), /^header x-none not found$/],
  ['text in the body', asserting('body', 'not_contains', 'ok'), /^body: expected .*"ok"/],
  ['an expression', asserting('body', 'matches', '^ok'), /^body: expected .*\^ok/],
  ['another status', asserting('status', 'equals', 204), /^status: expected 204, got 200$/],
  [
    'too slow',
    asserting('responseTime', 'lt', 1, undefined, '/slow'),
    /^response time in ms: expected less than 1, got \d/,
  ],
  [
    'a schema',
    page('/health', { responseSchema: { required: ['uptime'] } }),
    /^the body does not fit responseSchema: \$ must/,
  ],
  [
    'a schema, and no JSON',
    page('/html', { responseSchema: {} }),
    /^expected JSON that fits responseSchema \(body starts/,
  ],
  [
    'credentials that are not accepted, and are masked though the server repeats them',
    signedIn({ type: 'bearer', token: 'wrong-secret' }),
    /^expected status 200-299, got 401$/,
    (kept) => assert.partialDeepStrictEqual(kept, { statusCode: 401, body: 'who is Bearer ••••' }),
  ],
]

const CONFIGURATION_ERROR: Reason[] = [
  [
    'a client that the token server does not know',
    oauth('tokens', { oauth2ClientSecret: 'wrong' }),
    /^token request to http:.* failed: 401 invalid_client$/,
  ],
  [
    'a token server without tokens',
    oauth('site'),
    /failed: (404|expected a JSON answer with an access_token, got one without)/,
  ],
  [
    'a proxy that wants a user',
    through('proxy 407'),
    /^proxy 127\.0\.0\.1:\d+ does not accept its user name and password \(407\)$/,
  ],
  ['a proxy that is none', through('proxy garbage'), /^proxy 127\.0\.0\.1:\d+ does not speak HTTP as a proxy does$/],
  [
    'a SOCKS proxy that may not',
    through('socks rules'),
    /^proxy 127\.0\.0\.1:\d+ is not allowed by its rules to connect to/,
  ],
]

const DOWN = Object.entries({
  APPLICATION_ERROR,
  CONFIGURATION_ERROR,
  SERVER_ERROR: [
    [
      'a certificate of ours that is not accepted, and the server just closes',
      mutual({ clientCertificate: stranger.cert, clientKey: stranger.key }),
      /^server closed the connection without a response$/,
    ],
    ['a status of 503', page('/503'), /^expected status 200-299, got 503$/],
    [
      'an assertion on an answer of 503',
      asserting('status', 'equals', 500, undefined, '/503'),
      /^status: expected 500, got 503$/,
    ],
  ] satisfies Reason[],
  THIRD_PARTY_SERVICE: [
    ['a token server that fails', oauth('broken tokens'), /^token request to http:.* failed: 503 /],
  ] satisfies Reason[],
  INFRASTRUCTURE: [
    [
      'a proxy that does not connect',
      through('proxy 502'),
      /^proxy 127\.0\.0\.1:\d+ does not connect to .*: 502 Bad Gateway$/,
    ],
    [
      'a proxy that closes',
      through('proxy closes'),
      /closed the connection instead of connecting to 127\.0\.0\.1:\d+$/,
    ],
    [
      'a SOCKS proxy that can not',
      through('socks unreachable'),
      /^proxy 127\.0\.0\.1:\d+ can not reach 127\.0\.0\.1:\d+$/,
    ],
  ] satisfies Reason[],
  CONNECTION_REFUSED: [
    ['no proxy there', through('closed'), /^proxy 127\.0\.0\.1:\d+: connection refused by 127\.0\.0\.1:\d+$/],
    ['no token server there', oauth('closed'), /^token request to .* failed: connection refused by 127\.0\.0\.1:\d+$/],
    ['a SOCKS proxy that is refused', through('socks refused'), /says that 127\.0\.0\.1:\d+ refused the connection$/],
  ] satisfies Reason[],
  NETWORK_TIMEOUT: [
    [
      'a SOCKS proxy without answer of the target',
      through('socks silence'),
      /^proxy .* got no answer from 127\.0\.0\.1:\d+$/,
    ],
    [
      'a proxy that is silent',
      through('silent', { timeout: 1 }),
      /^timed out after 1000 ms while proxy .* connects to 127/,
    ],
    [
      'a token server that is silent',
      () => ({ ...oauth('silent')(), timeout: 1 }),
      /^token request to .* failed: timed out after 1000 ms/,
    ],
  ] satisfies Reason[],
  SSL_CERTIFICATE: [
    ['a certificate of ours is demanded', mutual(), /^the server demands a client certificate$/],
    [
      'too few days of a certificate',
      mutual({ clientCertificate: me.cert, clientKey: me.key, assertions: [days(60)] }),
      /^days that the certificate is valid for: expected more than 60, got (29|30)/,
      (kept) => assert.equal(field(kept, 'certificate.subject'), 'CN=site'),
    ],
  ] satisfies Reason[],
} satisfies { [category: string]: Reason[] }).flatMap(([category, reasons]: [string, Reason[]]) =>
  reasons.map(
    ([name, body, error, evidence]): VerdictCase => ({
      name,
      body,
      status: 'DOWN',
      category,
      error,
      ...(evidence !== undefined && { evidence }),
    }),
  ),
)

const OTHERS: VerdictCase[] = [
  {
    name: 'slower than the threshold',
    body: page('/slow', { degradedThreshold: 10 }),
    status: 'DEGRADED',
    error: /^response time: expected at most 10 ms, got \d+ ms/,
  },
  {
    name: 'a schema whose work explodes says nothing of the target',
    body: page('/health', { responseSchema: explosion() }),
    status: 'UNKNOWN',
    error: /^responseSchema takes too long on a body of this size$/,
    alone: true,
  },
]

function explosion(): Fields {
  const $defs: Fields = { d40: { type: 'string' } }
  for (let at = 0; at < 40; at++) {
    const next = { $ref: `#/$defs/d${at + 1}` }
    $defs[`d${at}`] = { anyOf: [next, next] }
  }
  return { $defs, $ref: '#/$defs/d0' }
}

async function start(stage: Stage): Promise<void> {
  const tls = { ...ca.issue({ name: 'site', hosts: ['127.0.0.1'] }), requestCert: true, ca: ca.cert }
  urls['site'] = (await httpServer(stage, API_PAGES)).url
  urls['mutual'] = (await httpServer(stage, (_, response) => response.end('{}'), { tls })).url
  urls['tokens'] = (await httpServer(stage, tokenServer('hush-hush'))).url
  urls['broken tokens'] = (await httpServer(stage, (_, response) => response.writeHead(503).end())).url
  urls['closed'] = `http://127.0.0.1:${await closedTcpPort()}`
  urls['silent'] = `http://127.0.0.1:${(await tcpServer(stage, (socket) => socket.resume())).port}`
  urls['proxy'] = (await httpProxy(stage)).url
  urls['proxy 407'] = (await httpProxy(stage, 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')).url
  urls['proxy garbage'] = (await httpProxy(stage, 'nonsense\r\n\r\n')).url
  urls['proxy 502'] = (await httpProxy(stage, 'HTTP/1.1 502 Bad Gateway\r\n\r\n')).url
  const closes = await tcpServer(stage, (socket) => socket.once('data', () => socket.end()))
  urls['proxy closes'] = `http://127.0.0.1:${closes.port}`
  for (const [name, reply] of Object.entries({ '': 0, ' rules': 2, ' unreachable': 4, ' refused': 5, ' silence': 6 })) {
    urls[`socks${name}`] = `socks5h://127.0.0.1:${(await socksProxy(stage, { reply })).port}`
  }
}

verdicts('API', start, [
  ...ANSWERS_WELL.map(([name, body]): VerdictCase => ({ name, body, status: 'UP' })),
  ...OTHERS,
  ...DOWN,
])
