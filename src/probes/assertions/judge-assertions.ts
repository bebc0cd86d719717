import type { Answer } from './answer.ts'
import type { Source } from './assertion.ts'
import type { AssertionPlan } from './assertion-plan.ts'
import { compareValue } from './comparison.ts'
import type { ExactJson } from './exact-json.ts'
import { numberOf } from './exact-number.ts'
import { cut, show } from './show.ts'
import { placeOf, walkPath } from './walk-path.ts'
import { TooMuchWorkError } from './work.ts'

/** How one assertion went, as it is shown. */
export type AssertionOutcome = {
  assertion: string
  source: Source
  passed: boolean
  got: string | null
  error: string | null
}

/** What is shown of a passed one: it is kept with every good check, so it is short, and the time is there already. */
const PASSED_MAX = 100

/** The outcome as it is kept with a result. */
export function shownOutcome({ assertion, source, passed, got, error }: AssertionOutcome) {
  if (!passed) return { assertion, passed, got, error: error === null ? null : cut(error, 200) }
  return { assertion, passed, got: got === null || source === 'responseTime' ? null : cut(got, PASSED_MAX) }
}

/** What was found, and what is wrong with it: null when nothing is. */
interface Finding {
  got: string | null
  error: string | null
}

/** Judges every assertion, so that all of what is wrong is seen at once. Never throws, whatever the answer is. */
export function judgeAssertions(plans: readonly AssertionPlan[], answer: Answer): AssertionOutcome[] {
  return plans.map((plan) => {
    const { got, error } = judge(plan, answer)
    return {
      assertion: describe(plan),
      source: plan.source,
      passed: error === null,
      got: got === null ? null : cut(got, 200),
      error,
    }
  })
}

function describe({ subject, comparison }: AssertionPlan): string {
  const { name, target } = comparison
  const hasTarget = !/exists$|empty$/.test(name)
  return cut(`${subject} ${name}${hasTarget ? ` ${show(target)}` : ''}`, 200)
}

function judge(plan: AssertionPlan, answer: Answer): Finding {
  try {
    return plan.source === 'json' ? judgeJson(plan, answer) : judgePart(plan, answer)
  } catch (error) {
    if (!(error instanceof TooMuchWorkError)) throw error
    return {
      got: null,
      error: `${plan.subject}: too much work on a body of this size; ask for less, or lower maxBodyBytes`,
    }
  }
}

function judgeJson({ path, subject, comparison }: AssertionPlan, answer: Answer): Finding {
  const { json, work } = answer
  if (path === null || 'problem' in json) {
    const why = 'problem' in json && json.problem !== '' ? `, ${json.problem}` : ''
    return { got: null, error: `path ${subject} not found (body starts ${answer.start}${why})` }
  }
  const finding: Finding = { got: null, error: null }
  let count = 0
  walkPath(path, json.value, work, (node) => {
    count++
    const wrong = compareValue(comparison, node.value, work)
    if (count === 1 || wrong !== null) finding.got = show(node.value)
    if (wrong === null) return true
    finding.error = `${path.isSingular ? subject : cut(placeOf(node), 200)}: ${wrong}`
    return false
  })
  return count === 0 ? missing(comparison.name, `path ${subject} not found (body starts ${answer.start})`) : finding
}

function judgePart(plan: AssertionPlan, answer: Answer): Finding {
  const { comparison, subject } = plan
  const value = partOf(plan, answer)
  if (value === null) return missing(comparison.name, `${subject} not found`)
  const got = show(value)
  const isCut = plan.source === 'body' && answer.parts.isCut
  if (isCut && comparison.name === 'equals')
    return { got, error: `${subject}: expected ${show(comparison.target)}, got more than maxBodyBytes` }
  const wrong = compareValue(comparison, asNumber(plan, value), answer.work)
  if (wrong === null) return { got, error: null }
  return { got, error: `${subject}: ${wrong}${isCut ? ` (first ${answer.parts.maxBodyBytes} bytes)` : ''}` }
}

/** Texts of headers and bodies are numbers where they are compared as such. */
function asNumber({ comparison }: AssertionPlan, value: ExactJson): ExactJson {
  if (typeof value !== 'string' || (comparison.name !== 'gt' && comparison.name !== 'lt')) return value
  return numberOf(value.trim()) ?? value
}

function missing(comparison: string, error: string): Finding {
  return { got: null, error: comparison === 'not_exists' || comparison === 'is_empty' ? null : error }
}

function partOf({ source, header }: AssertionPlan, { parts }: Answer): ExactJson {
  switch (source) {
    case 'status':
      return parts.status
    case 'header': {
      const values = parts.header(header)
      return values.length === 0 ? null : values.join(', ')
    }
    case 'responseTime':
      return Math.round(parts.responseTimeMs * 10) / 10
    case 'certificateDays':
      return parts.certificateDays
    default:
      return parts.text
  }
}
