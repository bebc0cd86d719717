import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  lastEndMs,
  type Occurrence,
  occurrenceAfter,
  occurrenceAt,
  occurrencesAfter,
  overlapsItself,
  type Recurring,
  wallLengthMs,
} from './occurrence.ts'
import { type Recurrence, type RecurrenceRule, WEEKDAYS } from './recurrence.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ENDLESS = { untilMs: null, count: null }
const DAILY: Recurrence = { frequency: 'daily', interval: 1, ...ENDLESS }

/** A wall time of Berlin, or of another zone. */
function at(wall: string, timezone = 'Europe/Berlin'): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(timezone).epochMilliseconds
}

function recurring(from: string, to: string, recurrence: Recurrence | null, timezone = 'Europe/Berlin'): Recurring {
  return { startsAtMs: at(from, timezone), endsAtMs: at(to, timezone), timezone, recurrence }
}

/** What the clocks of Berlin show, with the offset from UTC. */
function shown(occurrence: Occurrence | null): string[] {
  const wall = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO('Europe/Berlin')
      .toString({ timeZoneName: 'never', smallestUnit: 'minute' })
  return occurrence === null ? [] : [wall(occurrence.startsAtMs), wall(occurrence.endsAtMs)]
}

test('the same wall time before and after the clocks change; in the night of the gap from the first moment after it', () => {
  const window = recurring('2026-03-27T02:30', '2026-03-27T03:30', DAILY)
  assert.deepEqual(occurrencesAfter(window, window.startsAtMs - 1, 4).map(shown), [
    ['2026-03-27T02:30+01:00', '2026-03-27T03:30+01:00'],
    ['2026-03-28T02:30+01:00', '2026-03-28T03:30+01:00'],
    ['2026-03-29T03:00+02:00', '2026-03-29T03:30+02:00'],
    ['2026-03-30T02:30+02:00', '2026-03-30T03:30+02:00'],
  ])
})

test('in the night of the repeated hour it takes place once, from the first showing of its start', () => {
  const window = recurring('2026-10-24T02:30', '2026-10-24T03:30', DAILY)
  assert.deepEqual(occurrencesAfter(window, window.startsAtMs, 2).map(shown), [
    ['2026-10-25T02:30+02:00', '2026-10-25T03:30+01:00'],
    ['2026-10-26T02:30+01:00', '2026-10-26T03:30+01:00'],
  ])
  const short = recurring('2026-10-24T02:10', '2026-10-24T02:40', DAILY)
  assert.deepEqual(shown(occurrenceAfter(short, short.startsAtMs)), [
    '2026-10-25T02:10+02:00',
    '2026-10-25T02:40+02:00',
  ])
  assert.equal(occurrenceAt(short, at('2026-10-25T02:20') + HOUR_MS), null, 'not in the second showing')
})

test('a window that lies in the gap is not lost: it begins after it, and its end moves with the clocks', () => {
  const window = recurring('2026-03-28T02:10', '2026-03-28T02:40', DAILY)
  assert.deepEqual(shown(occurrenceAfter(window, window.startsAtMs)), [
    '2026-03-29T03:00+02:00',
    '2026-03-29T03:40+02:00',
  ])
  const whole = recurring('2026-03-28T02:00', '2026-03-28T03:00', DAILY)
  assert.deepEqual(shown(occurrenceAfter(whole, whole.startsAtMs)), [
    '2026-03-29T03:00+02:00',
    '2026-03-29T04:00+02:00',
  ])
})

test('the first occurrence is the one that was given, also in the second showing of an hour', () => {
  const startsAtMs = at('2026-10-25T02:30') + HOUR_MS
  const window = { startsAtMs, endsAtMs: startsAtMs + HOUR_MS, timezone: 'Europe/Berlin', recurrence: DAILY }
  assert.deepEqual(occurrenceAfter(window, startsAtMs - 1), { startsAtMs, endsAtMs: startsAtMs + HOUR_MS })
  assert.equal(occurrenceAt(window, startsAtMs - 1), null)
})

test('over midnight, in a zone where the UTC date differs: in and out at exactly those times', () => {
  const zone = 'Pacific/Auckland'
  const window = recurring('2026-06-01T19:40', '2026-06-02T06:40', DAILY, zone)
  const isIn = (wall: string) => occurrenceAt(window, at(wall, zone)) !== null
  assert.deepEqual(
    ['T19:39:59', 'T19:40:00', 'T19:41:00'].map((time) => isIn(`2026-06-05${time}`)),
    [false, true, true],
  )
  assert.deepEqual(
    ['T00:10:00', 'T06:39:59', 'T06:40:00', 'T06:41:00'].map((time) => isIn(`2026-06-06${time}`)),
    [true, true, false, false],
  )
})

test('weekly on chosen weekdays, every second week counted from that of the start', () => {
  const window = recurring('2026-03-04T22:00', '2026-03-04T23:00', {
    frequency: 'weekly',
    interval: 2,
    weekdays: ['MON', 'WED'],
    ...ENDLESS,
  })
  assert.deepEqual(
    occurrencesAfter(window, 0, 4).map((each) => shown(each)[0]?.slice(0, 10)),
    ['2026-03-04', '2026-03-16', '2026-03-18', '2026-03-30'],
  )
})

test('monthly on a day leaves months without it out; -1 is the last day', () => {
  const days = (dayOfMonth: number) => {
    const rule: Recurrence = { frequency: 'monthly', interval: 1, dayOfMonth, ...ENDLESS }
    return occurrencesAfter(recurring('2026-01-31T01:00', '2026-01-31T02:00', rule), 0, 3).map((each) =>
      shown(each)[0]?.slice(0, 10),
    )
  }
  assert.deepEqual(days(31), ['2026-01-31', '2026-03-31', '2026-05-31'])
  assert.deepEqual(days(-1), ['2026-01-31', '2026-02-28', '2026-03-31'])
})

test('monthly on the n-th weekday, on the last one, and on a fifth where there is one', () => {
  const days = (weekOfMonth: number) => {
    const rule: Recurrence = { frequency: 'monthly', interval: 1, weekOfMonth, weekday: 'SUN', ...ENDLESS }
    return occurrencesAfter(recurring('2026-01-01T01:00', '2026-01-01T02:00', rule), 0, 3).map((each) =>
      shown(each)[0]?.slice(0, 10),
    )
  }
  assert.deepEqual(days(2), ['2026-01-11', '2026-02-08', '2026-03-08'])
  assert.deepEqual(days(-1), ['2026-01-25', '2026-02-22', '2026-03-29'])
  assert.deepEqual(days(5), ['2026-03-29', '2026-05-31', '2026-08-30'])
})

test('a start that is none of the days begins with the first one after it', () => {
  const window = recurring('2026-03-04T22:00', '2026-03-04T23:00', {
    frequency: 'weekly',
    interval: 1,
    weekdays: ['SAT'],
    ...ENDLESS,
  })
  assert.equal(occurrenceAt(window, window.startsAtMs), null)
  assert.equal(shown(occurrenceAfter(window, 0))[0], '2026-03-07T22:00+01:00')
})

test('it ends after so many times, or with the last that begins by a moment', () => {
  const three = recurring('2026-03-01T02:00', '2026-03-01T03:00', { ...DAILY, count: 3 })
  assert.equal(occurrencesAfter(three, 0, 10).length, 3)
  assert.equal(lastEndMs(three), at('2026-03-03T03:00'))
  const until = (wall: string) => recurring('2026-03-01T02:00', '2026-03-01T03:00', { ...DAILY, untilMs: at(wall) })
  assert.equal(occurrencesAfter(until('2026-03-03T02:00'), 0, 10).length, 3)
  assert.equal(occurrencesAfter(until('2026-03-03T01:59'), 0, 10).length, 2)
  assert.equal(lastEndMs(until('2026-03-03T01:59')), at('2026-03-02T03:00'))
  assert.equal(lastEndMs(recurring('2026-03-01T02:00', '2026-03-01T03:00', DAILY)), null)
})

test('a day that never comes is told, not searched for ever', () => {
  const rule: Recurrence = { frequency: 'monthly', interval: 12, dayOfMonth: 30, ...ENDLESS }
  assert.equal(occurrenceAfter(recurring('2026-02-01T00:00', '2026-02-01T01:00', rule), 0), null)
})

test('29 February and a fifth weekday of February do come', () => {
  const start = recurring('2026-02-01T00:00', '2026-02-01T01:00', null)
  const leap: Recurrence = { frequency: 'monthly', interval: 12, dayOfMonth: 29, ...ENDLESS }
  assert.equal(shown(occurrenceAfter({ ...start, recurrence: leap }, 0))[0], '2028-02-29T00:00+01:00')
  const fifth: Recurrence = { frequency: 'monthly', interval: 12, weekOfMonth: 5, weekday: 'SUN', ...ENDLESS }
  assert.equal(shown(occurrenceAfter({ ...start, recurrence: fifth }, 0))[0], '2032-02-29T00:00+01:00')
})

test('longer than the time to the next one overlaps itself; just as long does not', () => {
  assert.equal(overlapsItself(recurring('2026-03-01T02:00', '2026-03-02T03:00', DAILY)), true)
  assert.equal(overlapsItself(recurring('2026-03-01T02:00', '2026-03-02T02:00', DAILY)), false)
  const weekly: Recurrence = { frequency: 'weekly', interval: 1, weekdays: ['SUN', 'MON'], ...ENDLESS }
  assert.equal(overlapsItself(recurring('2026-03-01T02:00', '2026-03-02T03:00', weekly)), true)
})

test('a year of every day takes place 365 times, and its work does not grow with the years', () => {
  const window = recurring('2000-01-01T02:30', '2000-01-01T03:30', DAILY)
  assert.equal(occurrencesAfter(window, at('2026-01-01T00:00'), 365).at(-1)?.startsAtMs, at('2026-12-31T02:30'))
  const startedMs = performance.now()
  for (let asked = 0; asked < 10_000; asked++) occurrenceAt(window, at('2026-01-01T00:00') + asked * HOUR_MS)
  assert.ok(performance.now() - startedMs < 2_000)
})

const rules: fc.Arbitrary<RecurrenceRule> = fc.oneof(
  fc.record({ frequency: fc.constant('daily' as const), interval: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    frequency: fc.constant('weekly' as const),
    interval: fc.integer({ min: 1, max: 5 }),
    weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  }),
  fc.record({
    frequency: fc.constant('monthly' as const),
    interval: fc.integer({ min: 1, max: 13 }),
    dayOfMonth: fc.constantFrom(-1, 1, 15, 28, 29, 30, 31),
  }),
  fc.record({
    frequency: fc.constant('monthly' as const),
    interval: fc.integer({ min: 1, max: 13 }),
    weekOfMonth: fc.constantFrom(-1, 1, 2, 4, 5),
    weekday: fc.constantFrom(...WEEKDAYS),
  }),
)
const ends = fc.oneof(
  fc.constant(ENDLESS),
  fc.record({ untilMs: fc.constant(null), count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ untilMs: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }), count: fc.constant(null) }),
)
const windows: fc.Arbitrary<Recurring> = fc
  .record({
    startsAtMs: fc.oneof(
      fc.integer({ min: Date.UTC(1990, 0) / 60_000, max: Date.UTC(2027, 0) / 60_000 }).map((m) => m * 60_000),
      fc.integer({ min: Date.UTC(1990, 0) / HOUR_MS, max: Date.UTC(2027, 0) / HOUR_MS }).map((h) => h * HOUR_MS),
    ),
    lengthMs: fc.oneof(
      fc.integer({ min: 1, max: 600 }).map((minutes) => minutes * 60_000),
      fc.integer({ min: 1, max: 24 * 7 }).map((hours) => hours * HOUR_MS),
    ),
    timezone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Pacific/Auckland',
      'Asia/Kolkata',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Cairo',
    ),
    rule: rules,
    end: ends,
  })
  .map(({ startsAtMs, lengthMs, timezone, rule, end }) => ({
    startsAtMs,
    endsAtMs: startsAtMs + lengthMs,
    timezone,
    recurrence: { ...rule, ...end },
  }))
  .filter((window) => !overlapsItself(window))

test('occurrences come in order, none overlaps the next, and each is found from every moment of it', () => {
  fc.assert(
    fc.property(windows, fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2029, 0) }), (window, afterMs) => {
      const found = occurrencesAfter(window, afterMs, 12)
      if (wallLengthMs(window) <= 0) return
      let beforeMs = Math.max(afterMs + 1, window.startsAtMs)
      for (const occurrence of found) {
        const { startsAtMs, endsAtMs } = occurrence
        assert.ok(startsAtMs >= beforeMs && endsAtMs > startsAtMs)
        assert.deepEqual(occurrenceAt(window, startsAtMs), occurrence)
        assert.deepEqual(occurrenceAt(window, endsAtMs - 1), occurrence)
        assert.notDeepEqual(occurrenceAt(window, endsAtMs), occurrence)
        assert.deepEqual(occurrenceAfter(window, startsAtMs - 1), occurrence)
        beforeMs = endsAtMs
      }
      const last = lastEndMs(window)
      assert.ok(last === null || found.every(({ endsAtMs }) => endsAtMs <= last))
    }),
    { numRuns: 500 },
  )
})

test('far outside the changes of the clocks the wall time is always that of the first one', () => {
  fc.assert(
    fc.property(windows, fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2029, 0) }), (window, afterMs) => {
      const zoned = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(window.timezone)
      const first = zoned(window.startsAtMs)
      for (const { startsAtMs } of occurrencesAfter(window, afterMs, 3)) {
        const moment = zoned(startsAtMs)
        const isNearChange = zoned(startsAtMs - DAY_MS).offset !== zoned(startsAtMs + DAY_MS).offset
        if (!isNearChange) assert.ok(moment.toPlainTime().equals(first.toPlainTime()))
      }
    }),
    { numRuns: 200 },
  )
})

test('every day of two years has its occurrence, whatever the clocks do', () => {
  for (const timezone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo']) {
    for (const [from, to] of [
      ['00:00', '01:00'],
      ['02:00', '03:00'],
      ['02:00', '02:30'],
      ['02:30', '03:00'],
      ['23:30', '23:59'],
    ]) {
      const window = recurring(`2020-01-01T${from}`, `2020-01-01T${to}`, DAILY, timezone)
      const found = occurrencesAfter(window, window.startsAtMs - 1, 731)
      const dates = found.map(({ startsAtMs }) =>
        Temporal.Instant.fromEpochMilliseconds(startsAtMs).toZonedDateTimeISO(timezone).toPlainDate().toString(),
      )
      assert.equal(new Set(dates).size, 731)
      assert.equal(dates.at(-1), '2021-12-31')
    }
  }
})
