import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createServer, type Server, type TlsOptions } from 'node:tls'
import type { Json } from '#domain'
import type { HttpDeps } from './http/ask.ts'
import { type Authority, certificateAuthority, selfSigned } from './kit/certificate-authority.ts'
import { probeOwes } from './kit/probe-owes.ts'
import { runCheck } from './kit/run-check.ts'
import { tcpServer } from './kit/tcp-server.ts'
import { makeSslCertProbe, sslCertProbe } from './ssl-cert.ts'
import { trustedContext, trustIn } from './tls/trust.ts'

const DAY_MS = 86_400_000
const ca = certificateAuthority()
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS + 60_000)
const deps: HttpDeps = {
  lookup: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  trust: () => trust,
}
const trust = trustIn([ca.cert])
const probe = makeSslCertProbe(deps)

probeOwes('SSL_CERT', (host, port) => ({ probe: sslCertProbe, url: `${host}:${port}` }))

async function tlsServer(t: TestContext, tls: TlsOptions): Promise<{ port: number; server: Server }> {
  const server = createServer(tls, (socket) => socket.on('error', () => {}))
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { port: (server.address() as AddressInfo).port, server }
}

type Details = {
  daysLeft: number | null
  certificate: { [name: string]: Json } | null
  chain: { subject: string; validTo: string }[] | null
  protocol: string | null
  cipher: string | null
  warnings: string[]
}

async function checkHost(t: TestContext, tls: TlsOptions, config: { [key: string]: Json } = {}, host = 'site.test') {
  const { port } = await tlsServer(t, tls)
  const result = await runCheck(probe, host, { port, ...config })
  return { result, details: result.details as Details }
}

test('a good certificate is up, with all that it says', async (t) => {
  const between = ca.issueAuthority('Between', { validTo: inDays(400) })
  const site = between.issue({ name: 'site.test', hosts: ['site.test', 'www.site.test'], validTo: inDays(90) })
  const { result, details } = await checkHost(t, { cert: site.cert + between.cert, key: site.key })
  assert.equal(result.error, null)
  assert.equal(result.status, 'UP')
  assert.ok((result.phases.tls ?? 0) > 0 && (result.responseTimeMs ?? 0) > 0)
  assert.equal(details.daysLeft, 90)
  assert.equal(details.certificate?.['subject'], 'CN=site.test')
  assert.equal(details.certificate?.['issuer'], 'CN=Between')
  assert.deepEqual(details.certificate?.['names'], ['site.test', 'www.site.test'])
  assert.match(String(details.certificate?.['serial']), /^[0-9A-F]{18}$/)
  assert.match(String(details.certificate?.['fingerprint256']), /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  assert.equal(details.certificate?.['keyType'], 'ec')
  assert.equal(details.certificate?.['keySize'], 'prime256v1')
  assert.deepEqual(
    details.chain?.map(({ subject }) => subject),
    ['CN=site.test', 'CN=Between', 'CN=Test authority'],
  )
  assert.equal(details.protocol, 'TLSv1.3')
  assert.match(details.cipher ?? '', /^TLS_/)
  assert.deepEqual(details.warnings, [])
  assert.equal(result.certificate?.notAfterMs, Date.parse(String(details.certificate?.['validTo'])))
})

test('inside a threshold it stays up, with a warning that gives the day', async (t) => {
  const validTo = inDays(12)
  const tls = ca.issue({ name: 'site.test', hosts: ['site.test'], validTo })
  const { result, details } = await checkHost(t, tls)
  assert.equal(result.status, 'UP')
  assert.deepEqual(details.warnings, [`the certificate expires in 12 days, on ${validTo.toISOString().slice(0, 10)}`])
  assert.deepEqual((await checkHost(t, tls, { sslCertExpiryDays: 7 })).details.warnings, [])
})

const BAD: { [name: string]: { tls: () => TlsOptions; error: RegExp } } = {
  'that has expired': {
    tls: () => ca.issue({ name: 'site.test', hosts: ['site.test'], validTo: inDays(-2) }),
    error: /^the certificate of site\.test expired on \d{4}-\d\d-\d\d$/,
  },
  'that has expired and is for another host': {
    tls: () => ca.issue({ name: 'a.test', hosts: ['a.test'], validTo: inDays(-2) }),
    error: /^the certificate of site\.test expired on [-\d]+; the certificate is for a\.test, not for site\.test$/,
  },
  'that is not yet valid': {
    tls: () => ca.issue({ name: 'site.test', hosts: ['site.test'], validFrom: inDays(2) }),
    error: /^the certificate of site\.test is not valid before \d{4}-\d\d-\d\d$/,
  },
  'for another host': {
    tls: () => ca.issue({ name: 'a.test', hosts: ['a.test'] }),
    error: /^the certificate is for a\.test, not for site\.test$/,
  },
  'that signs itself': {
    tls: () => selfSigned({ name: 'site.test', hosts: ['site.test'] }),
    error: /^the certificate of site\.test is self-signed$/,
  },
  'of an authority that nobody trusts': {
    tls: () => {
      const other = certificateAuthority('Other')
      const { cert, key } = other.issue({ name: 'site.test', hosts: ['site.test'] })
      return { cert: cert + other.cert, key }
    },
    error: /^the certificate of site\.test is signed by an authority that is not trusted here$/,
  },
  'without its intermediate': {
    tls: () => ca.issueAuthority('Between').issue({ name: 'site.test', hosts: ['site.test'] }),
    error: /^the server does not send the intermediate certificate "Between" that the chain of site\.test needs/,
  },
  'under an intermediate that has expired': {
    tls: () => {
      const between = ca.issueAuthority('Between', { validTo: inDays(-1) })
      const { cert, key } = between.issue({ name: 'site.test', hosts: ['site.test'] })
      return { cert: cert + between.cert, key }
    },
    error: /^the certificate "Between" in the chain of site\.test has expired$/,
  },
  'without a subjectAltName, which Node alone would accept,': {
    tls: () => ca.issue({ name: 'site.test' }),
    error: /^the certificate names no host \(it has no subjectAltName\), so it can't be for site\.test$/,
  },
}

for (const [name, { tls, error }] of Object.entries(BAD)) {
  test(`a certificate ${name} is down in words, and its facts are still shown`, async (t) => {
    const { result, details } = await checkHost(t, tls())
    assert.equal(result.status, 'DOWN')
    assert.match(result.error ?? '', error)
    assert.equal(result.category, 'SSL_CERTIFICATE')
    assert.ok(details.certificate !== null && details.daysLeft !== null)
    assert.notEqual(result.certificate, undefined)
    assert.notEqual(result.evidence, null)
  })
}

test('an expired root that is sent along, and needed by nobody, changes nothing', async (t) => {
  const site = ca.issue({ name: 'site.test', hosts: ['site.test'], validTo: inDays(60) })
  const old = ca.reissue({ validFrom: inDays(-900), validTo: inDays(-9) })
  const { result, details } = await checkHost(t, { cert: site.cert + old, key: site.key })
  assert.equal(result.error, null)
  assert.deepEqual(details.warnings, [])
  assert.ok(details.chain?.every(({ validTo }) => Date.parse(validTo) > Date.now()))
})

test('an intermediate that ends before the leaf is warned of by name, while the leaf is the headline', async (t) => {
  const between = ca.issueAuthority('Between', { validTo: inDays(5) })
  const site = between.issue({ name: 'site.test', hosts: ['site.test'], validTo: inDays(60) })
  const { result, details } = await checkHost(t, { cert: site.cert + between.cert, key: site.key })
  assert.equal(result.status, 'UP')
  assert.equal(details.daysLeft, 60)
  assert.match(details.warnings.join(), /^the intermediate certificate "Between" expires in 5 days, on [-\d]+$/)
})

test('of two certificates of an intermediate, the one that lasts is on the path', async (t) => {
  const between = ca.issueAuthority('Between', { validTo: inDays(300) })
  const old = between.reissue({ validFrom: inDays(-100), validTo: inDays(-1) })
  const site = between.issue({ name: 'site.test', hosts: ['site.test'], validTo: inDays(60) })
  const { result, details } = await checkHost(t, { cert: site.cert + old + between.cert, key: site.key })
  assert.equal(result.error, null)
  assert.deepEqual(details.warnings, [])
  assert.equal(details.chain?.length, 3)
})

test('a renewed certificate is seen at the next check, while old connections stay open', async (t) => {
  const first = ca.issue({ name: 'site.test', hosts: ['site.test'], validTo: inDays(3) })
  const { port, server } = await tlsServer(t, first)
  const before = await runCheck(probe, 'site.test', { port })
  server.setSecureContext(ca.issue({ name: 'site.test', hosts: ['site.test'], validTo: inDays(90) }))
  const after = await runCheck(probe, 'site.test', { port })
  assert.deepEqual(
    [before, after].map(({ details }) => (details as Details).daysLeft),
    [3, 90],
  )
  assert.deepEqual((after.details as Details).warnings, [])
})

test('an address is checked by its own name in the certificate', async (t) => {
  const good = await checkHost(t, ca.issue({ name: 'x', hosts: ['127.0.0.1'] }), {}, '127.0.0.1')
  assert.equal(good.result.error, null)
  const commonName = await checkHost(t, ca.issue({ name: '127.0.0.1' }), {}, '127.0.0.1')
  assert.match(commonName.result.error ?? '', /no subjectAltName/)
  const other = await checkHost(t, ca.issue({ name: 'x', hosts: ['127.0.0.2'] }), {}, '127.0.0.1')
  assert.equal(other.result.error, 'the certificate is for 127.0.0.2, not for 127.0.0.1')
})

test('a name is sent as server name, an address is not', async (t) => {
  const asked: string[] = []
  const { port } = await tlsServer(t, {
    ...ca.issue({ name: 'x', hosts: ['site.test', '127.0.0.1'] }),
    SNICallback: (name, done) => {
      asked.push(name)
      done(null)
    },
  })
  for (const host of ['site.test', '127.0.0.1']) assert.equal((await runCheck(probe, host, { port })).error, null)
  assert.deepEqual(asked, ['site.test'])
})

test('the handshake is ended in order, so that the server logs no broken one', async (t) => {
  const { port, server } = await tlsServer(t, ca.issue({ name: 'x', hosts: ['site.test'] }))
  const broken: Error[] = []
  server.on('tlsClientError', (error) => broken.push(error))
  const secured = once(server, 'secureConnection', { signal: AbortSignal.timeout(2_000) })
  await runCheck(probe, 'site.test', { port })
  await secured
  assert.deepEqual(broken, [])
})

test('a handshake that fails leaves the days unknown, never zero', async (t) => {
  const garbage = await tcpServer(t, (socket) => socket.resume().write('no TLS here\n\n'))
  const silent = await tcpServer(t, (socket) => socket.resume())
  const spoke = await runCheck(probe, 'site.test', { port: garbage.port })
  const slept = await runCheck(probe, 'site.test', { port: silent.port }, { timeoutMs: 150 })
  assert.equal(spoke.error, 'site.test does not speak TLS on this port')
  assert.equal(slept.error, 'timed out after 150 ms during the TLS handshake')
  for (const { status, details, certificate } of [spoke, slept]) {
    assert.equal(status, 'DOWN')
    assert.equal((details as Details).daysLeft, null)
    assert.equal((details as Details).certificate, null)
    assert.equal(certificate, undefined)
  }
})

test('a server that wants a certificate of ours still shows its own', async (t) => {
  const tls = { ...ca.issue({ name: 'x', hosts: ['site.test'] }), requestCert: true, ca: ca.cert }
  const { result } = await checkHost(t, tls)
  assert.equal(result.error, null)
})

test('an authority of the monitor itself is trusted beside the usual ones', async (t) => {
  const own: Authority = certificateAuthority('House')
  const { port } = await tlsServer(t, own.issue({ name: 'x', hosts: ['site.test'] }))
  const real = makeSslCertProbe({ ...deps, trust: trustedContext })
  const url = `ssl://site.test:${port}`
  assert.equal((await runCheck(real, url, { caCertificate: own.cert }, { timeoutMs: 5_000 })).error, null)
  assert.match((await runCheck(real, url, {}, { timeoutMs: 5_000 })).error ?? '', /not trusted here$/)
})

test('targets are hosts, addresses and URLs, with the port in one place', () => {
  const problems = (url: string, port?: number) => probe.validate({ url }, port === undefined ? {} : { port })
  for (const url of [
    'site.test',
    'site.test:8443',
    'https://site.test/path?x=1',
    'ssl://site.test',
    'tls://[::1]:9',
    '::1',
    'münchen.test',
    'a_b.test',
  ]) {
    assert.deepEqual(problems(url), [], url)
  }
  assert.deepEqual(problems('site.test:443', 443), [])
  assert.equal(problems('site.test:443', 444)[0]?.message, 'says 444, but url says 443')
  for (const url of ['', 'ftp://site.test', 'site.test:0', 'site.test:70000', 'a b', 'https://']) {
    assert.match(problems(url)[0]?.message ?? '', /^expected a host or URL such as example\.com/, url)
  }
})
