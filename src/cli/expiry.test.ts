import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readExpiry } from './expiry.ts'

const NOW = Date.parse('2026-01-31T12:00:00Z')

test('a span counts from now', () => {
  assert.equal(readExpiry('12h', NOW), Date.parse('2026-02-01T00:00:00Z'))
  assert.equal(readExpiry('90d', NOW), NOW + 90 * 86_400_000)
  assert.equal(readExpiry('4w', NOW), NOW + 28 * 86_400_000)
})

test('a date is taken as UTC, a date with time as it says', () => {
  assert.equal(readExpiry('2027-01-31', NOW), Date.parse('2027-01-31T00:00:00Z'))
  assert.equal(readExpiry('2027-01-31T10:00+02:00', NOW), Date.parse('2027-01-31T08:00:00Z'))
})

for (const text of ['', '90', 'd', '9999999y', '-1d', '0d', '1.5d', 'soon', '2027', '2027-13-01', '2026-01-31']) {
  test(`"${text}" is refused`, () => {
    assert.throws(() => readExpiry(text, NOW), { name: 'InvalidArgumentError' })
  })
}
