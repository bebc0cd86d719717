import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Blindness, BlindnessWatch } from './blindness-watch.ts'
import { simulatedClock } from './simulated-clock.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')
const MINUTE_MS = 60_000

function setUp() {
  const clock = simulatedClock({ startMs: START_MS })
  const noticed: Blindness[] = []
  const watch = new BlindnessWatch(clock, (blindness) => noticed.push(blindness))
  watch.start()
  return { clock, noticed, watch }
}

test('a process that stood still has listened to nothing since its last look', async () => {
  const { clock, noticed } = setUp()
  await clock.advanceBy(10_000)
  clock.stall(MINUTE_MS)
  await clock.advanceBy(0)
  const [fromMs, toMs] = [START_MS + 10_000, START_MS + 10_000 + MINUTE_MS]
  assert.deepEqual(noticed, [{ fromMs, toMs, reason: 'the server stood still for 59 s', jumpMs: 0 }])
})

test('a clock that is set back while the process stands still hides none of that time', async () => {
  const { clock, noticed } = setUp()
  await clock.advanceBy(10_000)
  clock.stall(3 * MINUTE_MS)
  clock.jumpWall(-60 * MINUTE_MS)
  await clock.advanceBy(0)
  const [blindness] = noticed
  assert.equal(blindness?.jumpMs, -60 * MINUTE_MS)
  assert.deepEqual(
    [blindness?.fromMs, blindness?.toMs],
    [START_MS + 10_000 - 60 * MINUTE_MS, START_MS + 10_000 - 57 * MINUTE_MS],
  )
})

test('small steps of the clock and small delays are ordinary', async () => {
  const { clock, noticed } = setUp()
  for (const stepMs of [-200, 200, 900, -900]) {
    await clock.advanceBy(5_000)
    clock.jumpWall(stepMs)
    clock.stall(900)
  }
  await clock.advanceBy(5_000)
  assert.deepEqual(noticed, [])
})

test('whoever looks between two ticks hears of it at once, and the tick says it no second time', async () => {
  const { clock, noticed, watch } = setUp()
  await clock.advanceBy(10_400)
  clock.jumpWall(10 * MINUTE_MS)
  watch.look()
  assert.equal(noticed.length, 1)
  await clock.advanceBy(5_000)
  assert.equal(noticed.length, 1)
})
