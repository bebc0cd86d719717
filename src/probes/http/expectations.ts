import type { Json } from '#domain'
import type { Answer } from '../assertions/answer.ts'
import { type AssertionPlan, planAssertion } from '../assertions/assertion-plan.ts'
import { type AssertionOutcome, judgeAssertions } from '../assertions/judge-assertions.ts'
import { ResponseSchema, SchemaError } from '../assertions/response-schema.ts'
import { Failure } from '../net/failure.ts'
import type { HttpConfig } from './config.ts'

/** What a type of the family asks of every answer by itself. */
export interface AnswerRule {
  /** Why an answer is not good; null when it is. */
  problemOf(answer: Answer): string | null
  /** What the body of an answer with a bad status has to say; null for nothing. */
  remark(answer: Answer): string | null
}

/** What an answer must hold, beside its status and keywords. */
export interface Expectations {
  assertions: readonly AssertionPlan[]
  schema: ResponseSchema | null
  rule: AnswerRule | null
  needsBody: boolean
}

export interface Judgement {
  failure: Failure | null
  outcomes: AssertionOutcome[]
}

/** The expectations of a valid configuration; null when there are none. */
export function expectationsOf(
  { assertions, responseSchema }: HttpConfig,
  rule: AnswerRule | null,
): Expectations | null {
  const plans = (assertions ?? []).flatMap((given) => {
    const plan = planAssertion(given)
    return Array.isArray(plan) ? [] : [plan]
  })
  const schema = responseSchema === undefined ? null : new ResponseSchema(responseSchema)
  if (plans.length === 0 && schema === null && rule === null) return null
  const needsBody = schema !== null || rule !== null || plans.some(readsBody)
  return { assertions: plans, schema, rule, needsBody }
}

/** Whether an assertion, and not the usual rule, says which status is good. */
export function assertsStatus({ assertions }: HttpConfig): boolean {
  return assertions?.some(({ source }) => source === 'status') ?? false
}

/** What is wrong with the assertions and the schema of a configuration. */
export function expectationProblems(url: string | null, config: HttpConfig): { path: string; message: string }[] {
  const { assertions = [], responseSchema, httpMethod } = config
  const isPlain = url !== null && /^\s*http:/i.test(url)
  const problems = assertions.flatMap((given, at) => {
    const path = `assertions[${at}]`
    const plan = planAssertion(given)
    if (Array.isArray(plan)) return plan.map(({ field, message }) => ({ path: `${path}.${field}`, message }))
    if (httpMethod === 'HEAD' && readsBody(plan))
      return [{ path: `${path}.source`, message: 'an answer to HEAD has no body to look at: use GET' }]
    if (isPlain && plan.source === 'certificateDays')
      return [{ path: `${path}.source`, message: 'there is no certificate at an http:// address: use https://' }]
    return []
  })
  if (responseSchema === undefined) return problems
  const wrong = schemaProblem(responseSchema)
  if (wrong !== null) problems.push({ path: 'responseSchema', message: wrong })
  else if (httpMethod === 'HEAD')
    problems.push({ path: 'responseSchema', message: 'an answer to HEAD has no body to look at: use GET' })
  return problems
}

/** Holds an answer against all expectations: the type's own rule, assertions, then the schema. */
export function judgeExpectations({ assertions, schema, rule }: Expectations, answer: Answer): Judgement {
  const outcomes = judgeAssertions(assertions, answer)
  const own = rule?.problemOf(answer) ?? null
  const failed = outcomes.filter(({ passed }) => !passed)
  const [first] = failed
  if (own !== null) return { failure: applicationFailure(own, answer), outcomes }
  if (first !== undefined) {
    const more = failed.length === 1 ? '' : ` (and ${failed.length - 1} more failed)`
    return { failure: applicationFailure(`${first.error}${more}`, answer, first), outcomes }
  }
  return { failure: schema === null ? null : schemaFailure(schema, answer), outcomes }
}

function schemaFailure(schema: ResponseSchema, answer: Answer): Failure | null {
  const { rounded } = answer
  if ('problem' in rounded) {
    const why = rounded.problem === '' ? '' : `, ${rounded.problem}`
    const sentence = `expected JSON that fits responseSchema (body starts ${answer.start}${why})`
    return applicationFailure(sentence, answer)
  }
  const problem = schema.problemOf(rounded.value, answer.parts.text.length)
  if (problem === null) return null
  if (!problem.isOurs) return applicationFailure(problem.sentence, answer)
  return new Failure({ sentence: problem.sentence, category: 'CONFIGURATION_ERROR', unmeasured: true })
}

function applicationFailure(sentence: string, { parts }: Answer, outcome?: AssertionOutcome): Failure {
  const isServer = parts.status >= 500 && parts.status < 600
  const isCertificate = outcome?.source === 'certificateDays'
  const category = isCertificate ? 'SSL_CERTIFICATE' : isServer ? 'SERVER_ERROR' : 'APPLICATION_ERROR'
  return new Failure({ sentence, category })
}

function readsBody({ source }: { source: string }): boolean {
  return source === 'json' || source === 'body'
}

function schemaProblem(schema: { [name: string]: Json }): string | null {
  try {
    new ResponseSchema(schema)
    return null
  } catch (error) {
    if (error instanceof SchemaError)
      return `${error.message}; a small example is {"type": "object", "required": ["id"]}`
    throw error
  }
}
