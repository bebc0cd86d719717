import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pooledRandom } from './pooled-random.ts'

/** Counts up, so that each byte that was drawn can be told from the others. */
function counting() {
  const draws: number[] = []
  const source = (size: number) => {
    draws.push(size)
    return Buffer.from(Uint8Array.from({ length: size }, (_, n) => (draws.length * 31 + n) % 251))
  }
  return { source, draws }
}

test('bytes are drawn in portions, and each is handed out once and in order', () => {
  const { source, draws } = counting()
  const random = pooledRandom(source)
  const taken = Array.from({ length: 300 }, () => [...random(24)]).flat()
  const fresh = counting().source
  assert.deepEqual(taken.slice(0, 24 * 300), [...fresh(8_192)].slice(0, 24 * 300))
  assert.deepEqual(draws, [8_192])
})

test('what was handed out is gone, and changing it changes nothing else', () => {
  const { source } = counting()
  const random = pooledRandom(source)
  const first = random(8)
  const before = [...first]
  first.fill(9)
  assert.notDeepEqual([...random(8)], before)
  assert.ok(![...random(8)].every((byte) => byte === 9))
})

test('a portion that does not fit starts a new draw, and a larger one is drawn by itself', () => {
  const { source, draws } = counting()
  const random = pooledRandom(source)
  random(8_000)
  assert.equal(random(400).length, 400)
  assert.equal(random(9_000).length, 9_000)
  assert.deepEqual(draws, [8_192, 8_192, 9_000])
})
