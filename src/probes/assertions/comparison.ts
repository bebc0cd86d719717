import type { ComparisonName } from './assertion.ts'
import type { ExactJson } from './exact-json.ts'
import { compareNumbers, type ExactNumber, numberOf } from './exact-number.ts'
import { isMembers, isNumber, jsonEqual } from './json-equal.ts'
import type { LinearPattern } from './linear-pattern.ts'
import { show, typeName } from './show.ts'
import type { Work } from './work.ts'

/** What a value is held against. */
export interface Comparison {
  name: ComparisonName
  target: ExactJson
  /** Of `matches`. */
  pattern: LinearPattern | null
}

/**
 * Holds a value that is there against a comparison. Returns null when it is as expected, else `expected …, got …`.
 * Throws `TooMuchWorkError`.
 */
export function compareValue(comparison: Comparison, value: ExactJson, work: Work): string | null {
  const { name, target } = comparison
  switch (name) {
    case 'exists':
      return null
    case 'not_exists':
      return `expected nothing there, got ${show(value)}`
    case 'equals':
      return same(value, target, work) ? null : unequal(target, value)
    case 'not_equals':
      return same(value, target, work) ? `expected anything but ${show(target)}, got it` : null
    case 'contains':
    case 'not_contains':
      return containing(name === 'contains', value, target, work)
    case 'is_empty':
      return isEmpty(value) ? null : `expected it to be empty, got ${show(value)}`
    case 'is_not_empty':
      return isEmpty(value) ? `expected it not to be empty, got ${show(value)}` : null
    case 'matches':
      return matching(comparison.pattern, value, work)
    case 'gt':
    case 'lt':
      return ordered(name, value, target)
  }
}

/** What makes two texts or numbers the same; a text may stand for a number that JSON can't carry unrounded. */
function same(value: ExactJson, target: ExactJson, work: Work): boolean {
  if (jsonEqual(value, target, work)) return true
  if (typeof target !== 'string' || !isNumber(value) || isCarried(value)) return false
  const number = numberOf(target)
  return number !== null && compareNumbers(value, number) === 0
}

/** JSON's usual readers give it unrounded (RFC 8259, section 6). */
function isCarried(value: number | ExactNumber): boolean {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
}

function unequal(target: ExactJson, value: ExactJson): string {
  const [wanted, got] = [typeName(target), typeName(value)]
  if (wanted === got) return `expected ${show(target)}, got ${show(value)}`
  return `expected ${typed(target, wanted)}, got ${typed(value, got)}`
}

function typed(value: ExactJson, type: string): string {
  return value === null ? 'null' : `${show(value)} (${type})`
}

function containing(wanted: boolean, value: ExactJson, target: ExactJson, work: Work): string | null {
  const found = contains(value, target, work)
  if (found === null)
    return `expected a text, a list or an object to look into for ${show(target)}, got ${typed(value, typeName(value))}`
  if (found === wanted) return null
  return `expected it ${wanted ? '' : 'not '}to contain ${show(target)}, got ${show(value)}`
}

/** A text has a part, a list an equal item, an object a member of that name; null where nothing can be inside. */
function contains(value: ExactJson, target: ExactJson, work: Work): boolean | null {
  if (typeof value === 'string') return value.includes(typeof target === 'string' ? target : show(target))
  if (Array.isArray(value)) return value.some((item) => same(item, target, work))
  if (isMembers(value)) return typeof target === 'string' && Object.hasOwn(value, target)
  return null
}

function isEmpty(value: ExactJson): boolean {
  if (value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isMembers(value) && Object.keys(value).length === 0
}

function matching(pattern: LinearPattern | null, value: ExactJson, work: Work): string | null {
  const text = typeof value === 'string' ? value : show(value)
  if (pattern === null || (typeof value === 'object' && !isNumber(value)))
    return `expected a text that matches ${pattern?.source}, got ${typed(value, typeName(value))}`
  return pattern.test(text, work) ? null : `expected a match of ${pattern.source}, got ${show(value)}`
}

function ordered(name: 'gt' | 'lt', value: ExactJson, target: ExactJson): string | null {
  const wanted = `expected ${name === 'gt' ? 'more' : 'less'} than ${isNumber(target) ? show(target) : target}`
  if (!isNumber(value) || !isNumber(target)) return `${wanted}, got ${typed(value, typeName(value))}`
  const order = compareNumbers(value, target)
  return (name === 'gt' ? order > 0 : order < 0) ? null : `${wanted}, got ${show(value)}`
}
