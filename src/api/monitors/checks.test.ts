import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Monitor } from '#domain'
import { apiRig } from '../testing/api-rig.ts'

const BODY = { name: 'a', url: 'https://user:pass@a.example' }

test('a check runs now and is answered with its phases', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', BODY)
  const { status, body: answer } = await rig.ask('POST', `/monitors/${body.id}/check`)
  assert.equal(status, 200)
  assert.deepEqual(answer, {
    results: [
      {
        region: 'local',
        status: 'UP',
        checkedAt: '2025-01-21T10:30:00.000Z',
        statusCode: 200,
        responseTime: 12.3,
        phases: { dns: 0.5, connect: 1, tls: null, firstByte: 10, download: 0.8 },
        error: null,
        rootCauseCategory: null,
        details: null,
      },
    ],
  })
})

test('a check of a paused monitor is only a try', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', BODY)
  await rig.ask('POST', `/monitors/${body.id}/pause`)
  assert.equal((await rig.ask('POST', `/monitors/${body.id}/check`)).status, 200)
  assert.ok(!rig.engine.calls.some(([name]) => name === 'checkNow'))
})

test('a configuration is tried without being stored, with the secrets of the monitor that it edits', async (t) => {
  const rig = await apiRig(t)
  const fresh = await rig.ask('POST', '/monitors/test', { url: 'https://a.example', keyword: 'hello' })
  assert.equal(fresh.status, 200)
  assert.equal((await rig.ask('GET', '/monitors')).body.count, 0)
  const { body } = await rig.ask('POST', '/monitors', BODY)
  await rig.ask('POST', '/monitors/test', { ...body, keyword: 'x' })
  const tried = rig.engine.calls.findLast(([name]) => name === 'tryOut')?.[1] as Monitor
  assert.equal(tried.settings.url, BODY.url)
  assert.equal(tried.config['keyword'], 'x')
  const bad = await rig.ask('POST', '/monitors/test', { url: 'https://a.example', keyw: 'x' })
  assert.equal(bad.status, 400)
})

test('a CRON monitor is not probed', async (t) => {
  const rig = await apiRig(t)
  const { body } = await rig.ask('POST', '/monitors', { name: 'job', type: 'CRON' })
  for (const answer of [
    await rig.ask('POST', `/monitors/${body.id}/check`),
    await rig.ask('POST', '/monitors/test', { type: 'CRON' }),
  ]) {
    assert.equal(answer.status, 400)
    assert.match(answer.body.error, /heartbeats/)
  }
})
