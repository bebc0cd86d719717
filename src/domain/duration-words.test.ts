import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationWords } from './duration-words.ts'

test('a duration is told in its two largest units', () => {
  const told: [ms: number, words: string][] = [
    [0, '0 ms'],
    [999, '999 ms'],
    [1_000, '1 second'],
    [90_000, '1 minute 30 seconds'],
    [300_000, '5 minutes'],
    [3_600_000, '1 hour'],
    [86_400_000 + 7_200_000 + 59_000, '1 day 2 hours'],
    [86_400_000 + 59_000, '1 day'],
    [400 * 86_400_000, '400 days'],
  ]
  for (const [ms, words] of told) assert.equal(durationWords(ms), words)
})
