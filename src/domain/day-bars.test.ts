import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayBars, dayCalendar, touchesByDay } from './day-bars.ts'
import { type EndedSpan, measure } from './uptime.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function at(text: string): number {
  return Temporal.ZonedDateTime.from(text).epochMilliseconds
}

test('an outage over midnight is split by the clocks of the zone', () => {
  for (const timezone of ['Pacific/Auckland', 'Asia/Kolkata', 'America/St_Johns']) {
    const downMs = at(`2026-05-10T23:50:00[${timezone}]`)
    const spans: EndedSpan[] = [
      { status: 'UP', fromMs: downMs - 100 * HOUR, toMs: downMs },
      { status: 'DOWN', fromMs: downMs, toMs: downMs + 30 * MINUTE },
    ]
    const running = { status: 'UP', fromMs: downMs + 30 * MINUTE } as const
    const bars = dayBars(
      spans,
      running,
      dayCalendar({ timezone, days: 3, nowMs: at(`2026-05-12T12:00:00[${timezone}]`) }),
    )
    assert.deepEqual(
      bars.map(({ date, status, measured }) => [date, status, measured.downMs / MINUTE]),
      [
        ['2026-05-10', 'DOWN', 10],
        ['2026-05-11', 'DOWN', 20],
        ['2026-05-12', 'UP', 0],
      ],
      timezone,
    )
  }
})

test("the last bar is today's date in the zone, and ends now", () => {
  const nowMs = at('2026-05-12T13:00:00[UTC]')
  const today = (timezone: string) =>
    dayBars([], { status: 'UP', fromMs: 0 }, dayCalendar({ timezone, days: 1, nowMs }))[0]
  assert.equal(today('Pacific/Auckland')?.date, '2026-05-13')
  assert.equal(today('Pacific/Auckland')?.measured.upMs, HOUR)
  assert.equal(today('America/Los_Angeles')?.date, '2026-05-12')
  assert.equal(today('America/Los_Angeles')?.measured.upMs, 6 * HOUR)
})

test('a day has 23 or 25 hours when the clocks change, and starts at 01:00 where midnight is skipped', () => {
  const hours = (timezone: string, date: string) => {
    const nowMs = at(`${date}T12:00:00[${timezone}]`) + 24 * HOUR
    const [first] = dayBars([], { status: 'UP', fromMs: 0 }, dayCalendar({ timezone, days: 2, nowMs }))
    return (first?.measured.upMs ?? 0) / HOUR
  }
  assert.equal(hours('Europe/Berlin', '2026-03-29'), 23)
  assert.equal(hours('Europe/Berlin', '2026-10-25'), 25)
  assert.equal(hours('Europe/Berlin', '2026-10-26'), 24)
  assert.equal(hours('Australia/Lord_Howe', '2026-04-05'), 24.5)
  assert.equal(hours('Africa/Cairo', '2026-04-24'), 23)
})

test('a day without a known moment says why', () => {
  const day = (index: number) => index * 24 * HOUR
  const spans: EndedSpan[] = [
    { status: 'UNKNOWN', fromMs: day(1), toMs: day(2) },
    { status: 'PAUSED', fromMs: day(2), toMs: day(3) },
    { status: 'MAINTENANCE', fromMs: day(3), toMs: day(4) },
    { status: 'DEGRADED', fromMs: day(4), toMs: day(4) + 1 },
  ]
  const running = { status: 'UP', fromMs: day(4) + 1 } as const
  const bars = dayBars(spans, running, dayCalendar({ timezone: 'UTC', days: 6, nowMs: day(5) + HOUR }))
  assert.deepEqual(
    bars.map(({ date, status, uptime }) => [date, status, uptime]),
    [
      ['1970-01-01', 'NO_DATA', null],
      ['1970-01-02', 'UNKNOWN', null],
      ['1970-01-03', 'PAUSED', null],
      ['1970-01-04', 'MAINTENANCE', null],
      ['1970-01-05', 'DEGRADED', 100],
      ['1970-01-06', 'UP', 100],
    ],
  )
})

test('an incident is counted on each day that it touches', () => {
  const calendar = dayCalendar({ timezone: 'Europe/Berlin', days: 4, nowMs: at('2026-05-12T12:00[Europe/Berlin]') })
  const range = (from: string, to: string | null) => ({
    fromMs: at(`${from}[Europe/Berlin]`),
    toMs: to === null ? null : at(`${to}[Europe/Berlin]`),
  })
  const counts = (...ranges: { fromMs: number; toMs: number | null }[]) => touchesByDay(ranges, calendar)
  assert.deepEqual(counts(range('2026-05-09T23:50', '2026-05-10T00:10')), [1, 1, 0, 0])
  assert.deepEqual(counts(range('2026-05-09T23:50', '2026-05-10T00:00')), [1, 0, 0, 0])
  assert.deepEqual(counts(range('2026-04-01T00:00', null)), [1, 1, 1, 1])
  assert.deepEqual(counts(range('2026-04-01T00:00', '2026-04-02T00:00')), [0, 0, 0, 0])
  assert.deepEqual(counts(range('2026-05-11T00:00', '2026-05-11T00:00'), range('2026-05-11T23:59', null)), [0, 0, 2, 1])
})

test('an unknown zone is an error', () => {
  assert.throws(() => dayCalendar({ timezone: 'Mars/Olympus', days: 1, nowMs: 0 }), RangeError)
})

test('the bars add up to the whole range in any zone', () => {
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Pacific/Apia',
  )
  const now = fc.integer({ min: at('2011-12-01T00:00[UTC]'), max: at('2030-01-01T00:00[UTC]') })
  const outages = fc.array(fc.tuple(fc.nat(48 * HOUR), fc.nat(30 * HOUR)), { maxLength: 20 })
  fc.assert(
    fc.property(zone, now, outages, (timezone, nowMs, gaps) => {
      const spans: EndedSpan[] = []
      let fromMs = nowMs - 20 * 24 * HOUR
      for (const [upMs, downMs] of gaps) {
        spans.push({ status: 'UP', fromMs, toMs: fromMs + upMs })
        spans.push({ status: 'DOWN', fromMs: fromMs + upMs, toMs: fromMs + upMs + downMs })
        fromMs += upMs + downMs
      }
      const bars = dayBars(spans, { status: 'UP', fromMs }, dayCalendar({ timezone, days: 30, nowMs }))
      const first = Temporal.PlainDate.from(bars[0]?.date ?? '').toZonedDateTime(timezone).epochMilliseconds
      const whole = measure(spans, { status: 'UP', fromMs }, { fromMs: first, toMs: nowMs })
      for (const part of ['upMs', 'downMs', 'degradedMs', 'unknownMs'] as const) {
        assert.equal(
          bars.reduce((total, bar) => total + bar.measured[part], 0),
          whole[part],
        )
      }
      assert.equal(new Set(bars.map(({ date }) => date)).size, 30)
    }),
    { numRuns: 60 },
  )
})
