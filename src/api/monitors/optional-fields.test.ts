import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiRig } from '../testing/api-rig.ts'

/** A body of each type with the fields that the reference calls optional, and one value that each of them refuses. */
const CASES: { body: { [name: string]: unknown }; bad: { [name: string]: unknown } }[] = [
  {
    body: {
      type: 'API',
      url: 'https://api.example.com',
      httpMethod: 'POST',
      requestHeaders: '{"Accept": "application/json"}',
      requestBody: '{"ping": true}',
    },
    bad: { requestHeaders: '["Accept"]', requestBody: 7 },
  },
  { body: { type: 'WEBSITE', url: 'https://example.com' }, bad: { requestHeaders: 7 } },
  { body: { type: 'PORT', url: 'db.example.com', port: 5432, protocol: 'TCP' }, bad: { port: 0, protocol: 'SCTP' } },
  { body: { type: 'PORT', url: 'db.example.com', port: 53, protocol: 'UDP' }, bad: { port: 65_536 } },
  { body: { type: 'DNS', url: 'example.com', dnsRecord: 'MX' }, bad: { dnsRecord: 'ANY' } },
  {
    body: { type: 'SSL_CERT', url: 'example.com', sslCertExpiryDays: 30 },
    bad: { sslCertExpiryDays: 0 },
  },
  {
    body: { type: 'SSL_CERT', url: 'example.com', sslCertExpiryDays: [21, 5] },
    bad: { sslCertExpiryDays: 'soon' },
  },
  { body: { type: 'CRON', interval: 3_600, gracePeriod: 120 }, bad: { gracePeriod: 0 } },
  { body: { type: 'PING', url: 'example.com' }, bad: { url: '' } },
  { body: { type: 'GRAPHQL', url: 'https://example.com/graphql', graphqlQuery: '{ health }' }, bad: { url: 'x y' } },
]

test('each type takes its optional fields and shows them again as they were given', async (t) => {
  const rig = await apiRig(t)
  for (const { body } of CASES) {
    const made = await rig.ask('POST', '/monitors', { name: 'Watched', ...body })
    assert.equal(made.status, 201, made.text)
    const shown = (await rig.ask('GET', `/monitors/${made.body.id}`)).body
    for (const [name, value] of Object.entries(body)) assert.deepEqual(shown[name], value, `${body['type']} ${name}`)
  }
})

test('an optional field with a value that it does not take is named, and nothing is made', async (t) => {
  const rig = await apiRig(t)
  for (const { body, bad } of CASES) {
    for (const [name, value] of Object.entries(bad)) {
      const refused = await rig.ask('POST', '/monitors', { name: 'Watched', ...body, [name]: value })
      assert.equal(refused.status, 400, `${body['type']} ${name}`)
      assert.match(refused.body.error, new RegExp(`\\b${name}\\b`))
    }
  }
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 0)
})

test('an update may give any one of them alone', async (t) => {
  const rig = await apiRig(t)
  for (const { body } of CASES) {
    const made = await rig.ask('POST', '/monitors', { name: 'Watched', ...body })
    for (const [name, value] of Object.entries(body)) {
      const updated = await rig.ask('PUT', `/monitors/${made.body.id}`, { [name]: value })
      assert.equal(updated.status, 200, updated.text)
      assert.equal(updated.body.name, 'Watched')
    }
  }
})
