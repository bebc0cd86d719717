import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RELATIVE_ACCURACY, Sketch } from './sketch.ts'

const SHARES = [0, 0.25, 0.5, 0.9, 0.95, 0.99, 1]
const someValues = fc.array(fc.oneof(fc.nat({ max: 3000 }), fc.nat({ max: 2 ** 31 - 1 })), { maxLength: 300 })

test('every quantile is within 1 % of the exact one', () => {
  fc.assert(
    fc.property(someValues, (values) => {
      const sorted = values.toSorted((a, b) => a - b)
      const quantiles = sketchOf(values).quantiles(SHARES)
      for (const [at, share] of SHARES.entries()) {
        const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
        const got = quantiles[at]
        if (exact === undefined) assert.equal(got, null)
        else assert.ok(Math.abs((got ?? Number.NaN) - exact) <= exact * RELATIVE_ACCURACY + 1e-6, `${got} for ${exact}`)
      }
    }),
  )
})

test('of a few values the highest shares are the highest value', () => {
  const near = sketchOf([34, 36, 128])
    .quantiles([0.5, 0.95, 0.99])
    .map((value) => Math.round(value ?? 0))
  assert.deepEqual(near, [36, 128, 128])
})

test('merging two sketches is the same as adding all values to one', () => {
  fc.assert(
    fc.property(someValues, someValues, (one, two) => {
      const merged = sketchOf(one)
      merged.merge(sketchOf(two))
      assert.deepEqual(merged.quantiles(SHARES), sketchOf([...one, ...two]).quantiles(SHARES))
      assert.equal(merged.count, one.length + two.length)
    }),
  )
})

test('a sketch comes back from its bytes', () => {
  fc.assert(
    fc.property(someValues, (values) => {
      const sketch = sketchOf(values)
      const back = Sketch.decode(sketch.encode())
      assert.deepEqual(back.quantiles(SHARES), sketch.quantiles(SHARES))
      assert.equal(back.count, values.length)
      assert.deepEqual(back.encode(), sketch.encode())
    }),
  )
})

test('an hour of like values is small, with an outlier too', () => {
  const values = Array.from({ length: 360 }, (_, n) => 1500 + ((n * 7919) % 400))
  assert.ok(sketchOf([...values, 300_000]).encode().length < 60)
})

test('bytes that are cut short are refused', () => {
  const bytes = sketchOf([5000, 5_000_000]).encode()
  assert.throws(() => Sketch.decode(new Uint8Array(0)), RangeError)
  assert.throws(() => Sketch.decode(Uint8Array.from([...bytes.subarray(0, -1), 255])), RangeError)
})

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch()
  for (const value of values) sketch.add(value)
  return sketch
}
