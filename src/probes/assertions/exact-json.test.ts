import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ExactJson, parseExactJson } from './exact-json.ts'
import { compareNumbers, ExactNumber, numberOf, readNumber } from './exact-number.ts'

/** Makes a text that has to be read with care, whatever it holds. */
function withLongNumber(value: unknown): string {
  return `[12345678901234567890,${JSON.stringify(value)}]`
}

test('a text is read like JSON.parse reads it, but for numbers that a double would round', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const [long, read] = parseExactJson(withLongNumber(value)) as [ExactJson, ExactJson]
      assert.deepEqual(long, new ExactNumber('12345678901234567890'))
      assert.deepEqual(doubles(read), JSON.parse(JSON.stringify(value)))
    }),
  )
})

/** The value with the doubles that its numbers stand for. */
function doubles(value: ExactJson): unknown {
  if (value instanceof ExactNumber) return Number(value.text)
  if (Array.isArray(value)) return value.map(doubles)
  if (typeof value !== 'object' || value === null) return value
  const copy = {}
  for (const [name, item] of Object.entries(value))
    Object.defineProperty(copy, name, { value: doubles(item), writable: true, enumerable: true, configurable: true })
  return copy
}

test('escapes, quotes in texts and the name __proto__ are what they are', () => {
  const text = ' { "a\\"b" : "\\\\" , "__proto__":{"x":1},"n":[true,false,null,-0.5e1], "long": 1234567890123456789 } '
  const read = parseExactJson(text)
  assert.deepEqual(Object.entries(read ?? {}), [
    ['a"b', '\\'],
    ['__proto__', { x: 1 }],
    ['n', [true, false, null, -5]],
    ['long', new ExactNumber('1234567890123456789')],
  ])
  assert.equal(Object.getPrototypeOf(read), Object.prototype)
})

test('what is no JSON is refused, with long numbers and without', () => {
  for (const text of ['', '{', '[1,]', '01', '[12345678901234567890,]', '{"a":12345678901234567890', 'NaN'])
    assert.throws(() => parseExactJson(text), SyntaxError)
})

test('nesting of any depth is read', () => {
  const text = `${'['.repeat(100_000)}12345678901234567890${']'.repeat(100_000)}`
  assert.ok(Array.isArray(parseExactJson(text)))
})

test('a number stays a double where that is exact', () => {
  for (const literal of [
    '0',
    '-0',
    '1.0',
    '9007199254740991',
    '0.1',
    '1e5',
    '1000000000000000000000',
    '0.30000000000000004',
  ])
    assert.equal(readNumber(literal), Number(literal), literal)
  for (const literal of ['9007199254740993', '1e400', '1e-400', '0.12345678901234567890', '-1234567890123456789'])
    assert.deepEqual(readNumber(literal), new ExactNumber(literal))
  for (const text of ['', 'x', '1,5', '0x10', 'Infinity', '1_000', ' 1', '+1', '.5']) assert.equal(numberOf(text), null)
})

test('whole numbers compare like BigInt does, and doubles like doubles', () => {
  const sign = (order: number) => Math.sign(order) + 0
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      const order = a < b ? -1 : a > b ? 1 : 0
      assert.equal(sign(compareNumbers(readNumber(String(a)), readNumber(String(b)))), order)
      assert.equal(sign(compareNumbers(new ExactNumber(`${a}.0`), new ExactNumber(`${b}0e-1`))), order)
    }),
  )
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
      const exact = (value: number) => (Number.isFinite(value) ? new ExactNumber(String(value)) : value)
      assert.equal(sign(compareNumbers(exact(a), exact(b))), sign(compareNumbers(a, b)))
    }),
  )
})

test('a number of a million digits is compared quickly', () => {
  const startMs = performance.now()
  const digits = '1'.repeat(500_000) + '0'.repeat(500_000)
  assert.equal(compareNumbers(new ExactNumber(digits), new ExactNumber(`${digits}1`)), -1)
  assert.ok(performance.now() - startMs < 500)
})
