import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nearRegions, normalizeRegion, regionId, regionOf, regionOfCode } from './region.ts'
import { REGION_CATALOGUE } from './region-catalogue.ts'

const codes = REGION_CATALOGUE.map(({ code }) => code)
const nowhere = { city: null, country: null, latitude: null, longitude: null }

test('the catalogue has about thirty places, each once and on the map', () => {
  assert.ok(codes.length >= 30)
  assert.equal(new Set(codes).size, codes.length)
  const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  for (const { code, countryCode, latitude, longitude } of REGION_CATALOGUE) {
    assert.match(code, /^[a-z]{2}-[a-z]+-\d$/)
    assert.notEqual(countries.of(countryCode ?? ''), undefined, code)
    assert.ok(Math.abs(latitude ?? 999) <= 90 && Math.abs(longitude ?? 999) <= 180, code)
  }
})

test('us-east-1 is Virginia', () => {
  assert.equal(regionId('us-east-1'), 'region_us_east_1')
  assert.deepEqual(regionOfCode('us-east-1'), {
    code: 'us-east-1',
    name: 'US East (N. Virginia)',
    city: 'Virginia',
    country: 'United States',
    countryCode: 'US',
    latitude: 37.926868,
    longitude: -78.024902,
  })
})

test('either form of a region means the same code', () => {
  assert.equal(normalizeRegion('region_us_east_1'), 'us-east-1')
  assert.equal(normalizeRegion(' US-East-1 '), 'us-east-1')
  assert.equal(normalizeRegion('local'), 'local')
  fc.assert(fc.property(fc.constantFrom(...codes), (code) => assert.equal(normalizeRegion(regionId(code)), code)))
})

test('a region outside the catalogue is what was said of it', () => {
  const place = { code: 'local', city: 'Bern', country: 'CH', latitude: 46.94, longitude: 7.44 }
  assert.deepEqual(regionOf(place), {
    code: 'local',
    name: 'Bern',
    city: 'Bern',
    country: 'Switzerland',
    countryCode: 'CH',
    latitude: 46.94,
    longitude: 7.44,
  })
  assert.deepEqual(regionOfCode('local'), { ...nowhere, code: 'local', name: 'local', countryCode: null })
})

test('what is said of a catalogued region goes before the catalogue', () => {
  const moved = regionOf({ ...nowhere, code: 'eu-central-1', city: 'Munich' })
  assert.equal(moved.city, 'Munich')
  assert.equal(moved.country, 'Germany')
  assert.equal(regionOf({ ...nowhere, code: 'eu-central-1', country: 'AT' }).country, 'Austria')
})

test('a country that has no name is shown by its letters', () => {
  assert.equal(regionOf({ ...nowhere, code: 'local', country: 'XQ' }).country, 'XQ')
})

test('an unknown code gets the near ones', () => {
  assert.deepEqual(nearRegions('us-eats-1', codes), ['us-east-1'])
  assert.deepEqual(nearRegions('useast1', codes).slice(0, 1), ['us-east-1'])
  assert.deepEqual(nearRegions('region_us_east_9', codes), ['us-east-1', 'us-east-2'])
  assert.deepEqual(nearRegions('eu-central', codes), ['eu-central-1', 'eu-central-2'])
  assert.deepEqual(nearRegions('loca', ['local']), ['local'])
  assert.deepEqual(nearRegions('atlantis', codes), [])
  assert.deepEqual(nearRegions('x'.repeat(100_000), codes), [])
})
