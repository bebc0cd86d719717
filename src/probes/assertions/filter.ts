import type { ExactJson } from './exact-json.ts'
import { compareNumbers } from './exact-number.ts'
import { isMembers, isNumber, jsonEqual } from './json-equal.ts'
import type { Operand, Query, Test } from './path-syntax.ts'
import { type Node, type Search, type Visit, walk } from './walk-path.ts'
import type { Work } from './work.ts'

/** The value of an operand that has none (RFC 9535, section 2.4.1). */
const NOTHING = Symbol('nothing')
type Value = ExactJson | typeof NOTHING

/** Whether a filter's test is true of a node. */
export function holds(test: Test, node: Node, search: Search): boolean {
  switch (test.kind) {
    case 'or':
      return holds(test.left, node, search) || holds(test.right, node, search)
    case 'and':
      return holds(test.left, node, search) && holds(test.right, node, search)
    case 'not':
      return !holds(test.test, node, search)
    case 'exists':
      return resolve({ kind: 'value', query: test.query }, node, search, 1) !== NOTHING
    case 'compare':
      return compare(resolve(test.left, node, search), test.operator, resolve(test.right, node, search), search.work)
    case 'matches': {
      const subject = resolve(test.subject, node, search)
      if (typeof subject !== 'string') return false
      return test.whole ? test.pattern.testWhole(subject, search.work) : test.pattern.test(subject, search.work)
    }
  }
}

/** A query has a value when it finds one, and nothing else: after `enough` values no more are looked for. */
function resolve(operand: Operand, node: Node, search: Search, enough = 2): Value {
  switch (operand.kind) {
    case 'literal':
      return operand.value
    case 'value': {
      let value: Value = NOTHING
      let count = 0
      run(operand.query, node, search, (found) => {
        value = found.value
        return ++count < enough
      })
      return count === 2 ? NOTHING : value
    }
    case 'length':
      return lengthOf(resolve(operand.of, node, search), search.work)
    case 'count': {
      let count = 0
      run(operand.query, node, search, () => ++count > 0)
      return count
    }
  }
}

function run({ fromRoot, segments }: Query, node: Node, search: Search, visit: Visit): void {
  const from: Node = fromRoot ? { value: search.root, parent: null, key: '' } : node
  walk(from, segments, 0, search, visit)
}

/** RFC 9535, section 2.4.4. */
function lengthOf(value: Value, work: Work): Value {
  if (typeof value === 'string') {
    work.spend(value.length)
    let characters = 0
    for (const _ of value) characters++
    return characters
  }
  if (value === NOTHING) return NOTHING
  if (Array.isArray(value)) return value.length
  if (!isMembers(value)) return NOTHING
  const names = Object.keys(value)
  work.spend(names.length)
  return names.length
}

/** RFC 9535, section 2.3.5.2.2. */
function compare(left: Value, operator: string, right: Value, work: Work): boolean {
  switch (operator) {
    case '==':
      return equal(left, right, work)
    case '!=':
      return !equal(left, right, work)
    case '<':
      return below(left, right)
    case '>':
      return below(right, left)
    case '<=':
      return below(left, right) || equal(left, right, work)
    default:
      return below(right, left) || equal(left, right, work)
  }
}

function equal(left: Value, right: Value, work: Work): boolean {
  if (left === NOTHING || right === NOTHING) return left === right
  return jsonEqual(left, right, work)
}

/** Texts compare by their characters, not by the halves that UTF-16 makes of them. */
function below(left: Value, right: Value): boolean {
  if (left === NOTHING || right === NOTHING) return false
  if (typeof left === 'string' && typeof right === 'string') {
    let at = 0
    while (at < left.length && left[at] === right[at]) at++
    return (left.codePointAt(at) ?? -1) < (right.codePointAt(at) ?? -1)
  }
  return isNumber(left) && isNumber(right) && compareNumbers(left, right) < 0
}
