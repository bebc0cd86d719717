import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ServerOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Json } from '#domain'
import { certificateAuthority, selfSigned } from '../kit/certificate-authority.ts'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'
import { tcpServer } from '../kit/tcp-server.ts'
import { trustIn } from '../tls/trust.ts'
import { httpProbe } from './probe.ts'

const DAY_MS = 86_400_000
const ca = certificateAuthority()
const trust = trustIn([ca.cert])
const probe = httpProbe('WEBSITE', 'A page.', {
  lookup: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  trust: () => trust,
})

/** Checks `https://site.test` on a server with these credentials. */
async function checkSite(t: TestContext, tls: ServerOptions, config: { [key: string]: Json } = {}) {
  const server = await httpServer(t, (_request, response) => response.end('ok'), { tls })
  return { result: await runCheck(probe, `https://site.test:${server.port}/`, config), requests: server.requests }
}

test('a certificate for the host, signed by a trusted authority, is accepted and shown', async (t) => {
  const validTo = new Date('2035-05-06T07:08:09Z')
  const { result } = await checkSite(t, ca.issue({ name: 'site.test', hosts: ['site.test'], validTo }))
  assert.equal(result.error, null)
  assert.ok(result.phases.tls !== null && result.phases.tls > 0)
  const { certificate } = result.details as { certificate: { [key: string]: Json } }
  assert.equal(certificate['validTo'], '2035-05-06T07:08:09.000Z')
  assert.equal(certificate['subject'], 'CN=site.test')
  assert.equal(certificate['issuer'], 'CN=Test authority')
})

test('a certificate that ends soon is warned of, and is watched with its end', async (t) => {
  const validTo = new Date(Date.now() + 5.5 * DAY_MS)
  const { result } = await checkSite(t, ca.issue({ name: 'site.test', hosts: ['site.test'], validTo }))
  assert.equal(result.status, 'UP')
  const { certificate, warnings } = result.details as { certificate: { [key: string]: Json }; warnings: string[] }
  assert.equal(certificate['daysLeft'], 5)
  assert.deepEqual(certificate['names'], ['site.test'])
  assert.deepEqual(warnings, [`the certificate expires in 5 days, on ${validTo.toISOString().slice(0, 10)}`])
  assert.equal(result.certificate?.fingerprint, certificate['fingerprint256'])
  assert.equal(result.certificate?.notAfterMs, Date.parse(String(certificate['validTo'])))
})

test('of the certificates on the way through redirects, the one that ends first is watched', async (t) => {
  const last = await httpServer(t, (_request, response) => response.end('ok'), {
    tls: ca.issue({ name: 'last', hosts: ['site.test'], validTo: new Date(Date.now() + 90 * DAY_MS) }),
  })
  const first = ca.issue({ name: 'first', hosts: ['site.test'], validTo: new Date(Date.now() + 60 * DAY_MS) })
  const location = `https://site.test:${last.port}/`
  const server = await httpServer(t, (_request, response) => response.writeHead(302, { location }).end(), {
    tls: first,
  })
  const result = await runCheck(probe, `https://site.test:${server.port}/`)
  assert.equal(result.error, null)
  assert.equal(result.certificate?.subject, 'CN=first')
})

const REFUSED: { [name: string]: { tls: ServerOptions; error: RegExp } } = {
  'self-signed': {
    tls: selfSigned({ name: 'site.test', hosts: ['site.test'] }),
    error: /^the certificate of site\.test is self-signed$/,
  },
  'without its intermediate': {
    tls: ca.issueAuthority('Between').issue({ name: 'site.test', hosts: ['site.test'] }),
    error: /^the server does not send the intermediate certificate "Between" that the chain of site\.test needs, or/,
  },
  expired: {
    tls: ca.issue({ name: 'site.test', hosts: ['site.test'], validTo: new Date(Date.now() - DAY_MS / 2) }),
    error: /^the certificate of site\.test expired on \d{4}-\d\d-\d\d$/,
  },
  'not yet valid': {
    tls: ca.issue({ name: 'site.test', hosts: ['site.test'], validFrom: new Date(Date.now() + DAY_MS) }),
    error: /^the certificate of site\.test is not valid before \d{4}-\d\d-\d\d$/,
  },
  'for other hosts': {
    tls: ca.issue({ name: 'site.test', hosts: ['a.test', '127.0.0.9'] }),
    error: /^the certificate is for a\.test, 127\.0\.0\.9, not for site\.test$/,
  },
  'without any name but the common one': {
    tls: ca.issue({ name: 'site.test' }),
    error: /^the certificate names no host \(it has no subjectAltName\), so it can't be for site\.test$/,
  },
}

for (const [name, { tls, error }] of Object.entries(REFUSED)) {
  test(`a certificate ${name} is refused in words before anything is sent, and its dates are shown`, async (t) => {
    const { result, requests } = await checkSite(t, tls)
    assert.equal(result.status, 'DOWN')
    assert.match(result.error ?? '', error)
    assert.equal(result.category, 'SSL_CERTIFICATE')
    assert.equal(requests.length, 0)
    assert.ok(result.details !== null && typeof result.details === 'object' && 'certificate' in result.details)
  })

  test(`a certificate ${name} is accepted when the monitor does not verify`, async (t) => {
    const { result } = await checkSite(t, tls, { verifySsl: false })
    assert.equal(result.error, null)
  })
}

test('a chain through an intermediate that the server sends is accepted', async (t) => {
  const between = ca.issueAuthority('Between')
  const { cert, key } = between.issue({ name: 'site.test', hosts: ['site.test'] })
  const { result } = await checkSite(t, { cert: cert + between.cert, key })
  assert.equal(result.error, null)
})

test('a server that demands a client certificate is named as such', async (t) => {
  const tls = { ...ca.issue({ name: 'site.test', hosts: ['site.test'] }), requestCert: true, ca: ca.cert }
  const { result } = await checkSite(t, tls)
  assert.equal(result.error, 'the server demands a client certificate')
  assert.equal(result.category, 'SSL_CERTIFICATE')
})

test('an own Host header decides the name that the certificate must be for', async (t) => {
  const tls = ca.issue({ name: 'other.test', hosts: ['other.test'] })
  const { result } = await checkSite(t, tls, { requestHeaders: { Host: 'other.test' } })
  assert.equal(result.error, null)
})

test('a server that speaks no TLS is named as such', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end('ok'))
  const result = await runCheck(probe, `https://site.test:${server.port}/`)
  assert.equal(result.error, 'site.test does not speak TLS on this port')
})

test('a server that never answers the TLS hello ends at the deadline', async (t) => {
  const server = await tcpServer(t, (socket) => socket.resume())
  const startMs = performance.now()
  const result = await runCheck(probe, `https://site.test:${server.port}/`, {}, { timeoutMs: 200 })
  assert.equal(result.error, 'timed out after 200 ms during the TLS handshake')
  assert.ok(performance.now() - startMs < 1_200)
})

test('a drip over TLS ends at the deadline and frees its socket', async (t) => {
  const tls = ca.issue({ name: 'site.test', hosts: ['site.test'] })
  const server = createServer(tls, (socket) => {
    const timer = setInterval(() => socket.write('x'), 30)
    socket.on('error', () => {}).on('close', () => clearInterval(timer))
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
  })
  t.after(() => server.close())
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const closed = new Promise((resolve) => server.once('secureConnection', (socket) => socket.once('close', resolve)))
  const result = await runCheck(probe, `https://site.test:${port}/`, {}, { timeoutMs: 300 })
  assert.equal(result.error, 'timed out after 300 ms while reading the body')
  assert.equal(result.statusCode, 200)
  await closed
})

test('an authority from NODE_EXTRA_CA_CERTS is trusted beside the usual ones', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-ca-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'ca.pem'), ca.cert)
  const server = await httpServer(t, (_request, response) => response.end('ok'), {
    tls: ca.issue({ name: 'local', hosts: ['127.0.0.1'] }),
  })
  const script = `
    import { runCheck } from '${fileURLToPath(new URL('../kit/run-check.ts', import.meta.url))}'
    import { websiteProbe } from '${fileURLToPath(new URL('../website.ts', import.meta.url))}'
    const { status, error } = await runCheck(websiteProbe, '${server.url}/', {}, { timeoutMs: 5000 })
    console.log(status, error)`
  const run = (extra: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      env: { ...process.env, NODE_EXTRA_CA_CERTS: extra },
    })
  assert.equal((await run(join(folder, 'ca.pem'))).stdout.trim(), 'UP null')
  assert.match((await run('')).stdout, /^DOWN the server does not send the intermediate certificate "Test authority"/)
})
