import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlike } from './like.ts'

const EXAMPLE = { id: 'mon_abc123', at: '2025-01-01T00:00:00Z', n: 3, list: [{ ok: true }] }
const GOOD = {
  id: 'mon_abcdefgh01234567',
  at: '2026-02-03T04:05:06Z',
  n: 0,
  list: [{ ok: false }, { ok: true }],
  more: 1,
}

test('an answer of the same form is like its example, with other values and more fields', () => {
  assert.deepEqual(unlike(EXAMPLE, GOOD), [])
})

test('a field that is missing, null, of another type or form is told by its path', () => {
  const bad = { id: 'inc_abcdefgh01234567', at: '2026-02-03T04:05:06.000Z', n: null, list: [{ ok: true }, { ok: 1 }] }
  assert.deepEqual(unlike(EXAMPLE, bad), [
    'answer.id is no mon_ id',
    'answer.at is no time like 2025-01-01T00:00:00Z',
    'answer.n is null, not like 3',
    'answer.list.1.ok is 1, not like true',
  ])
  assert.deepEqual(unlike(EXAMPLE, { ...GOOD, list: [] }), ['answer.list is empty'])
  assert.deepEqual(unlike({ a: 1 }, {}), ['answer.a is missing'])
})
