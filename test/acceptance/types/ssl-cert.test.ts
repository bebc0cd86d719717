import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'
import { certificateAuthority, selfSigned } from '../../../src/probes/kit/certificate-authority.ts'
import { tcpServer } from '../../../src/probes/kit/tcp-server.ts'
import { field } from '../client.ts'
import { closedTcpPort } from './closed-port.ts'
import type { Stage } from './stage.ts'
import { type VerdictCase, verdicts } from './verdicts.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS + 60_000)
const ca = certificateAuthority()
const stranger = certificateAuthority('Stranger')
const between = ca.issueAuthority('Between', { validTo: inDays(400) })
const HOSTS = { name: 'site', hosts: ['localhost', '127.0.0.1'] }

function chained(authority: typeof ca) {
  const { cert, key } = authority.issue({ ...HOSTS, validTo: inDays(90) })
  return { cert: cert + authority.cert, key }
}

const ports: { [name: string]: number } = {}
const on = (name: string, fields: { [field: string]: unknown } = {}) => {
  return () => ({ url: `127.0.0.1:${ports[name]}`, caCertificate: ca.cert, ...fields })
}

/** Servers with a certificate that is not accepted, and the words for it. */
const BAD: [name: string, tls: TlsOptions, error: RegExp, leaf?: string][] = [
  [
    'expired',
    ca.issue({ ...HOSTS, validTo: inDays(-2) }),
    /^the certificate of 127\.0\.0\.1 expired on \d{4}-\d\d-\d\d$/,
  ],
  [
    'not yet valid',
    ca.issue({ ...HOSTS, validFrom: inDays(2) }),
    /^the certificate of 127\.0\.0\.1 is not valid before \d/,
  ],
  [
    'for another host',
    ca.issue({ name: 'site', hosts: ['a.test'] }),
    /^the certificate is for a\.test, not for 127\.0\.0\.1$/,
  ],
  [
    'without a subjectAltName',
    ca.issue({ name: 'site' }),
    /^the certificate names no host \(it has no subjectAltName\)/,
  ],
  ['self-signed', selfSigned(HOSTS), /^the certificate of 127\.0\.0\.1 is self-signed$/],
  ['of an authority that is not trusted', chained(stranger), /is signed by an authority that is not trusted here$/],
  [
    'without its intermediate',
    between.issue(HOSTS),
    /^the server does not send the intermediate certificate "Between"/,
  ],
  [
    'under an expired intermediate',
    chained(ca.issueAuthority('Old', { validTo: inDays(-1) })),
    /^the certificate "Old" in the chain of 127\.0\.0\.1 has expired$/,
  ],
]

const DOWN: VerdictCase[] = [
  ...BAD.map(
    ([name, , error]): VerdictCase => ({
      name: `a certificate, ${name}`,
      body: on(name),
      status: 'DOWN',
      category: 'SSL_CERTIFICATE',
      error,
      evidence: (kept) => {
        assert.equal(field(kept, 'chain.0.subject'), 'CN=site')
        assert.match(String(field(kept, 'chain.0.validTo')), /^\d{4}-\d\d-\d\dT/)
        assert.equal(typeof field(kept, 'phases.tls'), 'number')
      },
    }),
  ),
  {
    name: 'a server that does not speak TLS',
    body: on('garbage'),
    address: () => `tls:127.0.0.1:${ports['garbage']}`,
    status: 'DOWN',
    category: 'SSL_CERTIFICATE',
    error: /^127\.0\.0\.1 does not speak TLS on this port$/,
    evidence: (kept) => assert.partialDeepStrictEqual(kept, { chain: [], phases: { tls: null }, addresses: [] }),
  },
  {
    name: 'a server that closes during the handshake',
    body: on('closes'),
    status: 'DOWN',
    category: 'SSL_CERTIFICATE',
    error: /^127\.0\.0\.1 closed the connection during the TLS handshake$/,
  },
  {
    name: 'a server that is older than TLS 1.2',
    body: on('old'),
    status: 'DOWN',
    category: 'SSL_CERTIFICATE',
    error: /^127\.0\.0\.1 speaks only TLS versions older than 1\.2$/,
  },
  {
    name: 'a server with no cipher in common',
    body: on('odd cipher'),
    status: 'DOWN',
    category: 'SSL_CERTIFICATE',
    error: /^127\.0\.0\.1 refused the TLS handshake: no cipher in common, or it demands a client certificate$/,
  },
  {
    name: 'a server that never answers the hello',
    body: on('silent', { timeout: 1 }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^timed out after 1000 ms during the TLS handshake$/,
  },
  {
    name: 'nothing listens there',
    body: on('closed'),
    status: 'DOWN',
    category: 'CONNECTION_REFUSED',
    error: /^connection refused by 127\.0\.0\.1:\d+$/,
    evidence: (kept) => assert.partialDeepStrictEqual(kept, { addresses: [{ address: '127.0.0.1' }], chain: [] }),
  },
  {
    name: 'a name that can not be looked up',
    body: () => ({ url: 'no-such-name.invalid' }),
    address: () => 'tls:no-such-name.invalid',
    status: 'DOWN',
    category: 'DNS_FAILURE',
    error: /^name lookup(: no such name no-such-name\.invalid$| of no-such-name\.invalid failed here)/,
  },
  {
    name: 'an address that may not be checked',
    body: () => ({ url: '169.254.169.254' }),
    status: 'DOWN',
    category: 'CONFIGURATION_ERROR',
    error: /^169\.254\.169\.254 is a cloud metadata address and is never probed$/,
  },
]

const UP: VerdictCase[] = [
  { name: 'a good certificate, by address', body: on('good'), status: 'UP' },
  {
    name: 'a good certificate, by name',
    body: () => ({ ...on('good')(), url: `https://localhost:${ports['good']}/` }),
    status: 'UP',
  },
  { name: 'inside a threshold', body: on('short'), status: 'UP' },
  { name: 'with an expired root sent along', body: on('old root'), status: 'UP' },
  {
    name: 'slower than the threshold',
    body: on('slow', { degradedThreshold: 20 }),
    status: 'DEGRADED',
    error: /^response time: expected at most 20 ms, got \d+ ms/,
  },
]

async function tlsPort(stage: Stage, tls: TlsOptions): Promise<number> {
  const server = createServer(tls, (socket) => socket.on('error', () => {}))
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stage.after(() => server.close())
  return (server.address() as AddressInfo).port
}

/** Passes connections on, 50 ms late. */
async function lateTlsPort(stage: Stage, port: number): Promise<number> {
  const { port: late } = await tcpServer(stage, (socket) => {
    setTimeout(() => {
      const onward = connect(port, '127.0.0.1')
      onward.on('error', () => socket.destroy())
      socket.pipe(onward).pipe(socket)
    }, 50)
  })
  return late
}

verdicts(
  'SSL_CERT',
  async (stage) => {
    const good = ca.issue({ ...HOSTS, validTo: inDays(90) })
    const oldRoot = ca.reissue({ validFrom: inDays(-900), validTo: inDays(-9) })
    for (const [name, tls] of BAD) ports[name] = await tlsPort(stage, tls)
    Object.assign(ports, {
      good: await tlsPort(stage, good),
      short: await tlsPort(stage, ca.issue({ ...HOSTS, validTo: inDays(2) })),
      'old root': await tlsPort(stage, { cert: good.cert + oldRoot, key: good.key }),
      slow: await lateTlsPort(stage, await tlsPort(stage, good)),
      old: await tlsPort(stage, { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
      'odd cipher': await tlsPort(stage, { ...good, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }),
      garbage: (await tcpServer(stage, (socket) => socket.resume().write('no TLS here\n\n'))).port,
      closes: (await tcpServer(stage, (socket) => socket.once('data', () => socket.end()))).port,
      silent: (await tcpServer(stage, (socket) => socket.resume())).port,
      closed: await closedTcpPort(),
    })
  },
  [...UP, ...DOWN],
)
