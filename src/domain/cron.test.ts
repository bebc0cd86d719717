import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CronSchedule, nextOccurrence, parseSchedule } from './cron.ts'

function schedule(expression: string, timezone: string): CronSchedule {
  const parsed = parseSchedule(expression, timezone)
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message)
  return parsed.schedule
}

/** The next `count` occurrences after `from`, UTC, to the minute. */
function occurrences(expression: string, timezone: string, from: string, count: number): string[] {
  const parsed = schedule(expression, timezone)
  const found: string[] = []
  let atMs = Date.parse(from)
  for (let index = 0; index < count; index++) {
    const nextMs = nextOccurrence(parsed, atMs)
    assert.ok(nextMs !== null && nextMs > atMs)
    found.push(new Date(nextMs).toISOString().slice(0, 16))
    atMs = nextMs
  }
  return found
}

test('five fields, six with seconds first, names and nicknames are read', () => {
  assert.deepEqual(occurrences('0 9 * jan mon', 'UTC', '2026-01-01T00:00Z', 1), ['2026-01-05T09:00'])
  assert.deepEqual(occurrences('@daily', 'UTC', '2026-01-01T00:00Z', 1), ['2026-01-02T00:00'])
  assert.equal(nextOccurrence(schedule('*/10 * * * * *', 'UTC'), 1_500), 10_000)
})

test('the next occurrence lies strictly after the moment, to the millisecond', () => {
  const daily = schedule('0 1 * * *', 'UTC')
  const oneMs = Date.parse('2026-05-05T01:00:00Z')
  assert.equal(nextOccurrence(daily, oneMs - 1), oneMs)
  assert.equal(nextOccurrence(daily, oneMs), oneMs + 86_400_000)
  assert.equal(nextOccurrence(daily, oneMs + 0.5), oneMs + 86_400_000)
})

test('what can never happen or means nothing is refused with a sentence and an example', () => {
  const refused: [expression: string, why: RegExp][] = [
    ['0 0 30 2 *', /no date ever matches it/],
    ['0 0 31 4,6,9,11 *', /no date ever matches it/],
    ['61 * * * *', /Invalid value for minute: 61/],
    ['every day', /does not have five or six fields/],
    ['', /does not have five or six fields/],
    ['* * * * * * 2020', /does not have five or six fields/],
    ['2026-05-05T00:00:00', /not a cron expression/],
    ['0 0 * * * '.repeat(50), /not a cron expression/],
    ['@reboot', /not supported/],
    ['0 0 * foo *', /illegal characters/],
  ]
  for (const [expression, why] of refused) {
    const parsed = parseSchedule(expression, 'UTC')
    assert.ok(!parsed.ok, expression)
    assert.match(parsed.message, why)
    assert.match(parsed.message, /such as "30 2 \* \* 1-5"/)
    assert.doesNotMatch(parsed.message, /Cron\w*:/)
  }
})

test('an unknown time zone is refused, and so is none: the machine has no say', () => {
  for (const timezone of ['Mars/Olympus', '', 'Europe']) {
    const parsed = parseSchedule('0 0 * * *', timezone)
    assert.ok(!parsed.ok, timezone)
    assert.match(parsed.message, /Unknown time zone .* such as "Europe\/Berlin"/)
  }
})

test('a parsed schedule is kept, and only so many are', () => {
  const first = schedule('7 7 * * *', 'UTC')
  assert.equal(schedule('7 7 * * *', 'UTC'), first)
  assert.notEqual(schedule('7 7 * * *', 'Asia/Tokyo'), first)
  for (let minute = 0; minute < 60; minute++) schedule(`${minute} 1 * * *`, 'UTC')
  for (let minute = 0; minute < 60; minute++) schedule(`${minute} 2 * * *`, 'UTC')
  assert.notEqual(schedule('7 7 * * *', 'UTC'), first)
})

test('a year, a leap day, a fifth Monday and a last day are found', () => {
  assert.deepEqual(occurrences('0 4 1 1 *', 'UTC', '2026-03-01T00:00Z', 2), ['2027-01-01T04:00', '2028-01-01T04:00'])
  assert.deepEqual(occurrences('0 0 29 2 *', 'UTC', '2097-01-01T00:00Z', 1), ['2104-02-29T00:00'])
  assert.deepEqual(occurrences('0 9 * * MON#5', 'UTC', '2026-03-01T00:00Z', 1), ['2026-03-30T09:00'])
  assert.deepEqual(occurrences('0 0 L * *', 'UTC', '2028-02-01T00:00Z', 1), ['2028-02-29T00:00'])
})

test('a fixed time inside a gap comes right after the gap', () => {
  assert.deepEqual(occurrences('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2), [
    '2026-03-29T01:00',
    '2026-03-30T00:30',
  ])
  assert.deepEqual(occurrences('30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', 2), [
    '2026-03-08T07:00',
    '2026-03-09T06:30',
  ])
  assert.deepEqual(occurrences('15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T16:00Z', 2), [
    '2026-10-03T15:30',
    '2026-10-04T15:15',
  ])
  assert.deepEqual(occurrences('30 0 * * *', 'Africa/Cairo', '2026-04-22T23:00Z', 2), [
    '2026-04-23T22:00',
    '2026-04-24T21:30',
  ])
  assert.deepEqual(occurrences('0 0 * * *', 'Africa/Cairo', '2026-04-22T23:00Z', 2), [
    '2026-04-23T22:00',
    '2026-04-24T21:00',
  ])
})

test('a fixed time that occurs twice comes once', () => {
  assert.deepEqual(occurrences('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2), [
    '2026-10-25T00:30',
    '2026-10-26T01:30',
  ])
  assert.deepEqual(occurrences('30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', 2), [
    '2026-11-01T05:30',
    '2026-11-02T06:30',
  ])
  assert.deepEqual(occurrences('45 1 * * *', 'Australia/Lord_Howe', '2026-04-03T15:00Z', 2), [
    '2026-04-04T14:45',
    '2026-04-05T15:15',
  ])
  assert.deepEqual(occurrences('30 23 * * *', 'Africa/Cairo', '2026-10-29T12:00Z', 2), [
    '2026-10-29T20:30',
    '2026-10-30T21:30',
  ])
})

test('a list of fixed hours is a fixed time too', () => {
  assert.deepEqual(occurrences('30 2,14 * * *', 'Europe/Berlin', '2026-03-28T14:00Z', 2), [
    '2026-03-29T01:00',
    '2026-03-29T12:30',
  ])
  assert.deepEqual(occurrences('30 2,14 * * *', 'Europe/Berlin', '2026-10-24T14:00Z', 2), [
    '2026-10-25T00:30',
    '2026-10-25T13:30',
  ])
})

test('a wildcard runs by real time over both changes', () => {
  const changes: [timezone: string, from: string][] = [
    ['Europe/Berlin', '2026-03-29T00:00Z'],
    ['Europe/Berlin', '2026-10-24T23:00Z'],
    ['America/New_York', '2026-03-08T06:00Z'],
    ['America/New_York', '2026-11-01T04:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T14:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T13:00Z'],
    ['Africa/Cairo', '2026-04-23T21:00Z'],
    ['Africa/Cairo', '2026-10-29T19:00Z'],
  ]
  for (const [timezone, from] of changes) {
    const startMs = Date.parse(from)
    const expected = Array.from({ length: 20 }, (_, index) =>
      new Date(startMs + (index + 1) * 900_000).toISOString().slice(0, 16),
    )
    assert.deepEqual(occurrences('*/15 * * * *', timezone, from, 20), expected, timezone)
  }
  assert.deepEqual(occurrences('0 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', 3), [
    '2026-10-25T00:00',
    '2026-10-25T01:00',
    '2026-10-25T02:00',
  ])
})

const EXPRESSIONS = [
  ...['* * * * *', '*/15 * * * *', '0 * * * *', '30 1 * * *', '30 2 * * *', '0 0 * * *', '59 23 * * *', '0 4 1 1 *'],
  ...['0 0 29 2 *', '0 12 * * MON-FRI', '15 2,14 * * SUN', '*/7 2 * * *', '30 0-3 * * *', '0 0 L * *', '0 9 * * 1#1'],
  ...['0 0 1,15 * 5', '*/20 * * * * *', '30 59 1 * * *', '0 */5 * * *', '10 3 31 * *'],
]
const ZONES = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC', 'Asia/Kolkata'],
  ...['America/St_Johns', 'Pacific/Auckland', 'Pacific/Apia', 'America/Sao_Paulo'],
]

function assertIncreasing(expression: string, timezone: string, count: number): void {
  const parsed = schedule(expression, timezone)
  let atMs = Date.parse('2011-12-01T00:00:00Z')
  const endMs = Date.parse('2990-01-01T00:00:00Z')
  for (let index = 0; index < count && atMs < endMs; index++) {
    const nextMs = nextOccurrence(parsed, atMs)
    if (nextMs === null || nextMs <= atMs)
      assert.fail(`${expression} in ${timezone} after ${new Date(atMs).toISOString()}`)
    atMs = nextMs
  }
}

test('times rise without end or hang: 20 expressions by 10 zones, 1,000 of each expression in one zone', () => {
  for (const [index, expression] of EXPRESSIONS.entries()) {
    for (const timezone of ZONES) assertIncreasing(expression, timezone, 60)
    assertIncreasing(expression, ZONES[index % ZONES.length] ?? 'UTC', 1_000)
  }
})

test('what was asked before changes no answer, also around a change of the clocks', () => {
  const aroundMs = ['2026-03-29T00:00Z', '2026-10-25T00:00Z', '2026-04-04T14:00Z', '2026-03-08T06:00Z'].map(Date.parse)
  const question = fc.record({
    expression: fc.constantFrom(...EXPRESSIONS),
    timezone: fc.constantFrom(...ZONES),
    fromMs: fc.constantFrom(...aroundMs),
    asksMs: fc.array(fc.integer({ min: -4 * 3_600_000, max: 8 * 3_600_000 }), { minLength: 2, maxLength: 12 }),
  })
  fc.assert(
    fc.property(question, ({ expression, timezone, fromMs, asksMs }) => {
      const asked = schedule(expression, timezone)
      for (const askMs of asksMs) {
        const unasked = { ...asked, known: [] }
        assert.equal(nextOccurrence(asked, fromMs + askMs), nextOccurrence(unasked, fromMs + askMs))
      }
    }),
    { numRuns: 300 },
  )
})

test('the clock of the machine is not read: the same question gets the same answer at any time', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2999-01-01T00:00:00Z') })
  assert.deepEqual(occurrences('13 2 * * *', 'Europe/Berlin', '2026-05-05T00:00Z', 1), ['2026-05-05T00:13'])
})
