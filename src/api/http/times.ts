/** ISO 8601 in UTC to the second; null stays null. */
export function isoSeconds(ms: number): string
export function isoSeconds(ms: number | null): string | null
export function isoSeconds(ms: number | null): string | null {
  if (ms === null) return null
  const second = Math.floor(ms / 1_000)
  const ofDay = second - Math.floor(second / DAY_S) * DAY_S
  const minute = Math.floor(ofDay / 60)
  return `${dayText((second - ofDay) * 1_000)}T${TWO[Math.floor(minute / 60)]}:${TWO[minute % 60]}:${TWO[ofDay % 60]}Z`
}

const DAY_S = 86_400
const DAYS_MAX = 1_000
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))
/** Every answer tells several times, most of them of a few days. */
const knownDays = new Map<number, string>()

function dayText(ms: number): string {
  let text = knownDays.get(ms)
  if (text === undefined) {
    text = new Date(ms).toISOString().slice(0, 10)
    if (knownDays.size >= DAYS_MAX) knownDays.clear()
    knownDays.set(ms, text)
  }
  return text
}

/** ISO 8601 in UTC with milliseconds, for check results. */
export function isoMillis(ms: number): string {
  return new Date(ms).toISOString()
}

const ISO = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/

/** Wall ms of an ISO 8601 time (UTC unless it says otherwise) or of Unix seconds; null when it is neither. */
export function parseTime(text: string): number | null {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000
  // A `+` of an offset arrives as a blank where the caller did not encode it.
  const repaired = text.replace(/ (\d\d:?\d\d)$/, (all, offset: string) => (text.includes('T') ? `+${offset}` : all))
  if (!ISO.test(repaired) || !isDay(repaired.slice(0, 10))) return null
  const zoned = repaired.length <= 10 || /(Z|[+-]\d\d:?\d\d)$/.test(repaired) ? repaired : `${repaired}Z`
  const ms = Date.parse(zoned.replace(' ', 'T'))
  return Number.isNaN(ms) ? null : ms
}

/** Whether the calendar has this day: a parser makes 2 March of 30 February. */
function isDay(text: string): boolean {
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}
