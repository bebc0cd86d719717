import type { JSONPathEnvironment, JSONPathQuery, jsonpath } from 'json-p3'
import { lazy } from '../lazy.ts'
import { readNumber } from './exact-number.ts'
import { LinearPattern, PatternError } from './linear-pattern.ts'
import type { JsonPath, Operand, Query, Segment, Selector, Test } from './path-syntax.ts'

type Expression = InstanceType<typeof jsonpath.expressions.FilterExpression>

let environment: JSONPathEnvironment | null = null

export class PathError extends Error {
  override name = 'PathError'
}

/**
 * Parses a JSONPath query (RFC 9535). Throws `PathError` with what is wrong. The library only parses: its evaluation
 * runs patterns on an engine that backtracks, and is bounded by the stack.
 */
export function parsePath(text: string): JsonPath {
  const { JSONPathEnvironment, JSONPathError } = lazy.jsonP3()
  environment ??= new JSONPathEnvironment()
  try {
    const query = environment.compile(text)
    return { text, segments: segmentsOf(query), isSingular: query.singularQuery() }
  } catch (error) {
    if (error instanceof JSONPathError || error instanceof RangeError) throw new PathError(error.message)
    if (error instanceof PatternError) throw new PathError(error.message)
    throw error
  }
}

function segmentsOf(query: JSONPathQuery): Segment[] {
  const { TokenKind } = lazy.jsonP3()
  return query.segments.map((segment) => ({
    descends: segment.token.kind === TokenKind.DDOT,
    selectors: segment.selectors.map(selectorOf),
  }))
}

function selectorOf(selector: InstanceType<typeof jsonpath.selectors.JSONPathSelector>): Selector {
  const { selectors } = lazy.jsonP3().jsonpath
  if (selector instanceof selectors.NameSelector) return { kind: 'name', name: selector.name }
  if (selector instanceof selectors.IndexSelector) return { kind: 'index', index: selector.index }
  if (selector instanceof selectors.WildcardSelector) return { kind: 'all' }
  if (selector instanceof selectors.SliceSelector) {
    const { start, stop, step = 1 } = selector
    return { kind: 'slice', start, stop, step }
  }
  if (selector instanceof selectors.FilterSelector) return { kind: 'filter', test: testOf(selector.expression) }
  throw new PathError('it has a selector that RFC 9535 does not know')
}

function testOf(expression: Expression): Test {
  const { expressions } = lazy.jsonP3().jsonpath
  if (expression instanceof expressions.LogicalExpression) return testOf(expression.expression)
  if (expression instanceof expressions.PrefixExpression) return { kind: 'not', test: testOf(expression.right) }
  if (expression instanceof expressions.InfixExpression) {
    const { operator, left, right } = expression
    if (operator === '&&' || operator === '||')
      return { kind: operator === '&&' ? 'and' : 'or', left: testOf(left), right: testOf(right) }
    return { kind: 'compare', operator, left: operandOf(left), right: operandOf(right) }
  }
  if (expression instanceof expressions.FunctionExtension) return matchOf(expression.name, expression.args)
  return { kind: 'exists', query: queryOf(expression) }
}

function matchOf(name: string, [subject, pattern]: Expression[]): Test {
  const { expressions } = lazy.jsonP3().jsonpath
  if (subject === undefined || !(pattern instanceof expressions.StringLiteral))
    throw new PathError(`${name}() takes its expression as text in quotes here`)
  const whole = name === 'match'
  return { kind: 'matches', subject: operandOf(subject), pattern: new LinearPattern(interchange(pattern.value)), whole }
}

/** In I-Regexp (RFC 9485) a dot is neither line feed nor carriage return; in ours it may be the latter. */
function interchange(pattern: string): string {
  let inClass = false
  return pattern.replaceAll(/\\.|[[\].]/gs, (part) => {
    if (part === '[') inClass = true
    else if (part === ']') inClass = false
    return part === '.' && !inClass ? '[^\\n\\r]' : part
  })
}

function operandOf(expression: Expression): Operand {
  const { expressions } = lazy.jsonP3().jsonpath
  if (expression instanceof expressions.NullLiteral) return { kind: 'literal', value: null }
  if (expression instanceof expressions.NumberLiteral)
    return { kind: 'literal', value: readNumber(expression.token.value) }
  if (expression instanceof expressions.StringLiteral || expression instanceof expressions.BooleanLiteral)
    return { kind: 'literal', value: expression.value }
  if (expression instanceof expressions.FunctionExtension) {
    const [argument] = expression.args
    if (argument === undefined) throw new PathError(`${expression.name}() lacks its argument`)
    if (expression.name === 'length') return { kind: 'length', of: operandOf(argument) }
    if (expression.name === 'count') return { kind: 'count', query: queryOf(argument) }
    return { kind: 'value', query: queryOf(argument) }
  }
  return { kind: 'value', query: queryOf(expression) }
}

function queryOf(expression: Expression): Query {
  const { expressions } = lazy.jsonP3().jsonpath
  if (expression instanceof expressions.FilterQuery)
    return { fromRoot: expression instanceof expressions.RootQuery, segments: segmentsOf(expression.path) }
  throw new PathError('it has an expression that RFC 9535 does not know')
}
