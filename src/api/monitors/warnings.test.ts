import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type AnyProbe, probeFor } from '#probes'
import { apiRig } from '../testing/api-rig.ts'

/** Makes this machine one that can't ping. */
function withoutPing(t: TestContext): void {
  const probe: AnyProbe | null = probeFor('PING')
  assert.ok(probe?.warnings !== undefined)
  const before = probe.warnings
  probe.warnings = () => ["Ping can't be measured from here."]
  t.after(() => {
    probe.warnings = before
  })
}

const PING = { name: 'Router', type: 'PING', url: '::1' }

test('a monitor that can not be measured from here says so when it is made', async (t) => {
  withoutPing(t)
  const rig = await apiRig(t)
  const made = await rig.ask('POST', '/monitors', PING)
  assert.equal(made.status, 201)
  assert.equal(made.body.url, '::1')
  assert.deepEqual(made.body.warnings, ["Ping can't be measured from here."])
})

test('what this machine can not do is no warning for a monitor that others check', async (t) => {
  withoutPing(t)
  const rig = await apiRig(t)
  rig.engine.regionList = [{ code: 'eu-west-1', lastSeenAtMs: 0, isActive: true }]
  const away = await rig.ask('POST', '/monitors', { ...PING, enabledRegions: ['eu-west-1'] })
  assert.deepEqual(away.body.warnings, [])
  const instead = await rig.ask('POST', '/monitors', { ...PING, enabledRegions: ['us-east-1'] })
  assert.match(String(instead.body.warnings[0]), /No worker is active/)
  assert.match(String(instead.body.warnings[1]), /can't be measured/)
})
