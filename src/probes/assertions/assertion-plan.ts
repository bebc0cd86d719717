import type { Assertion, ComparisonName, Source } from './assertion.ts'
import type { Comparison } from './comparison.ts'
import type { ExactJson } from './exact-json.ts'
import { numberOf } from './exact-number.ts'
import { isMembers, isNumber } from './json-equal.ts'
import { LinearPattern, PatternError } from './linear-pattern.ts'
import { PathError, parsePath } from './parse-path.ts'
import type { JsonPath } from './path-syntax.ts'
import { cut, show } from './show.ts'

/** An assertion worked out once, so that a check only has to look and compare. */
export interface AssertionPlan {
  source: Source
  comparison: Comparison
  /** What it speaks of in sentences: `$.data.status`, `header content-type`, `status`. */
  subject: string
  /** Of `header`, in lower case. */
  header: string
  /** Of `json`. */
  path: JsonPath | null
}

/** One thing that is wrong with an assertion. */
export interface AssertionProblem {
  field: keyof Assertion
  message: string
}

const NUMBER_SOURCES: ReadonlySet<Source> = new Set(['status', 'responseTime', 'certificateDays'])
const TEXT_SOURCES: ReadonlySet<Source> = new Set(['header', 'body'])
const WITHOUT_TARGET: ReadonlySet<ComparisonName> = new Set(['exists', 'not_exists', 'is_empty', 'is_not_empty'])
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Works an assertion out. Returns everything that is wrong with it if it can't be. */
export function planAssertion(given: Assertion): AssertionPlan | AssertionProblem[] {
  const problems: AssertionProblem[] = []
  const attempt = <Result>(field: keyof Assertion, read: () => Result): Result | null => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof AssertionError || error instanceof PathError || error instanceof PatternError)) throw error
      problems.push({ field, message: error.message })
      return null
    }
  }
  const path = attempt('path', () => readPath(given))
  const target = attempt('target', () => readTarget(given))
  const pattern = attempt('target', () =>
    given.comparison === 'matches' && typeof target === 'string' ? new LinearPattern(target) : null,
  )
  if (problems.length > 0) return problems
  const header = given.source === 'header' ? (given.path ?? '').toLowerCase() : ''
  return {
    source: given.source,
    comparison: { name: given.comparison, target, pattern },
    subject: subjectOf(given),
    header,
    path,
  }
}

class AssertionError extends Error {}

function readPath({ source, path }: Assertion): JsonPath | null {
  if (source === 'json') {
    if (path === undefined || path === '') throw new AssertionError('is required for json, such as $.data.status')
    return explained(path)
  }
  if (source === 'header') {
    if (path === undefined || path === '') throw new AssertionError('is required for header, such as content-type')
    if (!TOKEN.test(path)) throw new AssertionError(`expected a header's name such as content-type, got ${show(path)}`)
  } else if (path !== undefined && path !== '') {
    throw new AssertionError(`${source} takes no path; json takes one such as $.data.status, header a header's name`)
  }
  return null
}

function explained(path: string): JsonPath {
  try {
    return parsePath(path)
  } catch (error) {
    if (!(error instanceof PathError)) throw error
    throw new AssertionError(
      `expected a JSONPath (RFC 9535) such as $.data.status, got ${show(path)}: ${cut(error.message, 200)}`,
    )
  }
}

function readTarget({ source, comparison, target }: Assertion): ExactJson {
  if (WITHOUT_TARGET.has(comparison)) {
    if (target !== undefined && target !== null && target !== '')
      throw new AssertionError(`${comparison} takes no target; equals does`)
    return null
  }
  if (target === undefined) throw new AssertionError(`is required for ${comparison}, such as ${exampleOf(comparison)}`)
  const given: ExactJson = target
  if (comparison === 'matches') return readExpression(source, given)
  if (comparison === 'gt' || comparison === 'lt') return readAmount(comparison, given)
  if (NUMBER_SOURCES.has(source)) {
    if (comparison === 'contains' || comparison === 'not_contains')
      throw new AssertionError(`${source} is a number, which contains nothing; use equals, gt, lt or matches`)
    return readAmount(source, given)
  }
  if (!TEXT_SOURCES.has(source)) return given
  if (Array.isArray(given) || isMembers(given) || given === null)
    throw new AssertionError(`${source} is text; expected a text such as "ok", got ${show(given)}`)
  return typeof given === 'string' ? given : show(given)
}

function readExpression(source: Source, target: ExactJson): string {
  if (source === 'status' && isNumber(target)) return show(target)
  if (typeof target === 'string') return target
  throw new AssertionError(`expected a regular expression such as ^ok$, got ${show(target)}`)
}

function readAmount(what: string, target: ExactJson): ExactJson {
  const amount = typeof target === 'string' ? numberOf(target.trim()) : target
  if (amount !== null && isNumber(amount)) return amount
  throw new AssertionError(`${what} compares numbers; expected one such as 200, got ${show(target)}`)
}

function exampleOf(comparison: ComparisonName): string {
  if (comparison === 'matches') return '^ok$'
  return comparison === 'gt' || comparison === 'lt' ? '200' : '"ok"'
}

function subjectOf({ source, path }: Assertion): string {
  switch (source) {
    case 'json':
      return cut(path ?? '', 200)
    case 'header':
      return `header ${cut(path ?? '', 200)}`
    case 'responseTime':
      return 'response time in ms'
    case 'certificateDays':
      return 'days that the certificate is valid for'
    default:
      return source
  }
}
