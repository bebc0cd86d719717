import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, readConfig, unknownSettings } from './config.ts'

test('an empty environment gives the defaults', () => {
  const config = readConfig({})
  assert.equal(config.port, 8080)
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.dataDir, './data')
  assert.equal(config.region.code, 'local')
  assert.equal(config.publicUrl, null)
  assert.equal(config.allowPrivateTargets, null)
  assert.equal(config.controlAddress, null)
  assert.equal(config.trustProxyHops, 0)
  assert.equal(config.logLevel, 'info')
})

test('an empty value counts as not set', () => {
  assert.equal(readConfig({ PORT: '', STATUSAPP_DATA_DIR: '' }).port, 8080)
})

test('settings are read in the shape that the program uses', () => {
  const config = readConfig({
    PORT: '0',
    STATUSAPP_PUBLIC_URL: 'https://status.example.com//',
    STATUSAPP_REGION: 'home-lab',
    STATUSAPP_REGION_LATITUDE: '-33.86',
    STATUSAPP_REGION_LONGITUDE: '151.2',
    STATUSAPP_ALLOW_PRIVATE_TARGETS: 'false',
    STATUSAPP_CONTROL_ADDRESS: '[2001:db8::1]:443',
    STATUSAPP_TRUST_PROXY_HOPS: '2',
  })
  assert.equal(config.trustProxyHops, 2)
  assert.equal(config.port, 0)
  assert.equal(config.publicUrl, 'https://status.example.com')
  assert.deepEqual(config.region, { code: 'home-lab', city: null, country: null, latitude: -33.86, longitude: 151.2 })
  assert.equal(config.allowPrivateTargets, false)
  assert.deepEqual(config.controlAddress, { host: '2001:db8::1', port: 443 })
})

test('every bad setting is named, with what it takes', () => {
  const environment = { PORT: 'http', STATUSAPP_LOG_LEVEL: 'loud', STATUSAPP_SECRET_KEY: 'short' }
  assert.throws(
    () => readConfig(environment),
    (error) =>
      error instanceof ConfigError &&
      ['PORT is not usable. Port to listen on.', 'STATUSAPP_LOG_LEVEL', 'STATUSAPP_SECRET_KEY'].every((part) =>
        error.message.includes(part),
      ),
  )
})

test('a bad secret key is never repeated in the message', () => {
  assert.throws(
    () => readConfig({ STATUSAPP_SECRET_KEY: 'hunter2' }),
    (error) => error instanceof ConfigError && !error.message.includes('hunter2'),
  )
})

for (const [name, value] of [
  ['PORT', '65536'],
  ['STATUSAPP_TRUST_PROXY_HOPS', '11'],
  ['STATUSAPP_REGION_LATITUDE', '91'],
  ['STATUSAPP_REGION_LONGITUDE', '-181'],
  ['STATUSAPP_CONTROL_ADDRESS', 'example.com:70000'],
] as const) {
  test(`${name} must not be ${value}`, () => {
    assert.throws(() => readConfig({ [name]: value }), {
      name: 'ConfigError',
      message: new RegExp(`^${name}: expected`),
    })
  })
}

test('a misspelt setting is found, and others are left alone', () => {
  assert.deepEqual(unknownSettings({ STATUSAPP_DATADIR: '/x', STATUSAPP_REGION: 'local', HOME: '/' }), [
    'STATUSAPP_DATADIR',
  ])
})

test('the first owner takes an address and a password, and signing up is closed unless it is opened', () => {
  assert.deepEqual([readConfig({}).admin, readConfig({}).signupPlan], [null, null])
  const admin = { STATUSAPP_ADMIN_EMAIL: 'ada@example.com', STATUSAPP_ADMIN_PASSWORD: 'a long password' }
  assert.deepEqual(readConfig(admin).admin, { email: 'ada@example.com', password: 'a long password' })
  for (const name of Object.keys(admin)) assert.throws(() => readConfig({ ...admin, [name]: '' }), ConfigError)
  assert.equal(readConfig({ STATUSAPP_SIGNUP: 'open' }).signupPlan, 'FREE')
  assert.equal(readConfig({ STATUSAPP_SIGNUP: 'open', STATUSAPP_SIGNUP_PLAN: 'STARTER' }).signupPlan, 'STARTER')
  assert.equal(readConfig({ STATUSAPP_SIGNUP: 'closed', STATUSAPP_SIGNUP_PLAN: 'STARTER' }).signupPlan, null)
})
