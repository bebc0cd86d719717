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

/** A throw-away RSA key of 512 bits: Node reads it, OpenSSL does not use it. */
const WEAK = {
  clientCertificate: `-----BEGIN CERTIFICATE-----
MIIBbzCCARmgAwIBAgIUMxhEuI0sBn/OaDs+sTO5yC6B10owDQYJKoZIhvcNAQEL
BQAwDDEKMAgGA1UEAwwBeDAeFw0yNjExMjUwNTI1MThaFw0yNjEyMDQwNTI1MTha
MAwxCjAIBgNVBAMMAXgwXDANBgkqhkiG9w0BAQEFAANLADBIAkEA05r/nnj3Zg4y
+Cxyv3ttA6l58gAY2LNpDTS72sVEHegHg1YYEZvHtDAy1CvmBO4uRGcxJaheSwQ0
bZYJcC8exwIDAQABo1MwUTAdBgNVHQ4EFgQUxabcFKYOzSei6iX5RBTLuZ8KTy0w
HwYDVR0jBBgwFoAUxabcFKYOzSei6iX5RBTLuZ8KTy0wDwYDVR0TAQH/BAUwAwEB
/zANBgkqhkiG9w0BAQsFAANBAE+1nYLOn5A4Rg7vKVWXMmAYDo1fpMzyJdwESHq5
UJ7jKp9n2W6+1Teb7I8fcumQBw9nL+E2J4fpJBTgp+SQ1zA=
-----END CERTIFICATE-----
`,
  clientKey: `-----BEGIN PRIVATE KEY-----
MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEA05r/nnj3Zg4y+Cxy
v3ttA6l58gAY2LNpDTS72sVEHegHg1YYEZvHtDAy1CvmBO4uRGcxJaheSwQ0bZYJ
cC8exwIDAQABAkEAthTUyj9a2uVy9FwC7UO+nX0Soqt0tdtDlQqAbxJ5t6Skgybp
AQKGSqU7hBCZbX++QPT4gmc581RUJdsnZQSA8QIhAPkCR0ko0ykPLce0QgF/KVTO
biPgV3tDjDKjbBXh6IKJAiEA2YvjKNj/R4CQOrfGftJ0g4hclG4kOr6pcNTP9TLE
gs8CID0L/PQHqTUgvoV+QMxjI3viHAh5oJjcp4tmm0IGH12ZAiAYlydmRqEUhAPJ
n1xgmYlyFMfiP1D5EvQ0PNoE7WgpIQIgHrw5MsHptnt1VV+dE2jVxEYevFsfCCKq
FiG6jEzmBVs=
-----END PRIVATE KEY-----
`,
}

test('a key that can be read but not used is refused before any check', () => {
  assert.deepEqual(websiteProbe.validate({ url: 'https://a.test' }, WEAK), [
    { path: 'clientCertificate', message: 'can not be used: ERR_SSL_EE_KEY_TOO_SMALL' },
  ])
})
