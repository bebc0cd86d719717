import assert from 'node:assert/strict'
import { test } from 'node:test'
import { realClock } from './clock.ts'

test('a task runs after its delay and never early', async () => {
  for (const delayMs of [0, 0.4, 1, 3, 7.5]) {
    const fromMs = realClock.monotonicMs()
    await new Promise<void>((resolve) => realClock.schedule(delayMs, resolve))
    assert.ok(realClock.monotonicMs() - fromMs >= delayMs)
  }
})

test('a cancelled task does not run', async () => {
  let ran = false
  realClock
    .schedule(1, () => {
      ran = true
    })
    .cancel()
  await new Promise<void>((resolve) => realClock.schedule(5, resolve))
  assert.equal(ran, false)
})

test('a delay longer than what Node timers take is waited for, not run at once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let ran = 0
  realClock.schedule(2 ** 32, () => ran++)
  t.mock.timers.tick(2 ** 31 - 1)
  t.mock.timers.tick(2 ** 31 - 1)
  assert.equal(ran, 0)
  t.mock.timers.tick(10)
  assert.equal(ran, 1)
})
