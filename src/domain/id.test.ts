import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idSource, isId } from './id.ts'

test('an id is its prefix and 16 characters of a-z0-9', () => {
  let next = 0
  const newId = idSource((size) => Uint8Array.from({ length: size }, () => next++ % 256))
  assert.match(newId('mon'), /^mon_[a-z0-9]{16}$/)
})

test('bytes that would make some characters likelier are drawn again', () => {
  const draws = [new Uint8Array(24).fill(255), new Uint8Array(24).fill(1)]
  const newId = idSource(() => draws.shift() ?? new Uint8Array(24))
  assert.equal(newId('inc'), `inc_${'b'.repeat(16)}`)
})

test('only the prefix and 16 characters of a-z0-9 are an id', () => {
  assert.equal(isId('sp', 'sp_0123456789abcdef'), true)
  for (const other of [
    'spa_123456789abcdef',
    'sp_0123456789abcde',
    'sp_0123456789abcdefg',
    'sp_0123456789ABCDEF',
    ' sp_0',
  ])
    assert.equal(isId('sp', other), false, other)
  assert.equal(isId('sp', 'sp_0123456789abcdef\n'), false)
})
