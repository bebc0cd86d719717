import { type Day, dayOf, dayOnOrAfter, dayOnOrBefore, type Recurrence, shortestGap } from './recurrence.ts'

/** One time that something takes place, wall ms; the end is left out. */
export interface Occurrence {
  startsAtMs: number
  endsAtMs: number
}

/** What occurrences are worked out from. */
export interface Recurring {
  startsAtMs: number
  endsAtMs: number
  timezone: string
  recurrence: Recurrence | null
}

/** What is worked out once of something that recurs. */
interface Plan {
  recurrence: Recurrence
  timezone: string
  /** The day that the recurrence begins on, and what takes place then if it is one of its days. */
  start: Day
  first: Occurrence
  /** Wall times of day and days from start to end. */
  from: Temporal.PlainTime
  to: Temporal.PlainTime
  days: number
  lengthMs: number
  /** The last day of all. */
  last: Day
  /** So long that a change of the clocks may push its end over the next start. */
  isTight: boolean
}

const DAY_MS = 86_400_000
/** Zones have skipped up to a whole day. */
const CLOCKS_MOVE_MS = 26 * 3_600_000

const plans = new WeakMap<Recurring, Plan>()

/** The occurrence in which `atMs` lies; null when there is none. */
export function occurrenceAt(window: Recurring, atMs: number): Occurrence | null {
  const latest = latestOccurrence(window, atMs)
  return latest !== null && atMs < latest.endsAtMs ? latest : null
}

/** The last occurrence that began by `atMs`; null when none did. Takes the same time however long ago it all began. */
export function latestOccurrence(window: Recurring, atMs: number): Occurrence | null {
  const { startsAtMs, endsAtMs, recurrence } = window
  if (atMs < startsAtMs) return null
  if (recurrence === null) return { startsAtMs, endsAtMs }
  const plan = planOf(window, recurrence)
  let day = dayOnOrBefore(recurrence, plan.start, Math.min(plan.last, dayAt(atMs, plan.timezone) + 1))
  while (day !== null && startOf(plan, day) > atMs) day = dayOnOrBefore(recurrence, plan.start, day - 1)
  return day === null ? null : occurrenceOn(plan, day)
}

/** The first occurrence that begins after `afterMs`; null when none does. */
export function occurrenceAfter(window: Recurring, afterMs: number): Occurrence | null {
  const { startsAtMs, endsAtMs, recurrence } = window
  if (recurrence === null) return startsAtMs > afterMs ? { startsAtMs, endsAtMs } : null
  const plan = planOf(window, recurrence)
  const fromMs = Math.max(afterMs, startsAtMs - 1)
  let day = dayOnOrAfter(recurrence, plan.start, dayAt(fromMs, plan.timezone) - 1)
  while (day !== null && startOf(plan, day) <= fromMs) day = dayOnOrAfter(recurrence, plan.start, day + 1)
  return day === null || day > plan.last ? null : occurrenceOn(plan, day)
}

/** The occurrences that begin after `afterMs`, in order, at most `limit`. */
export function occurrencesAfter(window: Recurring, afterMs: number, limit: number): Occurrence[] {
  const found: Occurrence[] = []
  for (let next = occurrenceAfter(window, afterMs); next !== null && found.length < limit; ) {
    found.push(next)
    next = occurrenceAfter(window, next.startsAtMs)
  }
  return found
}

/** When the last occurrence ends, wall ms; null when there is always another one. */
export function lastEndMs(window: Recurring): number | null {
  const { endsAtMs, recurrence } = window
  if (recurrence === null) return endsAtMs
  const plan = planOf(window, recurrence)
  if (plan.last === Number.POSITIVE_INFINITY) return null
  const day = dayOnOrBefore(recurrence, plan.start, plan.last)
  return day === null ? endsAtMs : occurrenceOn(plan, day).endsAtMs
}

/** How long an occurrence is by the clocks on the wall, ms; 0 or less where they are set back in between. */
export function wallLengthMs({ startsAtMs, endsAtMs, timezone }: Omit<Recurring, 'recurrence'>): number {
  return wallMs(endsAtMs, timezone) - wallMs(startsAtMs, timezone)
}

/** Whether an occurrence would reach over the beginning of the next one. */
export function overlapsItself(window: Recurring): boolean {
  return window.recurrence !== null && wallLengthMs(window) > shortestGap(window.recurrence) * DAY_MS
}

function planOf(window: Recurring, recurrence: Recurrence): Plan {
  const known = plans.get(window)
  if (known !== undefined) return known
  const { timezone } = window
  const [from, to] = [localTime(window.startsAtMs, timezone), localTime(window.endsAtMs, timezone)]
  const start = dayOfDate(from)
  const lengthMs = wallLengthMs(window)
  const plan: Plan = {
    recurrence,
    timezone,
    start,
    first: { startsAtMs: window.startsAtMs, endsAtMs: window.endsAtMs },
    from: from.toPlainTime(),
    to: to.toPlainTime(),
    days: dayOfDate(to) - start,
    lengthMs,
    last: Number.POSITIVE_INFINITY,
    isTight: lengthMs + CLOCKS_MOVE_MS > shortestGap(recurrence) * DAY_MS,
  }
  plan.last = lastDay(plan)
  plans.set(window, plan)
  return plan
}

/** Counting is done once, on days alone. */
function lastDay(plan: Plan): Day {
  const { recurrence, start, timezone } = plan
  const { untilMs, count } = recurrence
  if (untilMs !== null) {
    const day = dayOnOrBefore(recurrence, start, dayAt(untilMs, timezone))
    if (day === null) return Number.NEGATIVE_INFINITY
    return startOf(plan, day) <= untilMs ? day : day - 1
  }
  if (count === null) return Number.POSITIVE_INFINITY
  let day = dayOnOrAfter(recurrence, start, start)
  for (let counted = 1; counted < count && day !== null; counted++) day = dayOnOrAfter(recurrence, start, day + 1)
  return day ?? Number.NEGATIVE_INFINITY
}

function occurrenceOn(plan: Plan, day: Day): Occurrence {
  const startsAtMs = startOf(plan, day)
  // Where the clocks skip all of it, it takes place after the gap.
  const endMs = endOf(plan, day)
  const endsAtMs = endMs > startsAtMs ? endMs : startsAtMs + plan.lengthMs
  if (!plan.isTight) return { startsAtMs, endsAtMs }
  const next = dayOnOrAfter(plan.recurrence, plan.start, day + 1)
  return { startsAtMs, endsAtMs: next === null ? endsAtMs : Math.min(endsAtMs, startOf(plan, next)) }
}

/** A time that the clocks skip is the first moment after the gap; one that they show twice is the first of the two. */
function startOf({ timezone, from, start, first }: Plan, day: Day): number {
  if (day === start) return first.startsAtMs
  const wall = dateOf(day).toPlainDateTime(from)
  const moment = wall.toZonedDateTime(timezone)
  if (moment.toPlainDateTime().equals(wall)) return moment.epochMilliseconds
  // A time at the very beginning of the gap falls on the change itself, which is not "previous" to it.
  const change = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  return change?.epochMilliseconds ?? moment.epochMilliseconds
}

/** A time that the clocks skip is as much later as they were moved; one that they show twice is the first of the two. */
function endOf({ timezone, to, days, start, first }: Plan, day: Day): number {
  if (day === start) return first.endsAtMs
  return dateOf(day + days)
    .toPlainDateTime(to)
    .toZonedDateTime(timezone).epochMilliseconds
}

function localTime(atMs: number, timezone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timezone).toPlainDateTime()
}

/** What the clocks show, as if it were UTC: a number to reckon with. */
function wallMs(atMs: number, timezone: string): number {
  return localTime(atMs, timezone).toZonedDateTime('UTC').epochMilliseconds
}

function dayAt(atMs: number, timezone: string): Day {
  return dayOfDate(localTime(atMs, timezone))
}

function dayOfDate({ year, month, day }: Temporal.PlainDateTime): Day {
  return dayOf(year, month, day)
}

function dateOf(day: Day): Temporal.PlainDate {
  const date = new Date(day * DAY_MS)
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}
