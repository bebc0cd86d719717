import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckResult, judge, unknownResult } from './check.ts'

const up: CheckResult = {
  ...unknownResult(''),
  status: 'UP',
  responseTimeMs: 120.4,
  statusCode: 200,
  error: null,
  localFault: false,
  details: { bytes: 5 },
}
const down: CheckResult = { ...up, status: 'DOWN', error: 'wrong', category: 'SERVER_ERROR', evidence: { body: 'x' } }
const wishes = { degradedThresholdMs: null, upsideDown: false }

test('a success slower than the threshold is degraded, one at the threshold is not', () => {
  const slow = judge(up, { ...wishes, degradedThresholdMs: 120 })
  assert.deepEqual([slow.status, slow.error], ['DEGRADED', 'response time: expected at most 120 ms, got 121 ms'])
  assert.equal(judge(up, { ...wishes, degradedThresholdMs: 120.4 }).status, 'UP')
  assert.equal(judge(down, { ...wishes, degradedThresholdMs: 1 }).status, 'DOWN')
})

test("time that was lost here is not held against the target, and the limit that is named is the monitor's", () => {
  const wish = { ...wishes, degradedThresholdMs: 100 }
  assert.equal(judge(up, { ...wish, lostMs: 21 }).status, 'UP')
  const slow = judge({ ...up, responseTimeMs: 500 }, { ...wish, lostMs: 200.4 })
  assert.equal(slow.error, 'response time: expected at most 100 ms, got 300 ms, without 200 ms that were lost here')
})

test('upside down, a failure is good, and a success fails with what it saw as evidence', () => {
  const good = judge(down, { ...wishes, upsideDown: true })
  assert.deepEqual([good.status, good.error, good.category, good.evidence], ['UP', null, null, null])
  const bad = judge(up, { degradedThresholdMs: 1, upsideDown: true })
  assert.deepEqual([bad.status, bad.category], ['DOWN', 'CONFIGURATION_ERROR'])
  assert.deepEqual(bad.evidence, { statusCode: 200, phases: up.phases, details: { bytes: 5 } })
})

test('what could not be measured stays so', () => {
  assert.equal(judge(unknownResult('no socket'), { degradedThresholdMs: 1, upsideDown: true }).status, 'UNKNOWN')
})
