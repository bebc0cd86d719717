import { locale } from './locale.ts'
import { NOTHING } from './numbers.ts'

const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

export function exactTime(iso: string): string {
  return exact.format(new Date(iso))
}

export function date(iso: string): string {
  return day.format(new Date(iso))
}

/** Such as `3 min. ago`, as seen from `nowMs`. */
export function timeAgo(iso: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(iso) - nowMs) / 1000)
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1]
  return relative.format(Math.trunc(seconds / size), unit)
}

/** A length of time in its two largest units, such as `2h 5m`. */
export function duration(seconds: number | null): string {
  if (seconds === null) return NOTHING
  const parts: string[] = []
  let rest = Math.max(0, Math.round(seconds))
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || (unit === 'second' && parts.length === 0)) parts.push(withUnit(count, unit))
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

function withUnit(count: number, unit: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(count)
}
