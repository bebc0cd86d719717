import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ResponseTimePoint } from '#client'
import { chartPoints } from './chart-points.ts'

const MINUTE = 60_000

/** Points a minute apart; null where nothing was measured. */
function minutes(...values: (number | null)[]): ResponseTimePoint[] {
  return values.map((value, index) => ({
    at: new Date(index * MINUTE).toISOString(),
    region: null,
    count: value === null ? 0 : 1,
    average: value,
    p50: value,
    p95: value,
    p99: value,
  }))
}

const shown = (points: ResponseTimePoint[]) => points.map(({ p50 }) => p50)

test('a monitor that is checked every five minutes has one line, not a point here and there', () => {
  const points = minutes(1, null, null, null, null, 2, null, null, null, null, 3)
  assert.deepEqual(shown(chartPoints(points, 5 * MINUTE)), [1, 2, 3])
})

test('what was checked more seldom than it is now has a line all the same', () => {
  const seldom = minutes(1, null, null, null, null, 2, null, null, null, null, 3)
  assert.deepEqual(shown(chartPoints(seldom, MINUTE)), [1, 2, 3])
})

test('a silence of several intervals is a gap', () => {
  const points = minutes(1, 1, 1, null, null, null, null, 2)
  assert.deepEqual(shown(chartPoints(points, MINUTE)), [1, 1, 1, null, 2])
  assert.deepEqual(shown(chartPoints(minutes(1, null, null, 2), MINUTE)), [1, 2])
})

test('of nothing nothing is drawn', () => {
  assert.deepEqual(chartPoints(minutes(null, null), MINUTE), [])
})
