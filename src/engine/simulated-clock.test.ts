import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulatedClock } from './simulated-clock.ts'

test('timers run in order of time, then of creation, each at its own time', async () => {
  const clock = simulatedClock({ startMs: 1000 })
  const ran: [string, number][] = []
  const note = (name: string) => () => ran.push([name, clock.nowMs()])
  clock.schedule(20, note('late'))
  clock.schedule(10, note('first'))
  clock.schedule(10, note('second'))
  clock.schedule(15, note('cancelled')).cancel()
  assert.equal(clock.pending(), 3)
  await clock.advanceBy(19)
  assert.deepEqual(ran, [
    ['first', 1010],
    ['second', 1010],
  ])
  await clock.advanceTo(1020)
  assert.deepEqual(ran.at(-1), ['late', 1020])
  assert.equal(clock.pending(), 0)
})

test('promises settle, however deep the chain, before the next timer', async () => {
  const clock = simulatedClock({ startMs: 0 })
  const ran: string[] = []
  clock.schedule(1, async () => {
    for (let i = 0; i < 100; i++) await null
    ran.push('chain')
  })
  clock.schedule(1, () => ran.push('timer'))
  await clock.advanceBy(1)
  assert.deepEqual(ran, ['chain', 'timer'])
})

test('a timer made while time passes runs in the same advance', async () => {
  const clock = simulatedClock({ startMs: 0 })
  const at: number[] = []
  const again = () => {
    at.push(clock.nowMs())
    clock.schedule(10, again)
  }
  clock.schedule(10, again)
  await clock.advanceBy(35)
  assert.deepEqual(at, [10, 20, 30])
  assert.equal(clock.monotonicMs(), 35)
})

test('a stall lets time pass with nothing run; what fell due runs late', async () => {
  const clock = simulatedClock({ startMs: 0 })
  const at: number[] = []
  clock.schedule(10, () => at.push(clock.nowMs()))
  clock.stall(300)
  assert.deepEqual(at, [])
  await clock.advanceBy(0)
  assert.deepEqual(at, [300])
})

test('a jump moves wall time only', async () => {
  const clock = simulatedClock({ startMs: 5000 })
  let ran = false
  clock.schedule(100, () => {
    ran = true
  })
  clock.jumpWall(-3000)
  assert.equal(clock.nowMs(), 2000)
  assert.equal(clock.monotonicMs(), 0)
  await clock.advanceBy(99)
  assert.equal(ran, false)
  await clock.advanceBy(1)
  assert.equal(ran, true)
})

test('runUntil stops right after the timer that makes the condition true, and says when none did', async () => {
  const clock = simulatedClock({ startMs: 0 })
  let count = 0
  const again = () => {
    count++
    clock.schedule(10, again)
  }
  clock.schedule(10, again)
  assert.equal(await clock.runUntil(() => count === 3, 1000), true)
  assert.equal(clock.nowMs(), 30)
  assert.equal(await clock.runUntil(() => count === 1000, 100), false)
  assert.equal(clock.nowMs(), 130)
})

test('200,000 timers in any order run in order', async () => {
  const clock = simulatedClock({ startMs: 0 })
  let last = -1
  let ran = 0
  for (let i = 0; i < 200_000; i++) {
    clock.schedule((i * 7919) % 100_003, () => {
      assert.ok(clock.monotonicMs() >= last)
      last = clock.monotonicMs()
      ran++
    })
  }
  await clock.advanceBy(100_003)
  assert.equal(ran, 200_000)
})
