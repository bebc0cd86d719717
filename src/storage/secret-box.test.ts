import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SecretBox, SecretError } from './secret-box.ts'

const OLD = new Uint8Array(32).fill(1)
const NEW = new Uint8Array(32).fill(2)

test('any text comes back, and is never sealed the same way twice', () => {
  const box = new SecretBox([OLD])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const sealed = box.seal(text)
      assert.equal(box.open(sealed), text)
      assert.notEqual(box.seal(text), sealed)
    }),
  )
})

test('the sealed text holds nothing of the secret', () => {
  const sealed = new SecretBox([OLD]).seal('whsec_secret')
  assert.ok(!sealed.includes('secret') && !Buffer.from(sealed, 'base64url').toString('latin1').includes('secret'))
})

test('after a rotation the new key seals and the old one still opens', () => {
  const before = new SecretBox([OLD]).seal('a')
  const rotated = new SecretBox([NEW, OLD])
  assert.equal(rotated.open(before), 'a')
  assert.equal(new SecretBox([NEW]).open(rotated.seal('b')), 'b')
})

test('a lost key, an altered text and a cut text are refused in words that hold no secret', () => {
  const box = new SecretBox([OLD])
  const sealed = box.seal('hidden')
  const flipped = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2)
  for (const bad of [new SecretBox([NEW]).seal('hidden'), flipped, sealed.slice(0, 20), '', 'x.y.z']) {
    assert.throws(
      () => box.open(bad),
      (error) => error instanceof SecretError && !error.message.includes('hidden'),
    )
  }
})

test('keys of a wrong size, and none at all, are refused', () => {
  assert.throws(() => new SecretBox([new Uint8Array(16)]), SecretError)
  assert.throws(() => new SecretBox([]), SecretError)
})
