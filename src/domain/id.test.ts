import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idSource } from './id.ts'

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
