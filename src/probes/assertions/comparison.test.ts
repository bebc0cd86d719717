import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ComparisonName } from './assertion.ts'
import { type Comparison, compareValue } from './comparison.ts'
import { type ExactJson, parseExactJson } from './exact-json.ts'
import { LinearPattern } from './linear-pattern.ts'
import { Work } from './work.ts'

function compare(name: ComparisonName, value: ExactJson, target: ExactJson = null): string | null {
  const pattern = name === 'matches' && typeof target === 'string' ? new LinearPattern(target) : null
  const comparison: Comparison = { name, target, pattern }
  return compareValue(comparison, value, new Work())
}

const anyJson = fc.json({ maxDepth: 4 }).map((text) => parseExactJson(text))
const PAIRS: [ComparisonName, ComparisonName][] = [
  ['equals', 'not_equals'],
  ['is_empty', 'is_not_empty'],
]

test('every comparison of anything with anything ends with the same verdict each time, and a short sentence', () => {
  const names: ComparisonName[] = ['equals', 'not_equals', 'contains', 'not_contains', 'exists', 'not_exists']
  names.push('is_empty', 'is_not_empty', 'gt', 'lt')
  fc.assert(
    fc.property(fc.constantFrom(...names), anyJson, anyJson, (name, value, target) => {
      const sentence = compare(name, value, target)
      assert.equal(compare(name, value, target), sentence)
      assert.ok(sentence === null || (/^expected .*got /s.test(sentence) && sentence.length < 500))
    }),
  )
})

test('a comparison and its opposite never agree', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PAIRS), anyJson, anyJson, ([name, opposite], value, target) => {
      assert.notEqual(compare(name, value, target) === null, compare(opposite, value, target) === null)
    }),
  )
})

test('a value equals itself, however its members are ordered, and nothing of another type', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      assert.equal(compare('equals', value, value), null)
    }),
  )
  assert.equal(compare('equals', { a: 1, b: [{}] }, { b: [{}], a: 1 }), null)
  const values: ExactJson[] = [0, '', false, null, [], {}, '0', 'false', 'null', [0], { 0: 0 }]
  for (const value of values)
    for (const other of values) assert.equal(compare('equals', value, other) === null, value === other)
})

test('numbers are ordered like numbers', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(number, number, (a, b) => {
      assert.equal(compare('gt', a, b) === null, a > b)
      assert.equal(compare('lt', a, b) === null, a < b)
      assert.equal(compare('equals', a, b) === null, a === b)
    }),
  )
})

test('contains looks into texts, lists and objects, and into nothing else', () => {
  assert.equal(compare('contains', 'abc', 'b'), null)
  assert.equal(compare('contains', [1, '2'], '2'), null)
  assert.equal(compare('contains', [1, 2], '2'), 'expected it to contain "2", got [1,2]')
  assert.equal(compare('contains', { a: 1 }, 'a'), null)
  assert.equal(compare('contains', {}, 'toString'), 'expected it to contain "toString", got {}')
  assert.equal(compare('not_contains', 'abc', 'b'), 'expected it not to contain "b", got "abc"')
  assert.match(compare('not_contains', 5, 'b') ?? '', /^expected a text, a list or an object .* got 5 \(number\)$/)
})

test('an expression is held against texts, numbers and true or false, not against what holds others', () => {
  assert.equal(compare('matches', 12, '^\\d+$'), null)
  assert.equal(compare('matches', true, 'true'), null)
  assert.equal(compare('matches', 'x', '^y'), 'expected a match of ^y, got "x"')
  for (const value of [null, [], {}]) assert.match(compare('matches', value, '') ?? '', /^expected a text that matches/)
})
