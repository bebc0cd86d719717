import type { RunningSpan } from './change-span.ts'
import type { SpanStatus } from './span.ts'
import { type EndedSpan, type Measured, measured, type TimeByStatus, timesBetween, uptimePercent } from './uptime.ts'

/** One calendar day of a zone, as a status page draws it. */
export interface DayBar {
  /** `YYYY-MM-DD` in the zone. */
  date: string
  /**
   * The worst of DOWN, DEGRADED and UP that happened at all; where none did, why: MAINTENANCE, PAUSED, UNKNOWN, or
   * NO_DATA where no span reaches.
   */
  status: SpanStatus | 'NO_DATA'
  /** Percent of the known time; null when nothing is known. */
  uptime: number | null
  measured: Measured
}

const BY_WEIGHT: readonly SpanStatus[] = ['DOWN', 'DEGRADED', 'UP', 'MAINTENANCE', 'PAUSED', 'UNKNOWN']

/** Days of a zone, oldest first: each one's date and its first moment, with the end of the last behind them. */
export interface DayCalendar {
  dates: string[]
  boundariesMs: number[]
}

/** Draws each day of a calendar. */
export function dayBars(
  spans: readonly EndedSpan[],
  running: RunningSpan | null,
  { dates, boundariesMs }: DayCalendar,
): DayBar[] {
  return timesBetween(spans, running, boundariesMs).map((time, index) => {
    const day = measured(time, (boundariesMs[index + 1] ?? 0) - (boundariesMs[index] ?? 0))
    return { date: dates[index] ?? '', status: statusOf(time), uptime: uptimePercent(day), measured: day }
  })
}

/**
 * How many of the ranges touch each day of a calendar. A range without an end still runs; one without any length is
 * counted on the day that it began.
 */
export function touchesByDay(
  ranges: readonly { fromMs: number; toMs: number | null }[],
  { dates, boundariesMs }: DayCalendar,
): number[] {
  return dates.map((_, index) => {
    const startMs = boundariesMs[index] ?? 0
    const endMs = boundariesMs[index + 1] ?? 0
    const touches = ({ fromMs, toMs }: { fromMs: number; toMs: number | null }) =>
      fromMs < endMs && (fromMs >= startMs || toMs === null || toMs > startMs)
    return ranges.filter(touches).length
  })
}

/**
 * The last `days` days of a zone; the last is today there and ends at `nowMs`. A day is from midnight to midnight on that
 * zone's clocks, so it has 23 or 25 hours when they change. Throws RangeError for an unknown zone.
 */
export function dayCalendar({ timezone, days, nowMs }: { timezone: string; days: number; nowMs: number }): DayCalendar {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timezone).toPlainDate()
  const all = Array.from({ length: days }, (_, index) => today.subtract({ days: days - 1 - index }))
  return {
    dates: all.map((date) => date.toString()),
    boundariesMs: [...all.map((date) => date.toZonedDateTime(timezone).epochMilliseconds), nowMs],
  }
}

function statusOf(time: TimeByStatus): DayBar['status'] {
  return BY_WEIGHT.find((status) => time[status] > 0) ?? 'NO_DATA'
}
