import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LinearPattern, PatternError } from './linear-pattern.ts'
import { TooMuchWorkError, Work } from './work.ts'

test('expressions find what people expect of them', () => {
  const found: [pattern: string, text: string, found: boolean][] = [
    ['^v\\d+\\.\\d+$', 'v1.20', true],
    ['(?i)hello', 'say HELLO', true],
    ['\\u00e4', 'Bär', true],
    ['^(?<year>\\d{4})-', '2026-01', true],
    ['ok|fine', 'bad', false],
    ['', 'anything', true],
  ]
  for (const [pattern, text, expected] of found)
    assert.equal(new LinearPattern(pattern).test(text, new Work()), expected, pattern)
  assert.equal(new LinearPattern('a').testWhole('aa', new Work()), false)
})

test('a pattern that makes others backtrack for ever ends at once', () => {
  const text = `${'a'.repeat(1_048_576)}b`
  for (const pattern of ['(a+)+$', '(a|aa)+$', '^(a|a)*$', '(.*a){5}c']) {
    const startMs = performance.now()
    try {
      assert.equal(new LinearPattern(pattern).test(text, new Work()), false)
    } catch (error) {
      assert.ok(error instanceof TooMuchWorkError)
    }
    assert.ok(performance.now() - startMs < 1_000, pattern)
  }
  assert.equal(new LinearPattern('(a+)+$').test(text, new Work()), false, 'and is not given up')
})

test('what can not run in linear time is refused in words', () => {
  const refused: [pattern: string, reason: RegExp][] = [
    ['foo(?=bar)', /look-ahead/],
    ['(?<!a)b', /look-behind/],
    ['(a)\\1', /back-references/],
    ['[a-', /missing closing/],
    ['(a{1,50}){1,50}', /too large|repeat/],
  ]
  for (const [pattern, reason] of refused) {
    assert.throws(
      () => new LinearPattern(pattern),
      (error) => error instanceof PatternError && reason.test(error.message),
    )
  }
})
