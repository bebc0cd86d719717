/** First moments, wall ms. */
export interface CalendarStarts {
  todayMs: number
  /** Monday of this week. */
  weekMs: number
}

/** When today and this week began on a zone's clocks. Throws RangeError for an unknown zone. */
export function calendarStarts(nowMs: number, timezone: string): CalendarStarts {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timezone).toPlainDate()
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  return {
    todayMs: today.toZonedDateTime(timezone).epochMilliseconds,
    weekMs: monday.toZonedDateTime(timezone).epochMilliseconds,
  }
}
