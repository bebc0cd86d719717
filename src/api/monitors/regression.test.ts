import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiRig, apiRig } from '../testing/api-rig.ts'

const DEFAULTS = {
  regressionEnabled: false,
  regressionThreshold: 50,
  regressionPeriod: 7,
  baselineResponseTime: null,
  baselineCalculatedAt: null,
  isRegressed: false,
}

async function newMonitor(rig: ApiRig) {
  const { id } = (await rig.ask('POST', '/monitors', { name: 'a', url: 'https://a.example' })).body
  return { id, path: `/monitors/${id}/regression` }
}

test('regression settings are kept, shown with the monitor, and reset by null', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await newMonitor(rig)
  assert.deepEqual((await rig.ask('GET', path)).body, DEFAULTS)
  const set = await rig.ask('PUT', path, { regressionEnabled: true, regressionThreshold: 120.5 })
  assert.equal(set.status, 200, set.text)
  const changed = { ...DEFAULTS, regressionEnabled: true, regressionThreshold: 120.5 }
  assert.deepEqual(set.body, changed)
  assert.deepEqual((await rig.ask('GET', path)).body, changed)
  const monitor = (await rig.ask('GET', `/monitors/${id}`)).body
  assert.deepEqual([monitor['regressionEnabled'], monitor['regressionThreshold'], monitor.name], [true, 120.5, 'a'])
  assert.deepEqual((await rig.ask('PUT', path, { regressionThreshold: null })).body['regressionThreshold'], 50)
  const { rows } = await rig.store.audit.list(rig.account.id, { targetId: id }, { limit: 1, offset: 0 })
  assert.deepEqual(
    [rows[0]?.action, rows[0]?.before, rows[0]?.after],
    ['monitor.updated', { regressionThreshold: 120.5 }, { regressionThreshold: 50 }],
  )
})

test('what GET answers can be PUT back and changes nothing', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await newMonitor(rig)
  const got = await rig.ask('GET', path)
  const put = await rig.ask('PUT', path, got.body, { 'if-match': got.headers.get('etag') ?? '' })
  assert.equal(put.status, 200, put.text)
  assert.equal(rig.engine.monitor(id)?.version, 1)
})

test('bad settings, fields of the monitor and stale edits are refused and change nothing', async (t) => {
  const rig = await apiRig(t)
  const { id, path } = await newMonitor(rig)
  const stranger = { 'x-api-key': await rig.newKey(await rig.newAccount()) }
  const refusals: [object, number, RegExp, { [name: string]: string }?][] = [
    [{ regressionThreshold: 24, regressionPeriod: 31 }, 400, /regressionThreshold: .*25.*regressionPeriod: .*30/],
    [{ regressionEnabled: 'yes' }, 400, /regressionEnabled: expected true or false/],
    [{ interval: 60 }, 400, /interval: is not a known field/],
    [{ regresionEnabled: true }, 400, /did you mean "regressionEnabled"/],
    [{ regressionEnabled: true }, 412, /changed since/, { 'if-match': '"7"' }],
    [{ regressionEnabled: true }, 404, /no monitor/, stranger],
  ]
  for (const [body, status, message, headers] of refusals) {
    const refused = await rig.ask('PUT', path, body, headers)
    assert.equal(refused.status, status, refused.text)
    assert.match(refused.body.error, message)
  }
  assert.equal((await rig.ask('GET', path, undefined, stranger)).status, 404)
  assert.equal(rig.engine.monitor(id)?.version, 1)
})
