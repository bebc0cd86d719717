/** Monday first, as ISO 8601 counts. */
export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** On which days something happens again, on the calendar of its own zone. */
export type RecurrenceRule =
  | { frequency: 'daily'; interval: number }
  /** Weeks begin on Monday; with an interval they are counted from the week of the start. */
  | { frequency: 'weekly'; interval: number; weekdays: readonly Weekday[] }
  /** A day of the month; -1 is its last one. A month without that day is left out. */
  | { frequency: 'monthly'; interval: number; dayOfMonth: number }
  /** The first to fifth such weekday of the month; -1 is its last one. A month without a fifth is left out. */
  | { frequency: 'monthly'; interval: number; weekOfMonth: number; weekday: Weekday }

/** `until`: no occurrence starts later, wall ms. `count`: so many in all. At most one of them is set. */
export type Recurrence = RecurrenceRule & { untilMs: number | null; count: number | null }

/** A calendar day as a number: days since 1970-01-01. */
export type Day = number

const DAY_MS = 86_400_000

/**
 * So many months are tried before a day is taken for one that never comes: a fifth weekday of February comes every 40
 * years at worst, and 30 February never.
 */
const MONTHS_TRIED = 60

/** The day of a date; months from 1 to 12. */
export function dayOf(year: number, month: number, date: number): Day {
  return Math.floor(Date.UTC(year, month - 1, date) / DAY_MS)
}

/** The first day of a rule on or after `day`, never before `start`, where it begins; null when none comes. */
export function dayOnOrAfter(rule: RecurrenceRule, start: Day, day: Day): Day | null {
  const from = Math.max(start, day)
  if (rule.frequency === 'daily') return start + Math.ceil((from - start) / rule.interval) * rule.interval
  if (rule.frequency === 'weekly') return weeklyFrom(rule, start, from)
  const first = monthsOf(start)
  const step = Math.max(0, Math.ceil((monthsOf(from) - first) / rule.interval))
  for (let tried = step; tried < step + MONTHS_TRIED; tried++) {
    const found = dayInMonth(rule, first + tried * rule.interval)
    if (found !== null && found >= from) return found
  }
  return null
}

/** The last day of a rule on or before `day`, never before `start`; null when there is none. */
export function dayOnOrBefore(rule: RecurrenceRule, start: Day, day: Day): Day | null {
  if (day < start) return null
  if (rule.frequency === 'daily') return start + Math.floor((day - start) / rule.interval) * rule.interval
  if (rule.frequency === 'weekly') return weeklyUntil(rule, start, day)
  const first = monthsOf(start)
  const step = Math.floor((monthsOf(day) - first) / rule.interval)
  for (let tried = step; tried >= Math.max(0, step - MONTHS_TRIED); tried--) {
    const found = dayInMonth(rule, first + tried * rule.interval)
    if (found !== null && found <= day) return found >= start ? found : null
  }
  return null
}

/** The shortest time from one day of a rule to the next, in days. */
export function shortestGap(rule: RecurrenceRule): number {
  if (rule.frequency === 'daily') return rule.interval
  if (rule.frequency === 'monthly') return 28 * rule.interval
  const days = weekdayNumbers(rule.weekdays)
  const around = (days[0] ?? 0) + 7 * rule.interval - (days.at(-1) ?? 0)
  return days.reduce(
    (least, day, index) => (index === 0 ? least : Math.min(least, day - (days[index - 1] ?? 0))),
    around,
  )
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7
}

type Weekly = Extract<RecurrenceRule, { frequency: 'weekly' }>
type Monthly = Extract<RecurrenceRule, { frequency: 'monthly' }>

function weeklyFrom({ interval, weekdays }: Weekly, start: Day, from: Day): Day | null {
  const monday = start - weekdayOf(start)
  const week = Math.floor((from - monday) / 7)
  const firstWeek = Math.ceil(week / interval) * interval
  for (const each of [firstWeek, firstWeek + interval]) {
    for (const weekday of weekdayNumbers(weekdays)) {
      const day = monday + 7 * each + weekday
      if (day >= from) return day
    }
  }
  return null
}

function weeklyUntil({ interval, weekdays }: Weekly, start: Day, until: Day): Day | null {
  const monday = start - weekdayOf(start)
  const lastWeek = Math.floor((until - monday) / 7 / interval) * interval
  for (const each of [lastWeek, lastWeek - interval]) {
    for (const weekday of weekdayNumbers(weekdays).reverse()) {
      const day = monday + 7 * each + weekday
      if (day <= until) return day >= start ? day : null
    }
  }
  return null
}

/** Months since January of the year 0. */
function monthsOf(day: Day): number {
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function dayInMonth(rule: Monthly, months: number): Day | null {
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1]
  const first = dayOf(year, month, 1)
  const length = dayOf(year, month + 1, 1) - first
  if ('dayOfMonth' in rule) {
    if (rule.dayOfMonth < 0) return first + length - 1
    return rule.dayOfMonth > length ? null : first + rule.dayOfMonth - 1
  }
  const weekday = WEEKDAYS.indexOf(rule.weekday)
  const firstSuch = (weekday - weekdayOf(first) + 7) % 7
  const lastSuch = firstSuch + 7 * Math.floor((length - 1 - firstSuch) / 7)
  const offset = rule.weekOfMonth < 0 ? lastSuch : firstSuch + 7 * (rule.weekOfMonth - 1)
  return offset >= length ? null : first + offset
}

function weekdayNumbers(weekdays: readonly Weekday[]): number[] {
  return weekdays.map((weekday) => WEEKDAYS.indexOf(weekday)).sort((a, b) => a - b)
}
