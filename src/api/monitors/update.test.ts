import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

const BODY = {
  name: 'a',
  url: 'https://user:pass@example.com/x',
  type: 'API',
  requestHeaders: '{"Authorization":"Bearer t","Accept":"a/b"}',
  expectedStatusCode: 201,
  tags: ['prod'],
}

async function create(rig: ApiRig, more: object = {}) {
  const made = await rig.ask('POST', '/monitors', { ...BODY, ...more })
  assert.equal(made.status, 201, made.text)
  return { id: made.body.id, path: `/monitors/${made.body.id}`, body: made.body }
}

const stored = (rig: ApiRig, id: string) => rig.store.monitors.get(rig.account.id, id)

test('what GET answers can be PUT back and changes nothing, secrets included', async (t) => {
  const rig = await apiRig(t)
  for (const more of [
    {},
    { enabledRegions: ['us-east-1'] },
    { type: 'CRON', requestHeaders: undefined, expectedStatusCode: undefined, url: null },
  ]) {
    const { id, path } = await create(rig, more)
    const before = await stored(rig, id)
    const got = await rig.ask('GET', path)
    const put = await rig.ask('PUT', path, got.body)
    assert.equal(put.status, 200, put.text)
    assert.deepEqual(await stored(rig, id), before)
    assert.equal(rig.engine.calls.filter(([name]) => name === 'updateMonitor').length, 0)
  }
})

test('an edited answer changes only what was edited, and keeps the secrets behind the masks', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await create(rig)
  const got = (await rig.ask('GET', path)).body
  const edited = { ...got, name: 'b', requestHeaders: '{"authorization":"••••","Accept":"c/d"}' }
  const put = await rig.ask('PUT', path, edited)
  assert.equal(put.status, 200, put.text)
  assert.equal(put.body.name, 'b')
  const after = await stored(rig, id)
  assert.equal(after?.settings.url, BODY.url)
  assert.equal(after?.config['requestHeaders'], '{"authorization":"Bearer t","Accept":"c/d"}')
  assert.equal(after?.version, 2)
  // The path of the URL may change around the mask.
  await rig.ask('PUT', path, { url: 'https://••••@example.com/y' })
  assert.equal((await stored(rig, id))?.settings.url, 'https://user:pass@example.com/y')
})

test('only given fields change, and null takes a field back to its default', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig, { interval: 60, timeout: 5, description: 'd', severity: 'LOW' })
  const named = (await rig.ask('PUT', path, { name: 'b' })).body
  assert.deepEqual([named.name, named.interval, named.timeout, named['expectedStatusCode']], ['b', 60, 5, 201])
  const reset = (
    await rig.ask('PUT', path, {
      interval: null,
      timeout: null,
      description: null,
      severity: null,
      tags: null,
      expectedStatusCode: null,
      requestHeaders: null,
    })
  ).body
  assert.deepEqual(
    [reset.interval, reset.timeout, reset.description, reset.severity, reset.tags, reset['expectedStatusCode']],
    [300, 30, null, null, [], '200-299'],
  )
  assert.equal(reset['requestHeaders'], undefined)
  for (const body of [{ name: null }, { url: null }]) assert.equal((await rig.ask('PUT', path, body)).status, 400)
})

test('a shorter interval takes the timeout with it', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  const short = (await rig.ask('PUT', path, { interval: 10 })).body
  assert.deepEqual([short.interval, short.timeout], [10, 10])
})

test('the type stays; its alias is the same type', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  const refused = await rig.ask('PUT', path, { type: 'CRON', name: 'z' })
  assert.equal(refused.status, 400)
  assert.match(refused.body.error, /type: can't be changed/)
  assert.equal((await rig.ask('GET', path)).body.name, 'a')
  const site = await create(rig, { type: 'WEBSITE' })
  assert.equal((await rig.ask('PUT', site.path, { type: 'HTTP' })).status, 200)
})

test('a refused update lists every problem and changes nothing', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await create(rig)
  const before = await stored(rig, id)
  const refused = await rig.ask('PUT', path, { intervall: 60, timeout: 'x', nope: 1, dependsOn: [id] })
  assert.equal(refused.status, 400)
  assert.equal(JSON.parse(refused.text).details.length, 4)
  assert.deepEqual(await stored(rig, id), before)
})

test('pause and resume are idempotent, and an update does neither', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await create(rig)
  const updates = () => rig.engine.calls.filter(([name]) => name === 'updateMonitor').length
  for (let n = 0; n < 2; n++) {
    const paused = await rig.ask('POST', `${path}/pause`)
    assert.equal(paused.status, 200)
    assert.deepEqual(paused.body, { id, isPaused: true, status: 'PAUSED' })
  }
  assert.equal(updates(), 1)
  const renamed = (await rig.ask('PUT', path, { name: 'b', isPaused: false, status: 'UP' })).body
  assert.deepEqual([renamed.isPaused, renamed.status], [true, 'PAUSED'])
  for (let n = 0; n < 2; n++) assert.equal((await rig.ask('POST', `${path}/resume`)).body.isPaused, false)
  assert.equal(updates(), 3)
  assert.equal((await rig.ask('PUT', path, { isActive: false })).body.status, 'PAUSED')
})

test('deletion answers as the reference says, and what is gone is 404', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig)
  const deleted = await rig.ask('DELETE', path)
  assert.equal(deleted.status, 200)
  assert.deepEqual(deleted.body, { success: true, message: 'Monitor deleted successfully' })
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await rig.ask(method, path, method === 'PUT' ? {} : undefined)
    assert.equal(answer.status, 404, method)
    assert.equal(answer.body.code, 'NOT_FOUND')
  }
})

test('channels and monitors that are gone since are dropped from what is PUT back', async (t) => {
  const rig = await apiRig(t)
  const hook = { name: 'b', type: 'WEBHOOK', config: { url: 'https://b.example/' } }
  const channel = (await rig.ask('POST', '/notification-channels', hook)).body
  const other = await create(rig)
  const { path } = await create(rig, { notificationChannelIds: [channel.id], dependsOn: [other.id] })
  const got = (await rig.ask('GET', path)).body
  assert.deepEqual([got.notificationChannelIds, got['dependsOn']], [[channel.id], [other.id]])
  await rig.ask('DELETE', `/notification-channels/${channel.id}`)
  await rig.ask('DELETE', other.path)
  const put = await rig.ask('PUT', path, got)
  assert.equal(put.status, 200)
  assert.deepEqual([put.body.notificationChannelIds, put.body['dependsOn']], [[], []])
})

test('dependencies make no circle', async (t) => {
  const rig = await apiRig(t)
  const a = await create(rig)
  const b = await create(rig, { dependsOn: [a.id] })
  const c = await create(rig, { dependsOn: [b.id] })
  const circle = await rig.ask('PUT', a.path, { dependsOn: [c.id] })
  assert.equal(circle.status, 400)
  assert.match(circle.body.error, /circle/)
})

test('on a smaller plan a monitor keeps its interval with a warning, but can be given no shorter one', async (t) => {
  const rig = await apiRig(t)
  const { path } = await create(rig, { interval: 10 })
  await rig.store.accounts.setPlan(rig.account.id, 'FREE')
  await rig.clock.advanceBy(1_000)
  const renamed = await rig.ask('PUT', path, { name: 'b' })
  assert.equal(renamed.status, 200)
  assert.match(String(renamed.body.warnings[0]), /FREE.*60 s/)
  assert.equal((await rig.ask('PUT', path, { interval: 9 })).status, 403)
})
