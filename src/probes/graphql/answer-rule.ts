import type { Answer } from '../assertions/answer.ts'
import type { Assertion } from '../assertions/assertion.ts'
import type { ExactJson } from '../assertions/exact-json.ts'
import { isMembers } from '../assertions/json-equal.ts'
import { cut, show } from '../assertions/show.ts'
import type { AnswerRule } from '../http/expectations.ts'

const MESSAGE_MAX = 300

export interface GraphqlWishes {
  graphqlAllowPartial?: boolean
  assertions?: Assertion[]
}

/**
 * What every answer must be: JSON with `data` that is not null, and without `errors`. An assertion on `$.errors` takes
 * the place of both rules, one on `$.data` itself that of the rule on data.
 */
export function graphqlAnswerRule({ graphqlAllowPartial = false, assertions = [] }: GraphqlWishes): AnswerRule {
  const paths = assertions.flatMap(({ source, path }) => (source === 'json' ? [path?.trim() ?? ''] : []))
  const judgesErrors = paths.some((path) => /^\$(?:\.errors\b|\[\s*["']errors["']\s*\])/.test(path))
  const judgesData = paths.some((path) => /^\$(?:\.data|\[\s*["']data["']\s*\])$/.test(path))
  return {
    problemOf: (answer) => {
      const { json } = answer
      if ('problem' in json || !isMembers(json.value)) return noGraphql(answer)
      const { value } = json
      const data = own(value, 'data')
      const error = firstError(value)
      if (judgesErrors) return null
      if (error !== null && !(graphqlAllowPartial && isThere(data))) return `expected no GraphQL errors, got ${error}`
      if (isThere(data) || judgesData) return null
      return `expected GraphQL data, got ${data === null ? 'data: null' : `none (body starts ${answer.start})`}`
    },
    remark: ({ json }) => ('value' in json && isMembers(json.value) ? firstError(json.value) : null),
  }
}

function noGraphql(answer: Answer): string {
  const { json } = answer
  const why = 'problem' in json && json.problem !== '' ? `, ${json.problem}` : ''
  const type = answer.parts.header('content-type')[0]
  const named = type === undefined ? '' : ` of type ${cut(type, 60)}`
  return `expected a GraphQL answer in JSON, got a body${named} (body starts ${answer.start}${why})`
}

/** The first error's message in quotes, with how many more there are; null where there are none. */
function firstError(body: { [name: string]: ExactJson }): string | null {
  const errors = own(body, 'errors')
  if (errors === undefined || errors === null || (Array.isArray(errors) && errors.length === 0)) return null
  const first = Array.isArray(errors) ? errors[0] : errors
  const message = first !== undefined && isMembers(first) ? own(first, 'message') : undefined
  const text = typeof message === 'string' ? JSON.stringify(cut(message, MESSAGE_MAX)) : show(first ?? null)
  const more = Array.isArray(errors) ? errors.length - 1 : 0
  return `${text}${more > 0 ? ` (and ${more} more)` : ''}`
}

function own(body: { [name: string]: ExactJson }, name: string): ExactJson | undefined {
  return Object.hasOwn(body, name) ? body[name] : undefined
}

function isThere(data: ExactJson | undefined): boolean {
  return data !== undefined && data !== null
}
