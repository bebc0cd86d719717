/** A number as JSON wrote it, where a double would lose digits: nineteen-digit ids, say. */
export class ExactNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

interface Decimal {
  sign: -1 | 0 | 1
  /** Significant digits, without zeros at either end. */
  digits: string
  /** Places before the point when written as 0.digits × 10^exponent. */
  exponent: number
}

const SYNTAX = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/
const EXACT_DIGITS = 15

/** A number of a JSON text: a double where that is exact, else its digits. */
export function readNumber(literal: string): number | ExactNumber {
  const double = Number(literal)
  if (literal.length <= EXACT_DIGITS && Number.isFinite(double) && (double !== 0 || !/[1-9]/.test(literal)))
    return double
  return compareNumbers(double, new ExactNumber(literal)) === 0 ? double : new ExactNumber(literal)
}

/** The number that a text is; null when it is none by JSON's syntax (RFC 8259, section 6, and leading zeros). */
export function numberOf(text: string): number | ExactNumber | null {
  return SYNTAX.test(text) ? readNumber(text) : null
}

/** Compares without rounding: below 0, 0 or above 0. A double counts as its shortest decimal. */
export function compareNumbers(a: number | ExactNumber, b: number | ExactNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  const left = decimal(a)
  const right = decimal(b)
  if (left === null || right === null) return Number.NaN
  if (left.sign !== right.sign) return left.sign - right.sign
  if (left.exponent !== right.exponent) return left.exponent < right.exponent ? -left.sign : left.sign
  return left.digits === right.digits ? 0 : left.digits < right.digits ? -left.sign : left.sign
}

function decimal(value: number | ExactNumber): Decimal | null {
  const parts = SYNTAX.exec(typeof value === 'number' ? String(value) : value.text)
  if (parts === null) return typeof value === 'number' ? endless(value) : null
  const [, minus, whole = '', fraction = '', power = '0'] = parts
  const all = whole + fraction
  let start = 0
  let end = all.length
  while (all[start] === '0') start++
  while (end > start && all[end - 1] === '0') end--
  if (start === end) return { sign: 0, digits: '', exponent: 0 }
  return {
    sign: minus === '-' ? -1 : 1,
    digits: all.slice(start, end),
    exponent: Number(power) + whole.length - start,
  }
}

/** An infinite double is above every number that JSON can write. */
function endless(value: number): Decimal | null {
  return Number.isNaN(value) ? null : { sign: value < 0 ? -1 : 1, digits: '1', exponent: Number.POSITIVE_INFINITY }
}
