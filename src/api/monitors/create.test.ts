import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiRig } from '../testing/api-rig.ts'

const BODY = { name: 'My Website', url: 'https://example.com' }

test("the reference's creation answers 201, its address and the whole monitor", async (t) => {
  const rig = await apiRig(t)
  rig.engine.regionList = ['us-east-1', 'eu-west-1'].map((code) => ({ code, lastSeenAtMs: 0, isActive: true }))
  const made = await rig.ask('POST', '/monitors', {
    ...BODY,
    type: 'WEBSITE',
    interval: 300,
    timeout: 30,
    expectedStatusCode: 200,
    httpMethod: 'GET',
    enabledRegions: ['us-east-1', 'eu-west-1'],
  })
  assert.equal(made.status, 201)
  assert.match(made.body.id, /^mon_[a-z0-9]{16}$/)
  assert.equal(made.headers.get('location'), `/api/v1/monitors/${made.body.id}`)
  assert.equal(made.body.status, 'UP')
  assert.equal(made.body.createdAt, '2025-01-21T10:30:00Z')
  const { id, createdAt, updatedAt, statusSince, ...rest } = made.body
  assert.deepEqual(rest, {
    ...BODY,
    type: 'WEBSITE',
    status: 'UP',
    interval: 300,
    timeout: 30,
    isActive: true,
    isPaused: false,
    tags: [],
    lastCheckedAt: null,
    avgResponseTime24h: null,
    uptime90d: null,
    description: null,
    enabledRegions: ['us-east-1', 'eu-west-1'],
    confirmationChecks: 3,
    recoveryChecks: 1,
    regionQuorum: 'majority',
    degradedThreshold: null,
    upsideDown: false,
    severity: null,
    notificationChannelIds: [],
    dependsOn: [],
    regressionEnabled: false,
    regressionThreshold: 50,
    regressionPeriod: 7,
    httpMethod: 'GET',
    expectedStatusCode: 200,
    followRedirects: true,
    verifySsl: true,
    keywordCaseSensitive: false,
    ipVersion: 'any',
    maxBodyBytes: 1_048_576,
    sslCertExpiryDays: [30, 14, 7, 3, 1],
    certificate: null,
    statusReason: null,
    warnings: [],
  })
  const got = await rig.ask('GET', `/monitors/${id}`)
  assert.deepEqual(got.body, made.body)
})

test('type, interval and timeout have defaults, and HTTP is another word for WEBSITE', async (t) => {
  const rig = await apiRig(t)
  const plain = (await rig.ask('POST', '/monitors', BODY)).body
  assert.deepEqual([plain.type, plain.interval, plain.timeout], ['WEBSITE', 300, 30])
  assert.equal((await rig.ask('POST', '/monitors', { ...BODY, type: 'HTTPS' })).body.type, 'WEBSITE')
  const quick = (await rig.ask('POST', '/monitors', { ...BODY, interval: 10 })).body
  assert.equal(quick.timeout, 10)
  const tooLong = await rig.ask('POST', '/monitors', { ...BODY, interval: 10, timeout: 11 })
  assert.equal(tooLong.status, 400)
  assert.deepEqual(tooLong.body['details'], [
    { path: 'timeout', message: 'must not be longer than the interval (10 s)' },
  ])
})

test('every bad field is named at once, with what it takes, and a misspelt one with what was meant', async (t) => {
  const rig = await apiRig(t)
  const answer = await rig.ask('POST', '/monitors', {
    nme: 'a',
    url: 'has blanks',
    interval: '60',
    timeout: 0,
    regionQuorum: 'most',
    tags: ['ok', 7],
    httpMethod: 'BREW',
    enabledRegions: ['us-east-9'],
    expectedStatuscode: 200,
    severity: 'BAD',
    dependsOn: ['mon_aaaaaaaaaaaaaaaa'],
    notificationChannelIds: ['nc_aaaaaaaaaaaaaaaa'],
  })
  assert.equal(answer.status, 400)
  const details: { path: string; message: string }[] = JSON.parse(answer.text).details
  const messages = new Map(details.map(({ path, message }) => [path, message]))
  assert.deepEqual([...messages.keys()].sort(), [
    'dependsOn[0]',
    'enabledRegions[0]',
    'expectedStatuscode',
    'httpMethod',
    'interval',
    'name',
    'nme',
    'notificationChannelIds[0]',
    'regionQuorum',
    'severity',
    'tags[1]',
    'timeout',
    'url',
  ])
  assert.equal(messages.get('nme'), 'is not a known field; did you mean "name"?')
  assert.equal(messages.get('expectedStatuscode'), 'is not a known field; did you mean "expectedStatusCode"?')
  assert.equal(messages.get('interval'), 'expected a whole number from 5 to 86400, got "60"')
  assert.match(messages.get('httpMethod') ?? '', /one of "GET", "HEAD".*got "BREW"/)
  assert.match(messages.get('enabledRegions[0]') ?? '', /us-east-1/)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 0)
})

test('a field of another type says whose it is, and a type that is not there says which are', async (t) => {
  const rig = await apiRig(t)
  const strange = await rig.ask('POST', '/monitors', { ...BODY, gracePeriod: 60 })
  assert.match(strange.body.error, /gracePeriod: is not a field of WEBSITE monitors; it belongs to CRON/)
  const unknown = await rig.ask('POST', '/monitors', { ...BODY, type: 'GOPHER' })
  assert.equal(unknown.status, 400)
  assert.match(unknown.body.error, /type: expected one of WEBSITE, .*got "GOPHER"/)
})

test('headers of a request are answered as they were given, but for what looks like a credential', async (t) => {
  const rig = await apiRig(t)
  const text = '{"X-Api-Key": "k1", "Accept":"a/b"}'
  const asText = (await rig.ask('POST', '/monitors', { ...BODY, requestHeaders: text })).body
  assert.equal(asText['requestHeaders'], '{"X-Api-Key":"••••","Accept":"a/b"}')
  const plain = '{ "Accept": "a/b" }'
  assert.equal((await rig.ask('POST', '/monitors', { ...BODY, requestHeaders: plain })).body['requestHeaders'], plain)
  const object = { Authorization: 'Bearer t', Accept: 'a/b' }
  const asObject = (await rig.ask('POST', '/monitors', { ...BODY, requestHeaders: object })).body
  assert.deepEqual(asObject['requestHeaders'], { Authorization: '••••', Accept: 'a/b' })
  const bad = await rig.ask('POST', '/monitors', { ...BODY, requestHeaders: '{"a"' })
  assert.equal(bad.status, 400)
  assert.match(bad.body.error, /requestHeaders/)
})

test('user info in a URL is masked everywhere, and a mask that stands for nothing is refused', async (t) => {
  const rig = await apiRig(t)
  const made = await rig.ask('POST', '/monitors', { ...BODY, url: 'https://user:pass@example.com/x' })
  assert.equal(made.body.url, 'https://••••@example.com/x')
  for (const path of ['/monitors', `/monitors/${made.body.id}`])
    assert.doesNotMatch((await rig.ask('GET', path)).text, /user|pass/)
  for (const body of [
    { ...BODY, url: 'https://••••@example.com/' },
    { ...BODY, requestHeaders: { Cookie: '••••' } },
  ])
    assert.equal((await rig.ask('POST', '/monitors', body)).status, 400)
})

test('the answer waits for the first result, unless asked not to or many wait', async (t) => {
  const rig = await apiRig(t)
  const waits = () => rig.engine.calls.filter(([name]) => name === 'firstResult')
  const eager = await rig.ask('POST', '/monitors', BODY, { prefer: 'respond-async' })
  assert.equal(eager.body.status, 'PENDING')
  assert.equal(waits().length, 0)
  await rig.ask('POST', '/monitors', { ...BODY, isActive: false })
  assert.equal(waits().length, 0)
  await rig.ask('POST', '/monitors', BODY)
  assert.deepEqual(waits()[0]?.[2], 1_500)

  const hold = Promise.withResolvers<void>()
  const { firstResult } = rig.engine
  let waiting = 0
  rig.engine.firstResult = async (...all) => {
    waiting++
    await hold.promise
    return firstResult(...all)
  }
  const early: string[] = []
  const fourAnswered = Promise.withResolvers<void>()
  const all = Array.from({ length: 20 }, async () => {
    const { body } = await rig.ask('POST', '/monitors', BODY)
    if (early.push(body.status) === 4) fourAnswered.resolve()
    return body.status
  })
  await fourAnswered.promise
  assert.deepEqual(early, ['PENDING', 'PENDING', 'PENDING', 'PENDING'])
  assert.equal(waiting, 16)
  hold.resolve()
  const statuses = await Promise.all(all)
  assert.equal(statuses.filter((status) => status === 'UP').length, 16)
})

test('a first result that failed leaves the monitor PENDING', async (t) => {
  const rig = await apiRig(t)
  rig.engine.result = { ...rig.engine.result, status: 'DOWN', error: 'connection refused' }
  const made = await rig.ask('POST', '/monitors', BODY)
  assert.equal(made.status, 201)
  assert.equal(made.body.status, 'PENDING')
})

test('a plan limits intervals and the number of monitors, exactly, and says so', async (t) => {
  const rig = await apiRig(t, { plan: 'FREE' })
  const short = await rig.ask('POST', '/monitors', { ...BODY, interval: 30 })
  assert.equal(short.status, 403)
  assert.match(short.body.error, /FREE.*60 s/)
  const answers = await Promise.all(Array.from({ length: 15 }, () => rig.ask('POST', '/monitors', BODY)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 10)
  const over = answers.find(({ status }) => status === 403)
  assert.match(over?.body.error ?? '', /FREE.*10 monitors/)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 10)
})

test('regions come in either form; those without a worker are kept with a warning', async (t) => {
  const rig = await apiRig(t)
  const regions = { enabledRegions: ['region_us_east_1', 'us-east-1', 'local'] }
  const made = (await rig.ask('POST', '/monitors', { ...BODY, ...regions })).body
  assert.deepEqual(made.enabledRegions, ['us-east-1', 'local'])
  assert.deepEqual(made.warnings, ['No worker is active in us-east-1.'])
  const alias = (await rig.ask('POST', '/monitors', { ...BODY, enabledWorkerRegionIds: ['region_eu_west_1'] })).body
  assert.deepEqual(alias.enabledRegions, ['eu-west-1'])
  assert.match(String(alias.warnings[0]), /local checks it/)
  const follows = (await rig.ask('POST', '/monitors', { ...BODY, performanceTimings: true })).body
  assert.deepEqual(follows.enabledRegions, ['local'])
})

test('notifications finds or makes the channel that it describes, and assigns it', async (t) => {
  const rig = await apiRig(t)
  const notifications = [
    { type: 'WEBHOOK', enabled: true, config: { url: 'https://hook.example/a' } },
    { type: 'WEBHOOK', enabled: false, config: { url: 'https://hook.example/b' } },
  ]
  const first = (await rig.ask('POST', '/monitors', { ...BODY, notifications })).body
  const second = (await rig.ask('POST', '/monitors', { ...BODY, notifications })).body
  assert.equal(first.notificationChannelIds.length, 1)
  assert.deepEqual(second.notificationChannelIds, first.notificationChannelIds)
  const channels = (await rig.ask('GET', '/notification-channels')).body
  assert.equal(channels.count, 1)
  assert.equal(channels.channels[0]?.['allMonitors'], false)
  const bad = await rig.ask('POST', '/monitors', { ...BODY, notifications: [{ type: 'PIGEON', config: {} }, 3] })
  assert.equal(bad.status, 400)
  assert.equal((await rig.ask('GET', '/notification-channels')).body.count, 1)
})

test('a CRON monitor needs no url, has a heartbeat address, and says when it expects beats by default', async (t) => {
  const rig = await apiRig(t)
  const made = (await rig.ask('POST', '/monitors', { name: 'job', type: 'CRON' })).body
  assert.deepEqual([made.url, made.interval, made['gracePeriod'], made.status], [null, 86_400, 300, 'PENDING'])
  assert.equal(made.heartbeatUrl, `${rig.url}/api/v1/heartbeat/${made.id}`)
  assert.match(String(made.warnings[0]), /86400/)
  const planned = { name: 'job', type: 'CRON', schedule: '0 3 * * *', timezone: 'Europe/Berlin' }
  const scheduled = (await rig.ask('POST', '/monitors', planned)).body
  assert.deepEqual([scheduled['schedule'], scheduled.warnings], ['0 3 * * *', []])
  const long = await rig.ask('POST', '/monitors', { name: 'job', type: 'CRON', interval: 34_560_000 })
  assert.equal(long.status, 201)
  assert.equal((await rig.ask('POST', '/monitors', { ...BODY, interval: 34_560_000 })).status, 400)
  assert.equal((await rig.ask('POST', '/monitors', { ...planned, schedule: 'at noon' })).status, 400)
  assert.equal((await rig.ask('POST', '/monitors', { ...planned, timezone: 'Mars/Base' })).status, 400)
})
