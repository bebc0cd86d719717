import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type MissedCheck, nextStartMs, phaseMs, planResume, recheckAtMs, recheckDelayMs } from './schedule.ts'

const intervalMs = fc.integer({ min: 5, max: 86_400 }).map((seconds) => seconds * 1000)
const monitorId = fc.string({ minLength: 16, maxLength: 16, unit: fc.constantFrom(...'abcdefghij0123456789') })
const START_MS = Date.UTC(2026, 0, 1)

test('a phase lies in the interval and is the same each time', () => {
  fc.assert(
    fc.property(monitorId, intervalMs, (id, interval) => {
      const phase = phaseMs(id, 'eu-west-1', interval)
      assert.ok(Number.isInteger(phase) && phase >= 0 && phase < interval)
      assert.equal(phaseMs(id, 'eu-west-1', interval), phase)
    }),
  )
})

test('a known phase never changes, so that a restart keeps the times of checks', () => {
  assert.equal(phaseMs('mon_aaaaaaaaaaaaaaaa', 'local', 60_000), 57_217)
  assert.equal(phaseMs('mon_aaaaaaaaaaaaaaab', 'local', 60_000), 8_724)
})

test('phases of like ids are even over the interval, and differ by region', () => {
  const buckets = new Array<number>(100).fill(0)
  let same = 0
  for (let i = 0; i < 10_000; i++) {
    const id = `mon_${String(i).padStart(16, '0')}`
    const bucket = phaseMs(id, 'local', 100)
    buckets[bucket] = (buckets[bucket] ?? 0) + 1
    if (phaseMs(id, 'eu-west-1', 100) === bucket) same++
  }
  const chiSquare = buckets.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
  assert.ok(chiSquare < 149, `chi-square ${chiSquare} over 99 degrees of freedom`) // 99.9th percentile
  assert.ok(same < 160, `${same} of 10,000 share their phase in both regions`)
})

test('the next start is the first phase + k × interval after the given time', () => {
  fc.assert(
    fc.property(monitorId, intervalMs, fc.integer({ min: 0, max: 4e12 }), (id, interval, afterMs) => {
      const phase = phaseMs(id, 'local', interval)
      const next = nextStartMs(phase, interval, afterMs)
      assert.ok(next > afterMs && next - interval <= afterMs)
      assert.equal((next - phase) % interval, 0)
    }),
  )
})

test('a start exactly on time is followed by the next one, not by itself', () => {
  assert.equal(nextStartMs(300, 1000, 5300), 6300)
  assert.equal(nextStartMs(300, 1000, 5299), 5300)
  assert.equal(nextStartMs(300, 1000, 0), 300)
})

test('re-checks come after 1, 2, 4 … seconds', () => {
  assert.deepEqual([1, 2, 3, 4].map(recheckDelayMs), [1000, 2000, 4000, 8000])
})

test('a re-check is left to the planned check when that comes first', () => {
  assert.equal(recheckAtMs(10_000, 2, 20_000), 12_000)
  assert.equal(recheckAtMs(10_000, 2, 12_000), null)
  assert.equal(recheckAtMs(10_000, 5, 20_000), null)
})

test('a lone overdue monitor is checked at once', () => {
  const missed = { monitorId: 'a', missedAtMs: START_MS - 500, nextAtMs: START_MS + 59_500, intervalMs: 60_000 }
  assert.deepEqual(planResume([missed], START_MS), [{ monitorId: 'a', atMs: START_MS, standsForNext: false }])
})

test('a catch-up shortly before the planned check stands for it', () => {
  const missed = { monitorId: 'a', missedAtMs: START_MS - 50_000, nextAtMs: START_MS + 10_000, intervalMs: 60_000 }
  assert.deepEqual(planResume([missed], START_MS), [{ monitorId: 'a', atMs: START_MS, standsForNext: true }])
})

test('a monitor that is planned before its turn is left out and takes no turn', () => {
  const missed = [0, 1, 2, 3].map((i) => ({
    monitorId: `m${i}`,
    missedAtMs: START_MS - 5000 + i,
    nextAtMs: i === 1 || i === 2 ? START_MS + 50 : START_MS + 4000 + i,
    intervalMs: 9000,
  }))
  const planned = planResume(missed, START_MS)
  assert.deepEqual(
    planned.map(({ monitorId: id, atMs }) => [id, atMs - START_MS]),
    [
      ['m0', 0],
      ['m3', 100],
    ],
  )
})

/** Monitors with their real phases, stopped at `START_MS - downMs` and started again at START_MS. */
function afterPause(count: number, downMs: number, intervals: readonly number[]): MissedCheck[] {
  const missed: MissedCheck[] = []
  for (let i = 0; i < count; i++) {
    const interval = intervals[i % intervals.length] ?? 60_000
    const phase = phaseMs(`mon_${i}`, 'local', interval)
    const missedAtMs = nextStartMs(phase, interval, START_MS - downMs)
    if (missedAtMs > START_MS) continue
    const nextAtMs = nextStartMs(phase, interval, START_MS)
    missed.push({ monitorId: `mon_${i}`, missedAtMs, nextAtMs, intervalMs: interval })
  }
  return missed
}

/** Every start (catch-up or planned) of the overdue monitors within `spanMs` of the restart. */
function startsAfter(missed: readonly MissedCheck[], spanMs: number): number[] {
  const catchUps = new Map(planResume(missed, START_MS).map((one) => [one.monitorId, one]))
  const starts: number[] = []
  for (const { monitorId: id, nextAtMs, intervalMs: interval } of missed) {
    const catchUp = catchUps.get(id)
    if (catchUp) starts.push(catchUp.atMs)
    const firstMs = catchUp?.standsForNext ? nextAtMs + interval : nextAtMs
    for (let atMs = firstMs; atMs < START_MS + spanMs; atMs += interval) starts.push(atMs)
  }
  return starts.sort((a, b) => a - b)
}

function mostInASecond(starts: readonly number[]): number {
  let most = 0
  let from = 0
  starts.forEach((atMs, i) => {
    while (atMs - (starts[from] ?? atMs) >= 1000) from++
    most = Math.max(most, i - from + 1)
  })
  return most
}

test('500 monitors at 60 s make at most 20 starts in any second of the minute after a restart', () => {
  for (const downMs of [5_000, 30_000, 60_000, 90_000, 330_000, 86_400_000]) {
    const most = mostInASecond(startsAfter(afterPause(500, downMs, [60_000]), 60_000))
    assert.ok(most <= 20, `${most} starts in a second after ${downMs} ms`)
  }
})

test('every overdue monitor is checked within one interval, without a burst', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1500 }),
      fc.integer({ min: 1000, max: 7_200_000 }),
      fc.array(fc.constantFrom(5_000, 10_000, 30_000, 60_000, 300_000), { minLength: 1, maxLength: 4 }),
      (count, downMs, intervals) => {
        const missed = afterPause(count, downMs, intervals)
        const plan = planResume(missed, START_MS)
        const byId = new Map(plan.map((one) => [one.monitorId, one]))
        for (const { monitorId: id, nextAtMs, intervalMs: interval } of missed) {
          const firstMs = Math.min(byId.get(id)?.atMs ?? nextAtMs, nextAtMs)
          assert.ok(firstMs >= START_MS && firstMs - START_MS <= interval)
          if (byId.get(id)?.standsForNext) assert.ok(nextAtMs - firstMs <= interval / 4)
        }
        if (missed.length > 0) assert.equal(Math.min(...startsAfter(missed, 300_000).slice(0, 1)), START_MS)
        let meanPerSecond = 0
        for (let i = 0; i < count; i++) meanPerSecond += 1000 / (intervals[i % intervals.length] ?? 60_000)
        const rate = Math.max(10, meanPerSecond)
        assert.ok(mostInASecond(plan.map(({ atMs }) => atMs)) <= rate + 1)
        // The planned ones are spread by a hash, so a second may hold more than the mean by some deviations.
        const most = mostInASecond(startsAfter(missed, 60_000))
        assert.ok(most <= 2 * rate + 4 * Math.sqrt(rate), `${most} starts in a second at ${rate} per second`)
      },
    ),
    { numRuns: 60 },
  )
})
