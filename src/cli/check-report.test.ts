import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckResult, unknownResult } from '#domain'
import { checkLines, presentCheck } from './check-report.ts'

const up: CheckResult = {
  ...unknownResult(''),
  status: 'UP',
  responseTimeMs: 116.26,
  phases: { dns: 3.2, connect: 12.04, tls: null, firstByte: 100, download: 1 },
  statusCode: 204,
  error: null,
  localFault: false,
}

test('each phase that happened has its line, then the total and the verdict', () => {
  assert.deepEqual(checkLines(up), [
    'name lookup       3.2 ms',
    'connect          12.0 ms',
    'first byte      100.0 ms',
    'download          1.0 ms',
    'total           116.3 ms',
    'UP: status 204',
  ])
})

test('a failure says why, and an answer from outside can not steer the terminal', () => {
  const down: CheckResult = {
    ...unknownResult('expected status 200, got \u001b[31m500\nX'),
    status: 'DOWN',
    localFault: false,
  }
  assert.deepEqual(checkLines(down), ['DOWN: expected status 200, got  [31m500 X'])
})

test('a failure that looks like ours says so', () => {
  assert.deepEqual(checkLines({ ...unknownResult('no route'), status: 'DOWN' }), [
    'DOWN: no route (the fault may lie on this side)',
  ])
})

test('for programs it has the shape of the API', () => {
  assert.deepEqual(presentCheck(up, Date.parse('2026-01-31T12:00:00.123Z')), {
    status: 'UP',
    checkedAt: '2026-01-31T12:00:00.123Z',
    statusCode: 204,
    responseTime: 116.26,
    phases: { dns: 3.2, connect: 12.04, tls: null, firstByte: 100, download: 1 },
    error: null,
    rootCauseCategory: null,
    details: null,
  })
})
