import type { ExactJson } from './exact-json.ts'
import { compareNumbers, ExactNumber } from './exact-number.ts'
import type { Work } from './work.ts'

/** Whether two values are the same: types count, the order of members does not. Nesting costs no stack. */
export function jsonEqual(a: ExactJson, b: ExactJson, work: Work): boolean {
  const pairs: [ExactJson, ExactJson][] = [[a, b]]
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    work.spend(1)
    if (!samePlace(pair[0], pair[1], pairs)) return false
  }
  return true
}

/** Whether the values themselves fit; what they hold is added to `pairs`. */
function samePlace(a: ExactJson, b: ExactJson, pairs: [ExactJson, ExactJson][]): boolean {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0
  if (a === b) return true
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    a.forEach((item, at) => {
      pairs.push([item, b[at] ?? null])
    })
    return true
  }
  if (!isMembers(a) || !isMembers(b)) return false
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  for (const name of names) {
    if (!Object.hasOwn(b, name)) return false
    pairs.push([a[name] ?? null, b[name] ?? null])
  }
  return true
}

export function isNumber(value: ExactJson): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber
}

export function isMembers(value: ExactJson): value is { [name: string]: ExactJson } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
}
