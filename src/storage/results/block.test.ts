import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeBlock, encodeBlock } from './block.ts'
import type { ResultRow } from './result-row.ts'

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const aDuration = maybe(fc.oneof(fc.nat({ max: 900 }), fc.nat({ max: 3_000_000 })))
const aText = maybe(fc.oneof(fc.constantFrom('refused', 'timed out'), fc.string({ unit: 'grapheme' })))
const START_MS = Date.UTC(2026, 0, 5)

const aRow: fc.Arbitrary<ResultRow> = fc.record(
  {
    scheduled_ms: fc.oneof(
      fc.nat({ max: 359 }).map((n) => START_MS + n * 10_000),
      fc.nat({ max: 2 ** 45 }),
    ),
    start_offset: fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: -(2 ** 41), max: 2 ** 41 })),
    kind: fc.nat({ max: 2 }),
    status: fc.nat({ max: 3 }),
    status_code: maybe(fc.oneof(fc.constantFrom(200, 500), fc.integer())),
    total: aDuration,
    dns: aDuration,
    connect: aDuration,
    tls: aDuration,
    first_byte: aDuration,
    download: aDuration,
    error: aText,
    category: aText,
    details: aText,
  },
  { noNullPrototype: true },
)

test('any rows come back exactly, in order of schedule', () => {
  fc.assert(
    fc.property(fc.array(aRow, { maxLength: 60 }), (rows) => {
      const expected = rows.toSorted((a, b) => a.scheduled_ms - b.scheduled_ms || a.start_offset - b.start_offset)
      assert.deepEqual(decodeBlock(encodeBlock(rows)), expected)
    }),
    { numRuns: 300 },
  )
})

test('an hour of steady checks without phases takes under a byte each', () => {
  const rows = Array.from({ length: 360 }, (_, n) => row(n, {}))
  assert.ok(encodeBlock(rows).length < 64)
})

test('one slow check among many costs bytes, not width', () => {
  const rows = Array.from({ length: 360 }, (_, n) => row(n, { total: 1000 + ((n * 7919) % 40) }))
  const slow = rows.with(100, row(100, { total: 300_000 }))
  assert.ok(encodeBlock(slow).length - encodeBlock(rows).length < 12)
})

test('a text that repeats is kept once', () => {
  const error = 'expected status 200, got 503: the upstream did not answer within its time'
  const rows = Array.from({ length: 360 }, (_, n) => row(n, { error, status: 2 }))
  assert.ok(encodeBlock(rows).length < 200)
})

test('bytes that are cut short or of another version are refused', () => {
  const bytes = encodeBlock(Array.from({ length: 50 }, (_, n) => row(n, { total: n * n, error: `e${n}` })))
  assert.throws(() => decodeBlock(bytes.subarray(0, 20)), RangeError)
  assert.throws(() => decodeBlock(bytes.subarray(0, bytes.length - 8)))
  assert.throws(() => decodeBlock(Uint8Array.from([9, ...bytes.subarray(1)])), /version 9/)
})

function row(n: number, parts: Partial<ResultRow>): ResultRow {
  return {
    scheduled_ms: START_MS + n * 10_000,
    start_offset: 1,
    kind: 0,
    status: 0,
    status_code: 200,
    total: null,
    dns: null,
    connect: null,
    tls: null,
    first_byte: null,
    download: null,
    error: null,
    category: null,
    details: null,
    ...parts,
  }
}
