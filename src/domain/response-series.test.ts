import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bucketStarts, gatherTimes, type MeasuredTime, rawPoint, withGaps } from './response-series.ts'

const MINUTE = 60_000

test('times of a minute become one point with its average and percentiles', () => {
  const times = Array.from({ length: 100 }, (_, n) => {
    return { atMs: 5 * MINUTE + n * 500, region: 'eu', responseTimeMs: n + 1 }
  })
  assert.deepEqual(gatherTimes(times, MINUTE, false), [
    { atMs: 5 * MINUTE, region: null, count: 100, averageMs: 50.5, p50Ms: 50, p95Ms: 95, p99Ms: 99 },
  ])
})

test('of a few times the highest percentiles are the highest time', () => {
  const times = [34, 128, 36].map((responseTimeMs) => ({ atMs: 0, region: 'eu', responseTimeMs }))
  const [point] = gatherTimes(times, MINUTE, false)
  assert.deepEqual([point?.p50Ms, point?.p95Ms, point?.p99Ms], [36, 128, 128])
})

test('a check without a time counts for nothing, and a bucket of only such is a gap', () => {
  const times: MeasuredTime[] = [
    { atMs: 0, region: 'eu', responseTimeMs: null },
    { atMs: MINUTE, region: 'eu', responseTimeMs: 7 },
    { atMs: MINUTE, region: 'eu', responseTimeMs: null },
  ]
  const range = { fromMs: 0, toMs: 3 * MINUTE, bucketMs: MINUTE }
  const points = withGaps(gatherTimes(times, MINUTE, true), ['eu', 'us'], range)
  assert.deepEqual(
    points.map(({ atMs, region, count, p95Ms }) => [atMs / MINUTE, region, count, p95Ms]),
    [
      [0, 'eu', 0, null],
      [0, 'us', 0, null],
      [1, 'eu', 1, 7],
      [1, 'us', 0, null],
      [2, 'eu', 0, null],
      [2, 'us', 0, null],
    ],
  )
})

test('a single time is its own average and percentiles', () => {
  const point = rawPoint({ atMs: 3, region: 'eu', responseTimeMs: 12.5 })
  assert.deepEqual(point, { atMs: 3, region: 'eu', count: 1, averageMs: 12.5, p50Ms: 12.5, p95Ms: 12.5, p99Ms: 12.5 })
  assert.equal(rawPoint({ atMs: 3, region: 'eu', responseTimeMs: null }).p99Ms, null)
})

test('buckets cover the range, the ones that it only touches included, each once and in order', () => {
  assert.deepEqual(bucketStarts({ fromMs: 90_000, toMs: 120_001, bucketMs: MINUTE }), [60_000, 120_000])
  assert.deepEqual(bucketStarts({ fromMs: 60_000, toMs: 60_000, bucketMs: MINUTE }), [])
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (fromMs, lengthMs) => {
      const starts = bucketStarts({ fromMs, toMs: fromMs + lengthMs, bucketMs: MINUTE })
      for (const [index, start] of starts.entries()) {
        assert.equal(start, (starts[0] ?? 0) + index * MINUTE)
        assert.ok(start + MINUTE > fromMs && start < fromMs + lengthMs)
      }
      assert.equal(starts.length > 0, lengthMs > 0)
    }),
  )
})
