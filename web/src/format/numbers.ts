import { locale } from './locale.ts'

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const percent = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, minimumFractionDigits: 0 })
const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })

/** What stands for a figure of which nothing is known. */
export const NOTHING = '–'

export function number(value: number): string {
  return whole.format(value)
}

/** Such as `99.95 %`; cut off, not rounded, so that only what never failed is 100 %. */
export function percentage(value: number | null): string {
  return value === null ? NOTHING : `${percent.format(Math.floor(value * 1000) / 1000)} %`
}

/** Such as `128 ms`, `2.4 s`. */
export function milliseconds(value: number | null): string {
  if (value === null) return NOTHING
  if (value >= 10_000) return `${fine.format(value / 1000)} s`
  return `${value < 10 ? fine.format(value) : whole.format(value)} ms`
}
