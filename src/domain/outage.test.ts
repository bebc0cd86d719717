import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildMonitor } from './kit/build.ts'
import { causeOf, severityOf } from './outage.ts'
import { quorumOf } from './quorum.ts'
import type { CheckSummary } from './state.ts'

const saw = (error: string, category: CheckSummary['category']): CheckSummary => ({
  statusCode: null,
  responseTimeMs: null,
  error,
  category,
})

test('the cause is what most failing regions saw', () => {
  const cause = causeOf([
    saw('timed out after 3000 ms', 'NETWORK_TIMEOUT'),
    saw('expected status 200, got 500', 'SERVER_ERROR'),
    saw('expected status 200, got 502', 'SERVER_ERROR'),
  ])
  assert.deepEqual(cause, { sentence: 'expected status 200, got 500', category: 'SERVER_ERROR' })
})

test('severity follows the share of failing regions, unless the monitor sets one', () => {
  const monitor = buildMonitor()
  assert.equal(severityOf(monitor, { failing: 1, regions: 1 }, 'SERVER_ERROR'), 'HIGH')
  assert.equal(severityOf(monitor, { failing: 2, regions: 3 }, 'SERVER_ERROR'), 'MEDIUM')
  assert.equal(severityOf(monitor, { failing: 1, regions: 3 }, 'SERVER_ERROR'), 'LOW')
  assert.equal(severityOf(monitor, { failing: 1, regions: 1 }, 'CONFIGURATION_ERROR'), 'MEDIUM')
  assert.equal(severityOf(buildMonitor({ severity: 'CRITICAL' }), { failing: 1, regions: 3 }, 'UNKNOWN'), 'CRITICAL')
})

test('a quorum is at least one region and never more than there are', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((regions) => quorumOf('majority', regions)),
    [1, 2, 2, 3, 3],
  )
  assert.equal(quorumOf('all', 3), 3)
  assert.equal(quorumOf('any', 3), 1)
  assert.equal(quorumOf(5, 3), 3)
  assert.equal(quorumOf(0, 3), 1)
  assert.equal(quorumOf('all', 0), 1)
})
