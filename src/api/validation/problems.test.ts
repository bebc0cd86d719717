import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { expectation } from './expectation.ts'
import { nearest } from './nearest.ts'
import { problemsOf } from './problems.ts'

test('the nearest name is found through slips, case and separators, and nothing far is guessed', () => {
  const known = ['interval', 'timeout', 'expectedStatusCode', 'name']
  assert.equal(nearest('intervall', known), 'interval')
  assert.equal(nearest('itnerval', known), 'interval')
  assert.equal(nearest('expected_status_code', known), 'expectedStatusCode')
  assert.equal(nearest('colour', known), null)
  assert.equal(nearest('', known), null)
  assert.equal(nearest('x'.repeat(100_000), known), null)
})

test('an expectation is said in words', () => {
  assert.equal(expectation(Type.Integer({ minimum: 5, maximum: 9 })), 'a whole number from 5 to 9')
  assert.equal(expectation(Type.Number({ minimum: 5 })), 'a number of at least 5')
  assert.equal(expectation(Type.Enum(['a', 'b'])), 'one of "a", "b"')
  assert.equal(expectation(Type.Union([Type.Literal('a'), Type.Integer()])), '"a", or a whole number')
  assert.equal(expectation(Type.Array(Type.String(), { minItems: 1 })), 'a list of at least 1 item')
  assert.equal(expectation(Type.String({ expected: 'a colour' })), 'a colour')
})

test('problems are found at their own path, as deep as they are', () => {
  const Item = Type.Object(
    { path: Type.String(), limit: Type.Optional(Type.Integer()) },
    { additionalProperties: false },
  )
  const schema = Type.Object({ items: Type.Array(Item), token: Type.String({ secret: true, maxLength: 3 }) })
  const value = { items: [{ path: 'a' }, { pth: 'b', limit: 'x' }, 3], token: 'hunter2' }
  assert.deepEqual(problemsOf(schema, value), [
    { path: 'items[1].path', message: 'is required' },
    { path: 'items[1].pth', message: 'is not a known field; did you mean "path"?' },
    { path: 'items[1].limit', message: 'expected a whole number, got "x"' },
    { path: 'items[2]', message: 'expected an object, got 3' },
    { path: 'token', message: 'expected a text of at most 3 characters, got a text of 7 characters' },
  ])
  assert.deepEqual(problemsOf(schema, { items: [], token: 'abc' }), [])
})
