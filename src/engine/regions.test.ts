import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Regions } from './regions.ts'
import { simulatedClock } from './simulated-clock.ts'
import { directLine } from './worker/index.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')

function setUp() {
  const clock = simulatedClock({ startMs: START_MS })
  const regions = new Regions(clock, 'local')
  const { engine: line } = directLine({ clock })
  const attach = (region: string) =>
    regions.attach({ region, workerId: region, line, resends: true, lastSeenAtMs: clock.nowMs(), lateMs: 0 })
  const checking = () => regions.for({ settings: { enabledRegions: null } })
  return { clock, regions, attach, checking }
}

test('a region has its say for a minute after its worker was heard last, gone or silent', async () => {
  const { clock, regions, attach, checking } = setUp()
  attach('local')
  attach('eu')
  regions.detach('eu')
  assert.deepEqual(checking(), ['eu', 'local'])
  await clock.advanceBy(61_000)
  regions.heard('local')
  assert.deepEqual(checking(), ['local'])
})

test('after a start the regions that are known of get a minute to be heard', async () => {
  const { clock, regions, attach, checking } = setUp()
  regions.presume(['eu'])
  attach('local')
  assert.deepEqual(checking(), ['eu', 'local'])
  await clock.advanceBy(61_000)
  regions.heard('local')
  assert.deepEqual(checking(), ['local'])
})

test('a clock that is set and a time in which nothing could be heard silence no region', async () => {
  const { clock, regions, attach, checking } = setUp()
  attach('local')
  attach('eu')
  clock.jumpWall(3_600_000)
  assert.deepEqual(checking(), ['eu', 'local'])
  clock.stall(300_000)
  regions.forgive(300_000)
  assert.deepEqual(checking(), ['eu', 'local'])
})
