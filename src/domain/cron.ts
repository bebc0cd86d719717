import { Cron } from 'croner'

/** A cron expression in a time zone, known to be valid and to have a next occurrence. */
export interface CronSchedule {
  readonly expression: string
  readonly timezone: string
  readonly cron: Cron
  /** What the last searches found, newest first. */
  readonly known: Gap[]
}

/** A time without an occurrence: `nextMs` is the first one after `fromMs`. */
interface Gap {
  fromMs: number
  nextMs: number
}

export type ParsedSchedule = { ok: true; schedule: CronSchedule } | { ok: false; message: string }

const EXPRESSION_MAX = 200
/** A parsed pattern weighs about 80 KB in croner, so only so many are kept. */
const CACHE_MAX = 100
/** Who asks about a signal asks for the occurrence after it and for the one before that. */
const KNOWN_MAX = 2
/** Where the search for a first occurrence starts: any fixed moment will do, as every pattern recurs. */
const PROBE_FROM = Date.UTC(2000, 0, 1)
const EXAMPLE = 'Use five or six fields, such as "30 2 * * 1-5" (02:30 from Monday to Friday)'

const cache = new Map<string, CronSchedule>()

/**
 * Reads a cron expression of five fields, or six with seconds first; names (JAN, MON), `L`, `W`, `#` and `@daily` and
 * its like are known. With both day of month and day of week given, either matches, as in cron. `timezone` is an IANA name.
 *
 * Daylight saving follows Vixie cron: a job whose hour and minute are plain numbers, lists or ranges runs right after a
 * gap that swallowed its time, and once when its time occurs twice; with `*` or a step it runs by real time.
 */
export function parseSchedule(expression: string, timezone: string): ParsedSchedule {
  const key = `${timezone}\n${expression}`
  const known = cache.get(key)
  if (known !== undefined) return { ok: true, schedule: known }
  if (!isTimeZone(timezone)) {
    return { ok: false, message: `Unknown time zone "${timezone}". Use an IANA name, such as "Europe/Berlin"` }
  }
  const parsed = parse(expression, timezone)
  if (parsed.ok) remember(key, parsed.schedule)
  return parsed
}

/** The first occurrence strictly after `afterMs`, wall ms; null when there is none before the year 3000. */
export function nextOccurrence(schedule: CronSchedule, afterMs: number): number | null {
  const { cron, known } = schedule
  // Jobs that share a schedule ask for the same occurrence again and again, and a search takes some 50 µs.
  for (const { fromMs, nextMs } of known) if (afterMs >= fromMs && afterMs < nextMs) return nextMs
  const nextMs = cron.nextRun(new Date(afterMs))?.getTime() ?? null
  if (nextMs === null) return null
  const same = known.find((gap) => gap.nextMs === nextMs)
  if (same !== undefined) same.fromMs = afterMs
  else {
    known.unshift({ fromMs: afterMs, nextMs })
    if (known.length > KNOWN_MAX) known.pop()
  }
  return nextMs
}

function parse(expression: string, timezone: string): ParsedSchedule {
  // croner reads text with a colon as one fixed date.
  if (expression.length > EXPRESSION_MAX || expression.includes(':'))
    return refuse(expression, 'it is not a cron expression')
  try {
    const options = { timezone, paused: true, mode: '5-or-6-parts', fixedTimeRule: 'no-wildcard' } as const
    const cron = new Cron(expression, options)
    const schedule = { expression, timezone, cron, known: [] }
    if (nextOccurrence(schedule, PROBE_FROM) === null) return refuse(expression, 'no date ever matches it')
    return { ok: true, schedule }
  } catch (error) {
    return refuse(expression, error instanceof Error ? reason(error) : 'it is not a cron expression')
  }
}

function refuse(expression: string, why: string): ParsedSchedule {
  const shown = expression.length > 60 ? `${expression.slice(0, 60)}…` : expression
  return { ok: false, message: `Invalid schedule "${shown}": ${why}. ${EXAMPLE}` }
}

/** croner's own words without its class names; the count of fields is ours to explain. */
function reason(error: Error): string {
  if (/parts/.test(error.message)) return 'it does not have five or six fields'
  return error.message.replace(/^Cron\w*: /, '').replace(/\.$/, '')
}

/** Whether this is an IANA time zone. */
export function isTimeZone(timezone: string): boolean {
  if (timezone === '') return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
    // A few legacy names are known to the one and not to the other.
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone)
    return true
  } catch {
    return false
  }
}

function remember(key: string, schedule: CronSchedule): void {
  if (cache.size >= CACHE_MAX) {
    const oldest = cache.keys().next()
    if (!oldest.done) cache.delete(oldest.value)
  }
  cache.set(key, schedule)
}
