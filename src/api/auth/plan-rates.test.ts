import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PLANS, type Plan } from '#domain'
import { apiRig } from '../testing/api-rig.ts'

const REQUESTS_PER_HOUR: { readonly [plan in Plan]: number } = {
  FREE: 100,
  STARTER: 1_000,
  PROFESSIONAL: 5_000,
  BUSINESS: 10_000,
  ENTERPRISE: 100_000,
}

test('each plan gives its number of requests an hour, which every answer counts down', async (t) => {
  const rig = await apiRig(t)
  for (const plan of PLANS) {
    const key = await rig.newKey(await rig.newAccount(plan))
    const limit = REQUESTS_PER_HOUR[plan]
    for (const left of [1, 2]) {
      const { status, headers } = await rig.askOpen('GET', '/monitors', undefined, { 'x-api-key': key })
      assert.equal(status, 200)
      assert.equal(headers.get('x-ratelimit-limit'), String(limit), plan)
      assert.equal(headers.get('x-ratelimit-remaining'), String(limit - left), plan)
      // The rig's clock stands at 10:30, so the hour ends at 11.
      assert.equal(headers.get('x-ratelimit-reset'), String(Date.UTC(2025, 0, 21, 11) / 1_000), plan)
    }
  }
})

test('of one request more than a thousand at once, STARTER refuses exactly that one', async (t) => {
  const rig = await apiRig(t, { plan: 'STARTER' })
  const key = await rig.newKey()
  const ask = () => fetch(`${rig.url}/api/v1/worker-regions`, { headers: { 'x-api-key': key } })
  const statuses = await Promise.all(Array.from({ length: 1_001 }, async () => (await ask()).status))
  assert.equal(statuses.filter((status) => status === 200).length, 1_000)
  assert.equal(statuses.filter((status) => status === 429).length, 1)
})
