import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accepts, readStatusRule, type StatusRule } from './status-rule.ts'

function rule(given: number | string): StatusRule {
  const read = readStatusRule(given)
  assert.ok(typeof read !== 'string', String(read))
  return read
}

test('a number accepts itself only', () => {
  assert.equal(accepts(rule(204), 204), true)
  assert.equal(accepts(rule(204), 200), false)
  assert.equal(accepts(rule('204'), 204), true)
})

test('a list accepts its numbers and ranges, both ends included', () => {
  const code = fc.integer({ min: 100, max: 999 })
  const ranges = fc.array(fc.tuple(code, code), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(ranges, code, (pairs, status) => {
      const sorted = pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      const text = sorted.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
      assert.equal(
        accepts(rule(text), status),
        sorted.some(([from, to]) => status >= from && status <= to),
      )
    }),
  )
})

test('anything else is refused with a reason', () => {
  for (const given of ['', 'ok', '2xx', '200-', '200,,301', '99', '1000', 1000, 20, '200;301', '-200', '299-200']) {
    assert.equal(typeof readStatusRule(given), 'string', String(given))
  }
})
