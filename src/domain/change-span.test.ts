import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeSpan } from './change-span.ts'

test('another status ends the running span where it begins', () => {
  assert.deepEqual(changeSpan({ status: 'UP', fromMs: 100 }, 'DOWN', 150), {
    ended: { status: 'UP', fromMs: 100, toMs: 150 },
    running: { status: 'DOWN', fromMs: 150 },
  })
})

test('the same status changes nothing', () => {
  const running = { status: 'UP', fromMs: 100 } as const
  assert.deepEqual(changeSpan(running, 'UP', 150), { ended: null, running })
})

test('a span without length vanishes', () => {
  assert.deepEqual(changeSpan({ status: 'UP', fromMs: 100 }, 'DOWN', 100), {
    ended: null,
    running: { status: 'DOWN', fromMs: 100 },
  })
})

test('a moment before the running span counts as its beginning', () => {
  assert.deepEqual(changeSpan({ status: 'UP', fromMs: 100 }, 'DOWN', 50).running, { status: 'DOWN', fromMs: 100 })
})
