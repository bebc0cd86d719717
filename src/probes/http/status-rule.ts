/** Which status codes are good. */
export interface StatusRule {
  /** As the user gave it. */
  text: string
  ranges: readonly (readonly [from: number, to: number])[]
}

export const DEFAULT_EXPECTED_STATUS = '200-299'
export const ANY_STATUS = '100-999'

/** Numbers and ranges of numbers, with commas. */
export const STATUS_RULE_PATTERN = '^ *[1-9][0-9]{2}( *- *[1-9][0-9]{2})?( *, *[1-9][0-9]{2}( *- *[1-9][0-9]{2})?)* *$'
const SYNTAX = new RegExp(STATUS_RULE_PATTERN)

/** Reads `expectedStatusCode`. Returns the rule, or a sentence that says what is wrong. */
export function readStatusRule(given: number | string): StatusRule | string {
  const text = String(given).trim()
  if (!SYNTAX.test(text)) return `expected a status code, or a list such as "200-299,301", got ${JSON.stringify(text)}`
  const ranges: [number, number][] = []
  for (const part of text.split(',')) {
    const [from = 0, to = from] = part.split('-').map(Number)
    if (from > to) return `the range ${part.trim()} is empty: its end is below its start`
    ranges.push([from, to])
  }
  return { text, ranges }
}

export function accepts({ ranges }: StatusRule, statusCode: number): boolean {
  for (const [from, to] of ranges) if (statusCode >= from && statusCode <= to) return true
  return false
}
