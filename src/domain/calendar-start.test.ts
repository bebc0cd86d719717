import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarStarts } from './calendar-start.ts'

const iso = (ms: number) => new Date(ms).toISOString()

test('today and this week begin at midnight of the zone, the week on Monday', () => {
  const nowMs = Date.parse('2026-11-25T23:30:00Z')
  assert.deepEqual(Object.values(calendarStarts(nowMs, 'UTC')).map(iso), [
    '2026-11-25T00:00:00.000Z',
    '2026-11-23T00:00:00.000Z',
  ])
  assert.deepEqual(Object.values(calendarStarts(nowMs, 'Pacific/Auckland')).map(iso), [
    '2026-11-25T11:00:00.000Z',
    '2026-11-22T11:00:00.000Z',
  ])
})

test('a week in which the clocks changed began by the old clocks', () => {
  const sunday = Date.parse('2026-10-25T12:00:00Z')
  assert.deepEqual(Object.values(calendarStarts(sunday, 'Europe/Berlin')).map(iso), [
    '2026-10-24T22:00:00.000Z',
    '2026-10-18T22:00:00.000Z',
  ])
  assert.throws(() => calendarStarts(0, 'Mars/Olympus'), RangeError)
})
