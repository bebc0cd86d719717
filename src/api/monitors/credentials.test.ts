import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiRig, START_MS } from '../testing/api-rig.ts'

const BODY = { name: 'a', url: 'https://example.com/x', type: 'API' }
const OAUTH = {
  type: 'oauth2',
  oauth2TokenUrl: 'https://login.example.com/token',
  oauth2ClientId: 'me',
  oauth2ClientSecret: 'hush-hush',
}

test('credentials inside apiAuthConfig are masked in every answer, and a mask sent back keeps them', async (t) => {
  const rig = await apiRig(t)
  const made = await rig.ask('POST', '/monitors', { ...BODY, apiAuthConfig: OAUTH })
  assert.equal(made.status, 201, made.text)
  assert.deepEqual(made.body['apiAuthConfig'], { ...OAUTH, oauth2ClientSecret: '••••' })
  const path = `/monitors/${made.body.id}`
  const got = await rig.ask('GET', path)
  assert.doesNotMatch(got.text, /hush-hush/)
  const edited = { ...(got.body['apiAuthConfig'] as object), oauth2Scope: 'read' }
  const put = await rig.ask('PUT', path, { ...got.body, apiAuthConfig: edited })
  assert.equal(put.status, 200, put.text)
  const stored = await rig.store.monitors.get(rig.account.id, made.body.id)
  assert.deepEqual(stored?.config['apiAuthConfig'], { ...OAUTH, oauth2Scope: 'read' })
})

test('an empty password is kept as it is, and no mask hides that it is empty', async (t) => {
  const rig = await apiRig(t)
  const auth = { type: 'basic', username: 'me', password: '' }
  const made = await rig.ask('POST', '/monitors', { ...BODY, apiAuthConfig: auth })
  assert.deepEqual(made.body['apiAuthConfig'], auth)
})

test('a mask for a secret that is not stored is refused at its path', async (t) => {
  const rig = await apiRig(t)
  const bad = await rig.ask('POST', '/monitors', { ...BODY, apiAuthConfig: { type: 'bearer', token: '••••' } })
  assert.equal(bad.status, 400)
  assert.match(bad.text, /"path":"apiAuthConfig\.token"/)
})

test('the user info of a proxy is masked, and kept', async (t) => {
  const rig = await apiRig(t)
  const made = await rig.ask('POST', '/monitors', { ...BODY, proxyUrl: 'http://u:secret@proxy.example:3128' })
  assert.equal(made.body['proxyUrl'], 'http://••••@proxy.example:3128')
  await rig.ask('PUT', `/monitors/${made.body.id}`, { proxyUrl: 'http://••••@proxy.example:8080' })
  const stored = await rig.store.monitors.get(rig.account.id, made.body.id)
  assert.equal(stored?.config['proxyUrl'], 'http://u:secret@proxy.example:8080')
})

test('what is wrong with credentials is said field by field, and no secret is repeated', async (t) => {
  const rig = await apiRig(t)
  const detailsOf = async (apiAuthConfig: object, more: object = {}) => {
    const answer = await rig.ask('POST', '/monitors', { ...BODY, ...more, apiAuthConfig })
    assert.equal(answer.status, 400, answer.text)
    return answer.body['details'] as { path: string; message: string }[]
  }
  assert.deepEqual(await detailsOf({ type: 'oauth2', username: 'x', oauth2GrantType: 'password' }), [
    { path: 'apiAuthConfig.oauth2TokenUrl', message: 'is required for the type oauth2' },
    { path: 'apiAuthConfig.oauth2ClientId', message: 'is required for the type oauth2' },
    { path: 'apiAuthConfig.username', message: 'does not belong to the type oauth2' },
  ])
  assert.deepEqual(await detailsOf({ ...OAUTH, oauth2GrantType: 'password' }), [
    { path: 'apiAuthConfig.oauth2Username', message: 'is required for the grant password' },
    { path: 'apiAuthConfig.oauth2Password', message: 'is required for the grant password' },
  ])
  const [unknown] = await detailsOf({ type: 'bearer', tokn: 'x' })
  assert.match(unknown?.message ?? '', /did you mean "token"/)
  const [type] = await detailsOf({ type: 'digest' })
  assert.match(type?.message ?? '', /^expected one of "none", "bearer", "basic"/)
  const [line] = await detailsOf({ type: 'bearer', token: 'sec\nret' })
  assert.equal(line?.message, 'Authorization: line breaks and NUL are not allowed in a header value')
  const [clash] = await detailsOf({ type: 'bearer', token: 'x' }, { requestHeaders: { authorization: 'y' } })
  assert.match(clash?.message ?? '', /^sets the header Authorization, and requestHeaders does too/)
})

test('the certificate that a check saw last is shown, its days as of now, and may be sent back', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', { ...BODY, type: 'SSL_CERT' })
  assert.equal(body['certificate'], null)
  const state = rig.engine.states.get(body.id)
  assert.ok(state !== undefined)
  const latest = {
    fingerprint: 'AA:BB',
    subject: 'CN=example.com',
    issuer: 'CN=CA',
    notAfterMs: START_MS + 5.5 * 86_400_000,
  }
  rig.engine.states.set(body.id, { ...state, certificate: { latest, told: [] } })
  const got = await rig.ask('GET', `/monitors/${body.id}`)
  assert.deepEqual(got.body['certificate'], {
    subject: 'CN=example.com',
    issuer: 'CN=CA',
    validTo: '2025-01-26T22:30:00Z',
    daysLeft: 5,
    fingerprint256: 'AA:BB',
  })
  assert.equal((await rig.ask('PUT', `/monitors/${body.id}`, got.body)).status, 200)
  const plain = await rig.ask('POST', '/monitors', { ...BODY, url: 'http://example.com/' })
  assert.equal('certificate' in plain.body, false)
})
