import assert from 'node:assert/strict'
import type { ServerOptions } from 'node:https'
import type { Socket } from 'node:net'
import { certificateAuthority, selfSigned } from '../../../src/probes/kit/certificate-authority.ts'
import { httpServer } from '../../../src/probes/kit/http-server.ts'
import { tcpServer } from '../../../src/probes/kit/tcp-server.ts'
import { field } from '../client.ts'
import { closedTcpPort } from './closed-port.ts'
import { PAGES } from './pages.ts'
import type { Stage } from './stage.ts'
import { type Fields, type VerdictCase, verdicts } from './verdicts.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS + 60_000)
const HOSTS = { name: 'site', hosts: ['localhost', '127.0.0.1'] }
const ca = certificateAuthority()
const stranger = certificateAuthority('Stranger').issue(HOSTS)
const between = ca.issueAuthority('Between', { validTo: inDays(400) })

const urls: { [name: string]: string } = {}
const page = (path: string, fields: Fields = {}) => {
  return () => ({ url: `${urls['site']}${path}`, ...fields })
}
const at = (server: string, fields: Fields = {}) => {
  return () => ({ url: urls[server], ...fields })
}

const UP: VerdictCase[] = [
  { name: 'a page', body: page('/'), address: () => `${urls['site']}/`, status: 'UP' },
  {
    name: 'by name, whichever address answers',
    body: () => ({ url: urls['site']?.replace('127.0.0.1', 'localhost') }),
    status: 'UP',
  },
  { name: 'a status that is expected', body: page('/404', { expectedStatusCode: '200-299,404' }), status: 'UP' },
  {
    name: 'a redirect itself',
    body: page('/moved', { followRedirects: false, expectedStatusCode: 301 }),
    status: 'UP',
  },
  { name: 'behind a redirect that a cookie ends', body: page('/cookie'), status: 'UP' },
  { name: 'a keyword in a compressed page', body: page('/gzip', { keyword: 'HELLO' }), status: 'UP' },
  { name: 'a keyword that is absent', body: page('/', { keywordAbsent: ['error', 'sorry'] }), status: 'UP' },
  { name: 'HEAD', body: page('/', { httpMethod: 'HEAD' }), status: 'UP' },
  { name: 'HTTPS', body: at('secure', { caCertificate: ca.cert }), status: 'UP' },
  { name: 'HTTPS with any certificate', body: at('self-signed', { verifySsl: false }), status: 'UP' },
  { name: 'failing is the good state', body: page('/500', { upsideDown: true }), notOnCommandLine: true, status: 'UP' },
  {
    name: 'slower than the threshold',
    body: page('/slow', { degradedThreshold: 10 }),
    status: 'DEGRADED',
    error: /^response time: expected at most 10 ms, got \d+ ms/,
  },
]

type Reason = [name: string, body: () => Fields, error: RegExp, evidence?: (kept: unknown) => void]

const SERVER_ERROR: Reason[] = [
  [
    'a status of 500, with what came',
    page('/500'),
    /^expected status 200-299, got 500$/,
    (kept) => {
      assert.partialDeepStrictEqual(kept, {
        statusCode: 500,
        statusLine: 'HTTP/1.1 500 Internal Server Error',
        headers: { 'content-type': 'text/plain', 'set-cookie': '••••' },
        addresses: [],
      })
      assert.match(String(field(kept, 'body')), /^out of order, x+$/)
      assert.equal(String(field(kept, 'body')).length, 4_096)
      assert.equal(typeof field(kept, 'phases.firstByte'), 'number')
    },
  ],
  ['a server that closes without a response', at('closes'), /^server closed the connection without a response$/],
  ['a server that resets without a response', at('resets'), /^server reset the connection without a response$/],
  ['headers that end in the middle', at('half headers'), /^server closed the connection in the middle of its headers$/],
  [
    'a body that ends too early',
    at('cut'),
    /^connection closed after 5 of 100 bytes$/,
    (kept) => assert.partialDeepStrictEqual(kept, { statusCode: 200, body: 'short' }),
  ],
  ['chunks that end too early', at('cut chunks'), /^connection closed after 5 bytes, before the end of the body$/],
  ['no HTTP', at('garbage'), /^invalid HTTP from the server: the answer does not start with "HTTP\/" \(HPE_/],
  [
    'headers that are too large',
    at('large headers'),
    /^invalid HTTP from the server: its headers are larger than 65536/,
  ],
  ['interim answers only', at('interim'), /^server sent more than \d+ interim answers \(1xx\) and no final one$/],
]

const APPLICATION_ERROR: Reason[] = [
  ['a status of 404', page('/404'), /^expected status 200-299, got 404$/],
  ['a status of 999', page('/999'), /^expected status 200-299, got 999$/],
  ['another status than the one', page('/', { expectedStatusCode: 204 }), /^expected status 204, got 200$/],
  ['a redirect that is not followed', page('/moved', { followRedirects: false }), /^expected status 200-299, got 301$/],
  ['a redirect to nowhere', page('/nowhere'), /^expected status 200-299, got 302 \(a redirect without a Location\)$/],
  [
    'a bad page behind a redirect',
    page('/to-404'),
    /^expected status 200-299, got 404 from http:\/\/127\.0\.0\.1:\d+\/404$/,
  ],
  [
    'HEAD is refused',
    page('/no-head', { httpMethod: 'HEAD' }),
    /^expected status 200-299, got 405: the server refuses HEAD$/,
  ],
  [
    'protocols are switched unasked',
    at('switches'),
    /^expected status 200-299, got 101 \(the server switched protocols/,
  ],
  [
    'a keyword is missing',
    page('/', { keyword: ['hello', 'bye'] }),
    /^expected the keyword "bye" in the body, but it is not there$/,
    (kept) => assert.partialDeepStrictEqual(kept, { statusCode: 200, body: 'Hello from here' }),
  ],
  [
    'a keyword is not in what is read',
    page('/', { keyword: 'here', maxBodyBytes: 5 }),
    /in the first 5 bytes of the body, but/,
  ],
  [
    'a keyword is there that must not',
    page('/', { keywordAbsent: 'hello' }),
    /^expected the keyword "hello" to be absent, but/,
  ],
  [
    'a body that is not what it says',
    page('/no-gzip', { keyword: 'a' }),
    /^expected a gzip body, got one that can't be/,
  ],
  [
    'an encoding that nobody knows',
    page('/odd', { keyword: 'a' }),
    /^expected a content encoding out of .*, got "odd"$/,
  ],
]

const CONFIGURATION_ERROR: Reason[] = [
  ['redirects without end', page('/loop'), /^more than 10 redirects: http:\/\/127\.0\.0\.1:\d+\/loop( → |$)/],
  [
    'a redirect to another scheme',
    page('/to-ftp'),
    /^expected a redirect to an http or https URL, got one to ftp:\/\//,
  ],
  [
    'a redirect that would repeat the body elsewhere',
    page('/elsewhere', { httpMethod: 'POST', requestBody: 'secret' }),
    /^the redirect would repeat the request's body at another origin, http:/,
  ],
  ['an address that may not be checked', () => ({ url: 'http://169.254.169.254/' }), /is a cloud metadata address and/],
  [
    'a redirect to such an address',
    page('/to-metadata'),
    /^169\.254\.169\.254 is a cloud metadata address and is never/,
  ],
  ['no address of the wanted version', page('/', { ipVersion: 6 }), /^expected an IPv6 address, got 127\.0\.0\.1$/],
  ['upside down, and it succeeds', page('/', { upsideDown: true }), /^expected the check to fail \(upside down\), but/],
]

const NETWORK_TIMEOUT: Reason[] = [
  ['no answer', at('silent', { timeout: 1 }), /^timed out after 1000 ms while waiting for (the )?headers/],
  [
    'header lines without end',
    at('drips headers', { timeout: 1 }),
    /^timed out after 1000 ms while \w+ (for )?(the )?headers/,
  ],
  ['a body without end', at('drips body', { timeout: 1 }), /^timed out after 1000 ms while .*body/],
  [
    'no TLS handshake',
    () => ({ url: urls['silent']?.replace('http', 'https'), timeout: 1 }),
    /^timed out after 1000 ms during the TLS h/,
  ],
]

const CONNECTION_REFUSED: Reason[] = [
  [
    'nothing listens there',
    at('closed'),
    /^connection refused by 127\.0\.0\.1:\d+$/,
    (kept) => assert.partialDeepStrictEqual(kept, { statusCode: null, addresses: [{ address: '127.0.0.1' }] }),
  ],
  [
    'nothing listens at any address of a name',
    () => ({ url: urls['closed']?.replace('127.0.0.1', 'localhost') }),
    /connection refused by 127\.0\.0\.1:\d+/,
    (kept) =>
      assert.match(JSON.stringify(field(kept, 'addresses')), /"address":"127\.0\.0\.1","error":"connection refused/),
  ],
]

const DNS_FAILURE: Reason[] = [
  [
    'a name that can not be looked up',
    () => ({ url: 'http://no-such-name.invalid/' }),
    /^name lookup(: no such name no-such-name\.invalid$| of no-such-name\.invalid failed here)/,
  ],
]

const TLS: { [name: string]: [tls: ServerOptions, error: RegExp] } = {
  expired: [
    ca.issue({ ...HOSTS, validTo: inDays(-2) }),
    /^the certificate of 127\.0\.0\.1 expired on \d{4}-\d\d-\d\d$/,
  ],
  'not yet valid': [
    ca.issue({ ...HOSTS, validFrom: inDays(2) }),
    /^the certificate of 127\.0\.0\.1 is not valid before/,
  ],
  'for another host': [
    ca.issue({ name: 'a', hosts: ['a.test'] }),
    /^the certificate is for a\.test, not for 127\.0\.0\.1$/,
  ],
  'without names': [ca.issue({ name: '127.0.0.1' }), /^the certificate names no host \(it has no subjectAltName\)/],
  'self-signed': [selfSigned(HOSTS), /^the certificate of 127\.0\.0\.1 is self-signed$/],
  untrusted: [stranger, /"Stranger" that the chain of 127\.0\.0\.1 needs, or that authority is not trusted here$/],
  'without its intermediate': [
    between.issue(HOSTS),
    /^the server does not send the intermediate certificate "Between"/,
  ],
  'and demands one of ours': [
    { ...ca.issue(HOSTS), requestCert: true, ca: ca.cert },
    /^the server demands a client certificate$/,
  ],
}

const SSL_CERTIFICATE: Reason[] = [
  ...Object.entries(TLS).map(
    ([name, [, error]]): Reason => [
      `a certificate, ${name}`,
      at(name, { caCertificate: ca.cert }),
      error,
      (kept) => assert.match(String(field(kept, 'certificate.subject')), /^CN=/),
    ],
  ),
  [
    'HTTPS asked of HTTP',
    () => ({ url: urls['site']?.replace('http', 'https') }),
    /^127\.0\.0\.1 does not speak TLS on this port$/,
  ],
  [
    'TLS is cut off',
    () => ({ url: urls['closes']?.replace('http', 'https') }),
    /^127\.0\.0\.1 closed the connection during the TLS h/,
  ],
]

const DOWN = Object.entries({
  SERVER_ERROR,
  APPLICATION_ERROR,
  CONFIGURATION_ERROR,
  NETWORK_TIMEOUT,
  CONNECTION_REFUSED,
  DNS_FAILURE,
  SSL_CERTIFICATE,
}).flatMap(([category, reasons]) =>
  reasons.map(
    ([name, body, error, evidence]): VerdictCase => ({
      name,
      body,
      status: 'DOWN',
      category,
      error,
      ...(evidence !== undefined && { evidence }),
      ...('upsideDown' in body() && { notOnCommandLine: true }),
    }),
  ),
)

const OK = 'HTTP/1.1 200 OK\r\n'
/** Servers that speak no HTTP, or a broken one. */
const BROKEN: { [name: string]: (socket: Socket) => void } = {
  silent: (socket) => socket.resume(),
  closes: (socket) => socket.once('data', () => socket.end()),
  resets: (socket) => socket.once('data', () => socket.resetAndDestroy()),
  'half headers': (socket) => socket.once('data', () => socket.end(`${OK}X-A: 1\r\n`)),
  cut: (socket) => socket.once('data', () => socket.end(`${OK}Content-Length: 100\r\n\r\nshort`)),
  'cut chunks': (socket) =>
    socket.once('data', () => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n`)),
  garbage: (socket) => socket.once('data', () => socket.end('220 ready\r\n')),
  'large headers': (socket) => socket.once('data', () => socket.end(`${OK}X-A: ${'x'.repeat(80_000)}\r\n\r\n`)),
  interim: (socket) => socket.once('data', () => socket.end('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(200))),
  switches: (socket) =>
    socket.once('data', () =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ),
  'drips headers': (socket) => drip(socket, OK, 'X-Drip: 1\r\n'),
  'drips body': (socket) => drip(socket, `${OK}\r\n`, '.'),
}

function drip(socket: Socket, start: string, part: string): void {
  socket.resume().write(start)
  const timer = setInterval(() => socket.write(part), 100)
  socket.on('close', () => clearInterval(timer))
}

async function start(stage: Stage): Promise<void> {
  urls['site'] = (await httpServer(stage, PAGES)).url
  for (const [name, behave] of Object.entries(BROKEN)) {
    urls[name] = `http://127.0.0.1:${(await tcpServer(stage, behave)).port}/`
  }
  for (const [name, [tls]] of Object.entries(TLS)) {
    urls[name] = (await httpServer(stage, (_, response) => response.end(), { tls })).url
  }
  urls['secure'] = (await httpServer(stage, (_, response) => response.end(), { tls: ca.issue(HOSTS) })).url
  urls['closed'] = `http://127.0.0.1:${await closedTcpPort()}/`
}

verdicts('WEBSITE', start, [...UP, ...DOWN])
