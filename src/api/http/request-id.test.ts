import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { idSource } from '#domain'
import { inPortions } from './request-id.ts'

test('bytes come from one portion after the other, none of them twice', () => {
  let next = 0
  const bytes = inPortions((size) => Uint8Array.from({ length: size }, () => next++ % 256))
  const taken = [24, 24, 5_000, 24].flatMap((size) => [...bytes(size)])
  assert.equal(taken.length, 5_072)
  assert.ok(new Set(taken.slice(0, 48)).size === 48)
  const newId = idSource(inPortions(randomBytes))
  assert.equal(new Set(Array.from({ length: 2_000 }, () => newId('req'))).size, 2_000)
})
