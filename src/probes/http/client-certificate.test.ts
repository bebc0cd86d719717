import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import type { ServerOptions } from 'node:https'
import { test } from 'node:test'
import { certificateAuthority } from '../kit/certificate-authority.ts'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'
import { websiteProbe } from '../website.ts'

const ca = certificateAuthority()
const me = ca.issue({ name: 'me' })
const other = ca.issue({ name: 'other' })
const server = { ...ca.issue({ name: 'x', hosts: ['127.0.0.1'] }), requestCert: true, ca: ca.cert }
const encrypted = createPrivateKey(me.key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
  .toString()
const SLOW = { timeoutMs: 5_000 }

const VERSIONS: ServerOptions[] = [{ minVersion: 'TLSv1.3' }, { maxVersion: 'TLSv1.2' }]
for (const version of VERSIONS) {
  const name = version.minVersion ?? version.maxVersion
  test(`a server that demands a client certificate gets it (${name})`, async (t) => {
    const subjects: unknown[] = []
    const { url } = await httpServer(
      t,
      (request, response) => {
        subjects.push(Reflect.get(request.socket, 'getPeerCertificate').call(request.socket).subject?.CN)
        response.end()
      },
      { tls: { ...server, ...version } },
    )
    const config = { caCertificate: ca.cert, clientCertificate: me.cert, clientKey: me.key }
    assert.equal((await runCheck(websiteProbe, url, config, SLOW)).error, null)
    const opened = { ...config, clientKey: encrypted, clientKeyPassphrase: 'open sesame' }
    assert.equal((await runCheck(websiteProbe, url, opened, SLOW)).error, null)
    assert.deepEqual(subjects, ['me', 'me'])
  })

  test(`a server that demands a client certificate and gets none is named as such (${name})`, async (t) => {
    const { url, requests } = await httpServer(t, (_request, response) => response.end(), {
      tls: { ...server, ...version },
    })
    const result = await runCheck(websiteProbe, url, { caCertificate: ca.cert }, SLOW)
    assert.equal(result.status, 'DOWN')
    assert.match(result.error ?? '', /demands a client certificate$/)
    assert.equal(result.category, 'SSL_CERTIFICATE')
    assert.equal(requests.length, 0)
  })
}

test('what does not fit together is refused before any check', () => {
  const problems = (config: { [field: string]: string }) => websiteProbe.validate({ url: 'https://a.test' }, config)
  assert.deepEqual(problems({ caCertificate: ca.cert, clientCertificate: me.cert, clientKey: me.key }), [])
  assert.deepEqual(problems({ clientCertificate: me.cert, clientKey: other.key }), [
    { path: 'clientKey', message: 'does not belong to clientCertificate' },
  ])
  assert.deepEqual(problems({ clientCertificate: me.cert }), [
    { path: 'clientKey', message: 'is required with clientCertificate' },
  ])
  assert.deepEqual(problems({ clientKey: me.key }), [
    { path: 'clientCertificate', message: 'is required with clientKey' },
  ])
  assert.deepEqual(problems({ clientCertificate: me.cert, clientKey: encrypted }), [
    { path: 'clientKeyPassphrase', message: 'is required: clientKey is encrypted' },
  ])
  assert.deepEqual(problems({ clientCertificate: me.cert, clientKey: encrypted, clientKeyPassphrase: 'wrong' }), [
    { path: 'clientKeyPassphrase', message: 'does not open clientKey' },
  ])
  assert.match(problems({ caCertificate: 'x' })[0]?.message ?? '', /^expected a certificate in PEM, such as/)
  const broken = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  assert.equal(problems({ caCertificate: ca.cert + broken })[0]?.message, 'certificate 2 of 2 can not be read')
})
