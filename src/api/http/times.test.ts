import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isoSeconds } from './times.ts'

test('a time is told to the second, cut, not rounded', () => {
  assert.equal(isoSeconds(Date.UTC(2025, 0, 21, 10, 30, 59, 999)), '2025-01-21T10:30:59Z')
  assert.equal(isoSeconds(null), null)
})

test('every time reads as the platform itself writes it', () => {
  const years = fc.integer({ min: Date.UTC(0, 0, 1), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) })
  fc.assert(
    fc.property(years, (ms) => {
      assert.equal(isoSeconds(ms), `${new Date(ms).toISOString().slice(0, 19)}Z`)
    }),
    { numRuns: 2_000 },
  )
})
