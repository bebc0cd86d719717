import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isoTime, tableLines, tableTime } from './table.ts'

test('columns are as wide as their widest cell, and lines end without spaces', () => {
  assert.deepEqual(
    tableLines(
      ['ID', 'NAME'],
      [
        ['key_1', 'ci'],
        ['k', 'déjà 🙂 vu'],
      ],
    ),
    ['ID     NAME', 'key_1  ci', 'k      déjà 🙂 vu'],
  )
})

test('a name can neither break a line nor steer the terminal', () => {
  assert.deepEqual(tableLines(['NAME', 'X'], [['a\nb\u001b[2J', 'y']]), ['NAME     X', 'a b [2J  y'])
})

test('times are to the second, and a dash where there is none', () => {
  assert.equal(tableTime(Date.parse('2026-01-31T12:00:00.999Z')), '2026-01-31T12:00:00Z')
  assert.equal(tableTime(null), '-')
  assert.equal(isoTime(null), null)
})
