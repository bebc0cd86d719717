import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckReport, NO_PHASES } from '#domain'
import { SelfCheck } from './self-check.ts'
import { simulatedClock } from './simulated-clock.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')

function report(monitor: number, status: 'UP' | 'DOWN', atMs: number, localFault = false): CheckReport {
  return {
    monitorId: `mon_${monitor}`,
    version: 1,
    region: 'local',
    kind: 'planned',
    scheduledAtMs: atMs,
    startedAtMs: atMs,
    result: {
      status,
      responseTimeMs: 5,
      phases: { ...NO_PHASES },
      statusCode: null,
      error: status === 'DOWN' ? 'no answer' : null,
      category: null,
      localFault,
      details: null,
      evidence: null,
    },
  }
}

const statuses = (reports: CheckReport[]) => reports.map(({ result }) => result.status)
const many = (count: number, status: 'UP' | 'DOWN', local = false) =>
  Array.from({ length: count }, (_, index) => report(index, status, START_MS, local))

test('one failing target among many is its own fault', async () => {
  const check = new SelfCheck(simulatedClock({ startMs: START_MS }), async () => false)
  await check.screen(many(9, 'UP'))
  assert.deepEqual(statuses(await check.screen([report(9, 'DOWN', START_MS)])), ['DOWN'])
})

test('when most fail at once and the control address is silent, the failures are unknown', async () => {
  const check = new SelfCheck(simulatedClock({ startMs: START_MS }), async () => false)
  const screened = await check.screen(many(10, 'DOWN'))
  assert.deepEqual(new Set(statuses(screened)), new Set(['UNKNOWN']))
  assert.match(screened[0]?.result.error ?? '', /its own network is suspected \(no answer\)/)
})

test('when the control address answers, they are real', async () => {
  const check = new SelfCheck(simulatedClock({ startMs: START_MS }), async () => true)
  assert.deepEqual(new Set(statuses(await check.screen(many(10, 'DOWN')))), new Set(['DOWN']))
})

test('without a control address only failures that look like ours are put down to us, once they are most', async () => {
  const screened = (reports: CheckReport[]) =>
    new SelfCheck(simulatedClock({ startMs: START_MS }), null).screen(reports)
  assert.deepEqual(new Set(statuses(await screened(many(10, 'DOWN', true)))), new Set(['UNKNOWN']))
  const oneReal = [...many(9, 'DOWN', true), report(9, 'DOWN', START_MS)]
  assert.deepEqual(statuses(await screened(oneReal)), [...Array(9).fill('UNKNOWN'), 'DOWN'])
  const mostReal = [...many(4, 'DOWN', true), ...[4, 5, 6, 7, 8].map((monitor) => report(monitor, 'DOWN', START_MS))]
  assert.deepEqual(new Set(statuses(await screened(mostReal))), new Set(['DOWN']))
})

test('two failing monitors are too few to suspect anything', async () => {
  const check = new SelfCheck(simulatedClock({ startMs: START_MS }), async () => false)
  assert.deepEqual(statuses(await check.screen(many(2, 'DOWN'))), ['DOWN', 'DOWN'])
})

test('the control address is asked once in five seconds, not once a check', async () => {
  let asked = 0
  const clock = simulatedClock({ startMs: START_MS })
  const check = new SelfCheck(clock, async () => {
    asked += 1
    return false
  })
  await check.screen(many(10, 'DOWN'))
  await check.screen(many(10, 'DOWN'))
  assert.equal(asked, 1)
})

test('an outage that has lasted for minutes does not make a later one look like ours', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  const check = new SelfCheck(clock, async () => false)
  await check.screen(many(2, 'DOWN'))
  await clock.advanceBy(120_000)
  await check.screen([report(2, 'UP', START_MS + 120_000), report(3, 'UP', START_MS + 120_000)])
  assert.deepEqual(statuses(await check.screen([report(4, 'DOWN', START_MS + 121_000)])), ['DOWN'])
})

test('a network that stays away for minutes is still the one to blame for what fails late in it', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  const check = new SelfCheck(clock, async () => false)
  await check.screen(many(5, 'UP'))
  await check.screen(many(4, 'DOWN'))
  await clock.advanceBy(120_000)
  assert.deepEqual(statuses(await check.screen([report(4, 'DOWN', START_MS + 119_000)])), ['UNKNOWN'])
  assert.deepEqual(statuses(await check.screen([report(0, 'DOWN', START_MS + 120_000)])), ['UNKNOWN'])
})

test('an answer that was given before the network went away clears nothing', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  let answers = true
  const check = new SelfCheck(clock, async () => answers)
  assert.deepEqual(new Set(statuses(await check.screen(many(3, 'DOWN')))), new Set(['DOWN']))
  answers = false
  await clock.advanceBy(2_000)
  const later = [3, 4, 5, 6].map((monitor) => report(monitor, 'DOWN', START_MS + 1_500))
  assert.deepEqual(new Set(statuses(await check.screen(later))), new Set(['UNKNOWN']))
})

test('a check that ran into the silence of the control address is ours also when it ends after that', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  let answers = false
  const check = new SelfCheck(clock, async () => answers)
  await check.screen(many(5, 'DOWN'))
  answers = true
  await clock.advanceBy(10_000)
  assert.deepEqual(statuses(await check.screen([report(0, 'DOWN', START_MS + 4_000)])), ['UNKNOWN'])
  assert.deepEqual(statuses(await check.screen([report(1, 'DOWN', START_MS + 6_000)])), ['DOWN'])
})

test('when nothing succeeds any more the failures need not fall into one minute', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  const check = new SelfCheck(clock, async () => false)
  await check.screen(many(5, 'UP'))
  const seen: string[] = []
  for (const monitor of [0, 1, 2]) {
    await clock.advanceBy(50_000)
    seen.push(...statuses(await check.screen([report(monitor, 'DOWN', clock.nowMs())])))
  }
  assert.deepEqual(seen, ['DOWN', 'DOWN', 'UNKNOWN'])
})

test('what waits for the store and is shown again does not take back what was found out since', () => {
  const clock = simulatedClock({ startMs: START_MS + 3_000 })
  const check = new SelfCheck(clock, null)
  const waiting = [...many(5, 'UP'), ...[0, 1, 2, 3].map((monitor) => report(monitor, 'DOWN', START_MS + 2_000, true))]
  const first = check.screen(waiting)
  assert.ok(Array.isArray(first))
  assert.deepEqual(statuses(first), [...Array(5).fill('UP'), ...Array(4).fill('UNKNOWN')])
  assert.equal(check.screen(first), first)
  const next = check.screen([report(0, 'DOWN', START_MS + 3_000, true)])
  assert.deepEqual(Array.isArray(next) && statuses(next), ['UNKNOWN'])
})

test('after the clock was set back by an hour what succeeded before does not speak for a network that is away', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  const check = new SelfCheck(clock, async () => false)
  await check.screen(many(10, 'UP'))
  clock.jumpWall(-3_600_000)
  check.clockWasSet()
  const failing = [0, 1, 2, 3].map((monitor) => report(monitor, 'DOWN', clock.nowMs()))
  assert.deepEqual(new Set(statuses(await check.screen(failing))), new Set(['UNKNOWN']))
})

test('what comes in late with stamps from before the clock was set back does not hide what is checked since', async () => {
  const clock = simulatedClock({ startMs: START_MS })
  const check = new SelfCheck(clock, async () => false)
  clock.jumpWall(-3_600_000)
  check.clockWasSet()
  await check.screen(many(4, 'UP'))
  const failing = [0, 1, 2, 3].map((monitor) => report(monitor, 'DOWN', clock.nowMs()))
  assert.deepEqual(new Set(statuses(await check.screen(failing))), new Set(['UNKNOWN']))
})
