import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BACKOFF_MS, GIVE_UP_AFTER_MS, nextAttemptAtMs } from './backoff.ts'

const FRESH = { createdAtMs: 1_000_000, nowMs: 1_000_000, attempts: 1, retryAfterS: null, random: 0.5 }
const HOUR_MS = 3_600_000

test('waits grow from 5 s to 4 h, and stay there', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30].map(
    (attempts) => ((nextAttemptAtMs({ ...FRESH, attempts }) ?? 0) - FRESH.nowMs) / 1000,
  )
  assert.deepEqual(waits, [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 14_400, 14_400])
})

test('a wait varies by 20 % either way and no more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
      const waitMs = (nextAttemptAtMs({ ...FRESH, attempts, random }) ?? 0) - FRESH.nowMs
      const planned = BACKOFF_MS[attempts - 1] ?? 0
      assert.ok(waitMs >= planned * 0.8 - 1 && waitMs <= planned * 1.2 + 1, `${waitMs} ms for ${planned} ms`)
    }),
  )
  assert.equal(nextAttemptAtMs({ ...FRESH, random: 0 }), FRESH.nowMs + 4_000)
})

test('the receiver is not called before the time it asks for, of which an hour counts', () => {
  const waitMs = (retryAfterS: number) => (nextAttemptAtMs({ ...FRESH, retryAfterS }) ?? 0) - FRESH.nowMs
  assert.equal(waitMs(90), 90_000)
  assert.equal(waitMs(1), 5_000)
  assert.equal(waitMs(86_400), HOUR_MS)
})

test('the last attempt comes at the end of 24 h, and after it none', () => {
  const endMs = FRESH.createdAtMs + GIVE_UP_AFTER_MS
  assert.equal(GIVE_UP_AFTER_MS, 24 * HOUR_MS)
  assert.equal(nextAttemptAtMs({ ...FRESH, nowMs: endMs - 1_000, attempts: 12 }), endMs)
  assert.equal(nextAttemptAtMs({ ...FRESH, nowMs: endMs, attempts: 13 }), null)
  assert.equal(nextAttemptAtMs({ ...FRESH, nowMs: endMs + 99, attempts: 1 }), null)
})
