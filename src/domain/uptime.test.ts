import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changeSpan, type RunningSpan } from './change-span.ts'
import { SPAN_STATUSES } from './span.ts'
import { coverage, type EndedSpan, type Measured, measure, timesBetween, uptimePercent } from './uptime.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function sum({ upMs, degradedMs, downMs, unknownMs }: Measured): number {
  return upMs + degradedMs + downMs + unknownMs
}

test('spans are cut to the range, and time before the first is unknown', () => {
  const spans: EndedSpan[] = [
    { status: 'UP', fromMs: 10, toMs: 20 },
    { status: 'DOWN', fromMs: 20, toMs: 30 },
  ]
  assert.deepEqual(measure(spans, { status: 'DEGRADED', fromMs: 30 }, { fromMs: 0, toMs: 35 }), {
    upMs: 10,
    degradedMs: 5,
    downMs: 10,
    unknownMs: 10,
  })
  assert.deepEqual(measure(spans, null, { fromMs: 15, toMs: 25 }), { upMs: 5, degradedMs: 0, downMs: 5, unknownMs: 0 })
})

test('blind, paused and maintenance time is unknown, and so is what no span covers', () => {
  const spans: EndedSpan[] = [
    { status: 'UNKNOWN', fromMs: 0, toMs: 10 },
    { status: 'PAUSED', fromMs: 10, toMs: 20 },
    { status: 'MAINTENANCE', fromMs: 20, toMs: 30 },
    { status: 'UP', fromMs: 40, toMs: 50 },
  ]
  const measured = measure(spans, null, { fromMs: 0, toMs: 60 })
  assert.deepEqual(measured, { upMs: 10, degradedMs: 0, downMs: 0, unknownMs: 50 })
  assert.equal(uptimePercent(measured), 100)
  assert.equal(coverage(measured), 16.666)
})

test('a running span that began after the range does not count', () => {
  assert.equal(measure([], { status: 'UP', fromMs: 100 }, { fromMs: 0, toMs: 50 }).unknownMs, 50)
})

test('an empty or reversed range measures nothing', () => {
  const spans: EndedSpan[] = [{ status: 'UP', fromMs: 0, toMs: 100 }]
  for (const toMs of [50, 40]) {
    const measured = measure(spans, null, { fromMs: 50, toMs })
    assert.equal(sum(measured), 0)
    assert.equal(uptimePercent(measured), null)
    assert.equal(coverage(measured), null)
  }
})

test('no known time has no uptime, rather than 0 or 100', () => {
  assert.equal(uptimePercent(measure([], null, { fromMs: 0, toMs: DAY })), null)
})

test('a five hour hole in a good day is left out of the figure and shows in the coverage', () => {
  const spans: EndedSpan[] = [
    { status: 'UP', fromMs: 0, toMs: 10 * HOUR },
    { status: 'UNKNOWN', fromMs: 10 * HOUR, toMs: 15 * HOUR },
  ]
  const measured = measure(spans, { status: 'UP', fromMs: 15 * HOUR }, { fromMs: 0, toMs: DAY })
  assert.equal(uptimePercent(measured), 100)
  assert.equal(coverage(measured), 79.166)
})

test('two minutes down in thirty days are 99.995, and one millisecond in a century is not 100', () => {
  const figure = (downMs: number, totalMs: number) =>
    uptimePercent({ upMs: totalMs - downMs, degradedMs: 0, downMs, unknownMs: 0 })
  assert.equal(figure(120_000, 30 * DAY), 99.995)
  assert.equal(figure(5, 1_000_000), 99.999)
  assert.equal(figure(1, 36_500 * DAY), 99.999)
  assert.equal(figure(0, 36_500 * DAY), 100)
  assert.equal(figure(DAY, DAY), 0)
})

test('degraded time counts as up', () => {
  assert.equal(uptimePercent({ upMs: 50, degradedMs: 25, downMs: 25, unknownMs: 1_000 }), 75)
})

/** Spans as a monitor makes them: a random walk through `changeSpan`. */
const history = fc
  .array(fc.record({ status: fc.constantFrom(...SPAN_STATUSES), afterMs: fc.nat(2 * DAY) }), { maxLength: 60 })
  .map((changes) => {
    const spans: EndedSpan[] = []
    let running: RunningSpan = { status: 'UNKNOWN', fromMs: 0 }
    let nowMs = 0
    for (const { status, afterMs } of changes) {
      nowMs += afterMs
      const changed = changeSpan(running, status, nowMs)
      if (changed.ended !== null) spans.push(changed.ended)
      running = changed.running
    }
    return { spans, running }
  })
const boundaries = fc
  .array(fc.integer({ min: -5 * DAY, max: 60 * DAY }), { minLength: 2, maxLength: 20 })
  .map((all) => all.sort((a, b) => a - b))

test('the parts add up to the range, and the figure is 100 only without downtime', () => {
  fc.assert(
    fc.property(history, boundaries, ({ spans, running }, [fromMs = 0, toMs = 0]) => {
      const measured = measure(spans, running, { fromMs, toMs })
      assert.equal(sum(measured), toMs - fromMs)
      for (const part of Object.values(measured)) assert.ok(part >= 0)
      if (measured.downMs > 0) assert.ok((uptimePercent(measured) ?? 100) < 100)
    }),
  )
})

test('neighbouring ranges add up to the whole, each as if it was measured alone', () => {
  fc.assert(
    fc.property(history, boundaries, ({ spans, running }, bounds) => {
      const times = timesBetween(spans, running, bounds)
      const whole = measure(spans, running, { fromMs: bounds[0] ?? 0, toMs: bounds.at(-1) ?? 0 })
      assert.equal(
        times.reduce((total, time) => total + time.DOWN, 0),
        whole.downMs,
      )
      for (const [index, time] of times.entries()) {
        const alone = measure(spans, running, { fromMs: bounds[index] ?? 0, toMs: bounds[index + 1] ?? 0 })
        assert.equal(time.UP, alone.upMs)
        assert.equal(time.DEGRADED, alone.degradedMs)
      }
    }),
  )
})

test('cutting a span in two changes nothing', () => {
  fc.assert(
    fc.property(
      history,
      boundaries,
      fc.double({ min: 0, max: 1, noNaN: true }),
      ({ spans, running }, bounds, share) => {
        const pieces = spans.flatMap((span) => {
          const cutMs = span.fromMs + Math.floor(((span.toMs ?? span.fromMs) - span.fromMs) * share)
          return [
            { ...span, toMs: cutMs },
            { ...span, fromMs: cutMs },
          ]
        })
        assert.deepEqual(timesBetween(pieces, running, bounds), timesBetween(spans, running, bounds))
      },
    ),
  )
})
