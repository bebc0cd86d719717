import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSpan } from './read-span.ts'

test('a length of time is a count and a unit', () => {
  assert.deepEqual(
    ['45s', '30m', '12h', '90d', '4w', '1y', '0s'].map(readSpan),
    [45_000, 1_800_000, 43_200_000, 7_776_000_000, 2_419_200_000, 31_536_000_000, 0],
  )
})

test('any other text is none', () => {
  for (const text of ['', '90', 'd', '1.5d', '-1d', '1 d', '90D', '1d2h', '9999999999d'])
    assert.equal(readSpan(text), null)
})
