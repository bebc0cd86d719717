import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeartbeatWatch } from './heartbeat-watch.ts'
import { simulatedClock } from './simulated-clock.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')

function setUp() {
  const clock = simulatedClock({ startMs: START_MS })
  const due: string[] = []
  const watch = new HeartbeatWatch(clock, (monitorId) => due.push(monitorId))
  return { clock, due, watch }
}

test('a deadline is noticed when it passes, and one that moved out is not', async () => {
  const { clock, due, watch } = setUp()
  watch.expect('mon_a', START_MS + 10_000)
  watch.expect('mon_b', START_MS + 5_000)
  watch.expect('mon_b', START_MS + 20_000)
  await clock.advanceBy(10_100)
  assert.deepEqual(due, ['mon_a'])
})

test('after the clock was set forward deadlines are noticed by the new one', async () => {
  const { clock, due, watch } = setUp()
  watch.expect('mon_a', START_MS + 3_600_000)
  clock.jumpWall(7_200_000)
  watch.expect('mon_a', clock.nowMs() + 60_000)
  watch.lookAgain()
  await clock.advanceBy(60_500)
  assert.deepEqual(due, ['mon_a'])
})
