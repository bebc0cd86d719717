import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unknownRegion } from './regions.ts'
import { apiRig } from './testing/api-rig.ts'

test("the reference's row stands in the catalogue, active only where a worker reports", async (t) => {
  const rig = await apiRig(t)
  rig.engine.regionList.push(
    { code: 'us-east-1', lastSeenAtMs: 0, isActive: true },
    { code: 'my-cellar', lastSeenAtMs: 0, isActive: false },
  )
  const { text } = await rig.ask('GET', '/worker-regions')
  const { regions } = JSON.parse(text)
  const byCode = (code: string) => regions.find((region: { code: string }) => region.code === code)
  assert.deepEqual(byCode('us-east-1'), {
    id: 'region_us_east_1',
    code: 'us-east-1',
    name: 'US East (N. Virginia)',
    city: 'Virginia',
    country: 'United States',
    countryCode: 'US',
    latitude: 37.926868,
    longitude: -78.024902,
    isActive: true,
  })
  assert.equal(byCode('local').isActive, true)
  assert.equal(byCode('eu-west-1').isActive, false)
  assert.equal(byCode('my-cellar').city, null)
})

test('an unknown region names those that are near', () => {
  const known = ['us-east-1', 'us-east-2', 'eu-west-1', 'local']
  assert.match(unknownRegion('us-east1', known), /us-east-1, us-east-2/)
  assert.match(unknownRegion('eu-nowhere-7', known), /eu-west-1/)
  assert.match(unknownRegion('atlantis', known), /worker-regions/)
})
