import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type EndedSpan, measure, uptimePercent } from './uptime.ts'
import { uptimeWindows } from './uptime-windows.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = 1_000 * DAY

test('each window says the same as a measure of its own', () => {
  const pieces = fc.array(fc.tuple(fc.constantFrom('UP', 'DOWN', 'DEGRADED', 'PAUSED', 'UNKNOWN'), fc.nat(9 * DAY)), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(pieces, fc.constantFrom('UP', 'DOWN', 'MAINTENANCE'), (given, status) => {
      let fromMs = NOW - 100 * DAY
      const spans: EndedSpan[] = []
      for (const [status, lengthMs] of given) {
        if (fromMs + lengthMs > NOW) break
        spans.push({ status, fromMs, toMs: fromMs + lengthMs })
        fromMs += lengthMs
      }
      const running = { status, fromMs } as const
      const over = (days: number) => uptimePercent(measure(spans, running, { fromMs: NOW - days * DAY, toMs: NOW }))
      assert.deepEqual(uptimeWindows(spans, running, NOW), {
        uptime24h: over(1),
        uptime7d: over(7),
        uptime30d: over(30),
        uptime90d: over(90),
      })
    }),
  )
})

test('an outage falls out of a window as time goes by, and nothing known is null', () => {
  const spans: EndedSpan[] = [{ status: 'DOWN', fromMs: NOW - 3 * DAY, toMs: NOW - 3 * DAY + HOUR }]
  const running = { status: 'UP', fromMs: NOW - 3 * DAY + HOUR } as const
  const windows = uptimeWindows(spans, running, NOW)
  assert.equal(windows.uptime24h, 100)
  assert.equal(windows.uptime7d, 98.611)
  assert.equal(uptimeWindows(spans, running, NOW + 5 * DAY).uptime7d, 100)
  assert.deepEqual(Object.values(uptimeWindows([], null, NOW)), [null, null, null, null])
})
