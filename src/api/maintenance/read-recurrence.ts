import type { Static } from 'typebox'
import { type Recurrence, type RecurrenceRule, WEEKDAYS, type Weekday } from '#domain'
import type { Problem } from '../errors.ts'
import { isPlainDate, readMoment } from '../zoned-time.ts'
import type { ChangedMaintenanceWindow } from './bodies.ts'

type Given = Exclude<Static<typeof ChangedMaintenanceWindow>['recurrence'], undefined>
type GivenRule = Exclude<Given, string | null>

/** What a kind of recurrence takes beside what all take. */
const OWN_FIELDS = { daily: [], weekly: ['weekdays'], monthly: ['dayOfMonth', 'weekOfMonth', 'weekday'] } as const
const INTERVAL_MAX = { daily: 366, weekly: 52, monthly: 24 } as const
const DAY_MS = 86_400_000

/** Reads a recurrence; what it does not say follows from the start. Null: once, or there are problems. */
export function readRecurrence(
  given: Given,
  { startsAtMs, timezone }: { startsAtMs: number; timezone: string },
  problems: Problem[],
): Recurrence | null {
  if (given === null || given === 'none') return null
  const rule = typeof given === 'string' ? { frequency: given } : given
  const before = problems.length
  const note = (field: string, message: string) => problems.push({ path: `recurrence.${field}`, message })
  refuseOthersFields(rule, note)
  const interval = rule.interval ?? 1
  const most = INTERVAL_MAX[rule.frequency]
  if (interval > most)
    note('interval', `expected a whole number from 1 to ${most} for ${rule.frequency}, got ${interval}`)
  if (rule.count != null && rule.until != null) note('count', 'says another end than until; send one of them')
  const untilMs = rule.until == null ? null : readUntil(rule.until, timezone)
  if (rule.until != null && untilMs === null) note('until', 'expected a date or a time such as 2025-12-31')
  const start = Temporal.Instant.fromEpochMilliseconds(startsAtMs).toZonedDateTimeISO(timezone)
  const days = daysOf(rule, interval, start, note)
  if (problems.length > before || days === null) return null
  return { ...days, untilMs, count: rule.count ?? null }
}

function daysOf(
  rule: GivenRule,
  interval: number,
  start: Temporal.ZonedDateTime,
  note: (field: string, message: string) => void,
): RecurrenceRule | null {
  const startWeekday = WEEKDAYS[start.dayOfWeek - 1] ?? 'MON'
  switch (rule.frequency) {
    case 'daily':
      return { frequency: 'daily', interval }
    case 'weekly':
      return { frequency: 'weekly', interval, weekdays: inOrder(rule.weekdays ?? [startWeekday]) }
    case 'monthly': {
      const { dayOfMonth, weekOfMonth, weekday } = rule
      if (dayOfMonth === 0) note('dayOfMonth', 'expected 1 to 31, or -1 for the last day, got 0')
      if (weekOfMonth === 0) note('weekOfMonth', 'expected 1 to 5, or -1 for the last one, got 0')
      if (weekOfMonth == null && weekday == null)
        return { frequency: 'monthly', interval, dayOfMonth: dayOfMonth ?? start.day }
      if (dayOfMonth != null) note('dayOfMonth', 'says another day than weekOfMonth and weekday; send one or the other')
      if (weekOfMonth == null) note('weekOfMonth', 'is needed with weekday: 1 to 5, or -1 for the last one')
      return { frequency: 'monthly', interval, weekOfMonth: weekOfMonth ?? 1, weekday: weekday ?? startWeekday }
    }
  }
}

function refuseOthersFields(rule: GivenRule, note: (field: string, message: string) => void): void {
  for (const [frequency, fields] of Object.entries(OWN_FIELDS)) {
    if (frequency === rule.frequency) continue
    for (const field of fields) {
      if (rule[field] != null) note(field, `is for ${frequency} windows; this one is ${rule.frequency}`)
    }
  }
}

/** A date counts to its last second. */
function readUntil(text: string, timezone: string): number | null {
  const ms = readMoment(text, timezone)
  if (ms === null || !isPlainDate(text)) return ms
  const nextDay = readMoment(new Date(Date.parse(text) + DAY_MS).toISOString().slice(0, 10), timezone)
  return nextDay === null ? null : nextDay - 1_000
}

function inOrder(weekdays: readonly Weekday[]): Weekday[] {
  return WEEKDAYS.filter((weekday) => weekdays.includes(weekday))
}
