import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulatedClock } from '#engine'
import type { ResponseFigures } from '#storage'
import { AccountPerformanceReader } from './account-performance.ts'
import { periodUntil } from './period.ts'

const START_MS = Date.UTC(2025, 0, 21)
const NOTHING: ResponseFigures = {
  fromMs: 0,
  region: null,
  up: 0,
  degraded: 0,
  down: 0,
  unknown: 0,
  measured: 0,
  averageMs: null,
  p50Ms: null,
  p90Ms: null,
  p95Ms: null,
  p99Ms: null,
}

function rig(tookMs: number) {
  const clock = simulatedClock({ startMs: START_MS })
  const asked: string[][] = []
  const totalsOf = async (monitorIds: string[]) => {
    asked.push(monitorIds)
    await new Promise<void>((resolve) => clock.schedule(tookMs, resolve))
    return { ...NOTHING, averageMs: asked.length }
  }
  const store = { results: { totalsOf }, spans: { listMany: async () => new Map() } }
  const reader = new AccountPerformanceReader({ store, engine: { state: () => null }, clock })
  const read = (account: string) => reader.read(account, ['mon_a'], periodUntil(clock.nowMs(), '24h'))
  return { clock, asked, read }
}

test('figures are kept twenty times as long as they took, per account', async () => {
  const { clock, asked, read } = rig(100)
  const [first, second] = [read('acc_a'), read('acc_a')]
  await clock.advanceBy(100)
  assert.deepEqual([(await first).averageMs, (await second).averageMs], [1, 1])
  await clock.advanceBy(1_900)
  assert.equal((await read('acc_a')).averageMs, 1)
  const other = read('acc_b')
  await clock.advanceBy(100)
  assert.equal((await other).averageMs, 2)
  const anew = read('acc_a')
  await clock.advanceBy(100)
  assert.equal((await anew).averageMs, 3)
  assert.equal(asked.length, 3)
})

test('figures that cost nothing are read anew each time', async () => {
  const { clock, asked, read } = rig(0)
  for (let n = 0; n < 2; n++) {
    const reading = read('acc_a')
    await clock.advanceBy(0)
    await reading
  }
  assert.equal(asked.length, 2)
})

test('a read that failed is not kept', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  let isBroken = true
  const totalsOf = async () => {
    if (isBroken) throw new Error('the disk is full')
    return NOTHING
  }
  const store = { results: { totalsOf }, spans: { listMany: async () => new Map() } }
  const reader = new AccountPerformanceReader({ store, engine: { state: () => null }, clock })
  const period = periodUntil(clock.nowMs(), '24h')
  await assert.rejects(reader.read('acc_a', ['mon_a'], period), /disk is full/)
  isBroken = false
  assert.deepEqual(await reader.read('acc_a', ['mon_a'], period), { averageMs: null, p95Ms: null, uptime: null })
})
