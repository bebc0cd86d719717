import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CheckStatus } from './check.ts'
import { at, buildMonitor, buildReport } from './kit/build.ts'
import { newStory, play, type Story } from './kit/play.ts'

const alerts = (story: Story) => story.events.filter((name) => name.startsWith('monitor.'))

test('the first success makes a new monitor UP and tells nobody', () => {
  const story = play(newStory(), buildMonitor(), [buildReport('UP', at('00:01'))])
  assert.equal(story.state.status, 'UP')
  assert.deepEqual(story.events, [])
  assert.deepEqual(story.state.span, { status: 'UP', fromMs: at('00:01') })
})

test('a first failure leaves a new monitor PENDING until it is confirmed', () => {
  const story = play(newStory(), buildMonitor(), [buildReport('DOWN', at('00:01'))])
  assert.equal(story.state.status, 'PENDING')
  assert.equal(story.openIncident, null)
})

test('failures are checked again after 1, 2, 4 s, and no more once confirmed', () => {
  const monitor = buildMonitor({ confirmationChecks: 4 })
  let story = play(newStory(), monitor, [buildReport('UP', at('00:00'))])
  const delays: (number | undefined)[] = []
  for (const time of ['00:01:00', '00:01:01', '00:01:03', '00:01:07']) {
    story = play(story, monitor, [buildReport('DOWN', at(time))])
    delays.push(story.last?.rechecks[0]?.delayMs)
  }
  assert.deepEqual(delays, [1_000, 2_000, 4_000, undefined])
  assert.equal(story.state.status, 'DOWN')
})

test('a confirmed outage opens one incident that starts with the first failing check', () => {
  const story = play(newStory(), buildMonitor(), [
    buildReport('UP', at('00:00')),
    buildReport('DOWN', at('00:01:00')),
    buildReport('DOWN', at('00:01:01')),
    buildReport('DOWN', at('00:01:03')),
    buildReport('DOWN', at('00:02:00')),
  ])
  assert.deepEqual(story.events, ['incident.created', 'monitor.down'])
  assert.equal(story.incidents.length, 1)
  const [incident] = story.incidents
  assert.equal(incident?.startedAtMs, at('00:01:00'))
  assert.deepEqual([incident?.checksFailed, incident?.checksTotal], [3, 3])
  assert.equal(incident?.severity, 'HIGH')
  assert.equal(incident?.rootCause, 'expected status 200-299, got 500')
  assert.equal(incident?.rootCauseCategory, 'SERVER_ERROR')
  assert.deepEqual(story.spans.at(-1), {
    monitorId: 'mon_aaaaaaaaaaaaaaaa',
    status: 'UP',
    fromMs: at('00:00'),
    toMs: at('00:01:00'),
  })
})

test('one failure that recovers in the re-check changes nothing and tells nobody', () => {
  const story = play(newStory(), buildMonitor(), [
    buildReport('UP', at('00:00')),
    buildReport('DOWN', at('00:01:00')),
    buildReport('UP', at('00:01:01')),
  ])
  assert.equal(story.state.status, 'UP')
  assert.deepEqual(story.events, [])
  assert.deepEqual(story.state.span, { status: 'UP', fromMs: at('00:00') })
  assert.deepEqual(story.state.runUp, [])
})

test('recovery resolves the incident at the first good check and tells once', () => {
  const monitor = buildMonitor({ confirmationChecks: 1, recoveryChecks: 2 })
  const story = play(newStory(), monitor, [
    buildReport('UP', at('00:00')),
    buildReport('DOWN', at('00:01')),
    buildReport('UP', at('00:02:00')),
    buildReport('UP', at('00:02:01')),
    buildReport('UP', at('00:03')),
  ])
  assert.deepEqual(story.events, ['incident.created', 'monitor.down', 'incident.resolved', 'monitor.up'])
  assert.equal(story.incidents[0]?.resolvedAtMs, at('00:02:00'))
  assert.deepEqual(story.state.span, { status: 'UP', fromMs: at('00:02:00') })
})

test('a single good check among failures does not end an outage that needs two', () => {
  const monitor = buildMonitor({ confirmationChecks: 1, recoveryChecks: 2 })
  const story = play(newStory(), monitor, [
    buildReport('DOWN', at('00:01')),
    buildReport('UP', at('00:02')),
    buildReport('DOWN', at('00:03')),
    buildReport('UP', at('00:04')),
  ])
  assert.equal(story.state.status, 'DOWN')
  assert.equal(story.last?.rechecks[0]?.delayMs, 1_000)
})

test('slow answers are confirmed like failures and make it DEGRADED without an incident', () => {
  const story = play(newStory(), buildMonitor({ confirmationChecks: 2 }), [
    buildReport('UP', at('00:00')),
    buildReport('DEGRADED', at('00:01')),
    buildReport('DEGRADED', at('00:01:01')),
    buildReport('UP', at('00:02')),
  ])
  assert.deepEqual(story.events, ['monitor.degraded', 'monitor.up'])
  assert.deepEqual(story.incidents, [])
  assert.deepEqual(
    story.spans.map(({ status, fromMs }) => [status, fromMs]),
    [
      ['UP', at('00:00')],
      ['DEGRADED', at('00:01')],
    ],
  )
})

test('one of three regions failing is DEGRADED, two are DOWN, and the incident names both', () => {
  const monitor = buildMonitor({ confirmationChecks: 1 })
  const regions = ['eu', 'us', 'ap']
  let story = play(
    newStory(),
    monitor,
    regions.map((region) => buildReport('UP', at('00:00'), { region })),
    { regions },
  )
  story = play(story, monitor, [buildReport('DOWN', at('00:01'), { region: 'eu' })], { regions })
  assert.equal(story.state.status, 'DEGRADED')
  assert.deepEqual(alerts(story), ['monitor.degraded'])
  story = play(story, monitor, [buildReport('DOWN', at('00:01:01'), { region: 'us' })], { regions })
  assert.equal(story.state.status, 'DOWN')
  assert.deepEqual(story.incidents[0]?.affectedRegions, ['eu', 'us'])
  assert.equal(story.incidents[0]?.severity, 'MEDIUM')
  assert.equal(story.incidents[0]?.startedAtMs, at('00:01'))
  story = play(story, monitor, [buildReport('DOWN', at('00:01:02'), { region: 'ap' })], { regions })
  assert.deepEqual(story.incidents[0]?.affectedRegions, ['ap', 'eu', 'us'])
  assert.equal(story.incidents[0]?.severity, 'HIGH')
  assert.equal(story.events.at(-1), 'incident.updated')
})

test('a region that failed alone for an hour does not date the outage back', () => {
  const monitor = buildMonitor({ confirmationChecks: 1 })
  const regions = ['eu', 'us']
  let story = play(newStory(), monitor, [buildReport('UP', at('00:00'), { region: 'us' })], { regions })
  for (let minute = 0; minute < 60; minute += 1) {
    const time = `00:${String(minute).padStart(2, '0')}`
    story = play(story, monitor, [buildReport('UP', at(`${time}:10`), { region: 'us' })], { regions })
    story = play(story, monitor, [buildReport('DOWN', at(`${time}:20`), { region: 'eu' })], { regions })
  }
  assert.equal(story.state.status, 'DEGRADED')
  story = play(story, monitor, [buildReport('DOWN', at('01:00:10'), { region: 'us' })], { regions })
  assert.equal(story.state.status, 'DOWN')
  assert.equal(story.incidents[0]?.startedAtMs, at('01:00:10'))
})

test('when one region sees a failure the others are asked at once, and not twice', () => {
  const regions = ['eu', 'us', 'ap']
  const monitor = buildMonitor()
  let story = play(
    newStory(),
    monitor,
    regions.map((region) => buildReport('UP', at('00:00'), { region })),
    { regions },
  )
  story = play(story, monitor, [buildReport('DOWN', at('00:01'), { region: 'eu' })], { regions })
  assert.deepEqual(story.last?.rechecks, [
    { region: 'eu', delayMs: 1_000 },
    { region: 'us', delayMs: 0 },
    { region: 'ap', delayMs: 0 },
  ])
  story = play(story, monitor, [buildReport('DOWN', at('00:01'), { region: 'us' })], { regions })
  assert.deepEqual(story.last?.rechecks, [
    { region: 'us', delayMs: 1_000 },
    { region: 'ap', delayMs: 0 },
  ])
})

test('a region that has gone silent neither blocks nor carries a verdict', () => {
  const monitor = buildMonitor({ confirmationChecks: 1, regionQuorum: 'any' })
  let story = play(newStory(), monitor, [buildReport('DOWN', at('00:01'), { region: 'us' })], { regions: ['eu', 'us'] })
  assert.equal(story.state.status, 'DOWN')
  story = play(story, monitor, [buildReport('UP', at('00:10'), { region: 'eu' })], { regions: ['eu'] })
  assert.equal(story.state.status, 'UP')
})

test('after a time in which no region looked, an outage goes on until it is seen to be over', () => {
  const monitor = buildMonitor({ confirmationChecks: 1, regionQuorum: 'all' })
  const regions = ['eu', 'us']
  const both = (status: CheckStatus, time: string) => regions.map((region) => buildReport(status, at(time), { region }))
  let story = play(newStory(), monitor, both('DOWN', '00:01'), { regions })
  assert.equal(story.state.status, 'DOWN')
  story = play(story, monitor, both('DOWN', '00:30'), { regions })
  assert.deepEqual(story.events, ['monitor.degraded', 'incident.created', 'monitor.down'])
  story = play(story, monitor, both('UP', '00:31'), { regions })
  assert.equal(story.openIncident, null)
})

test('after the clock was set back by an hour checks count at once', () => {
  const monitor = buildMonitor({ confirmationChecks: 1 })
  const before = play(newStory(), monitor, [buildReport('UP', at('01:30'))])
  const after = play(before, monitor, [buildReport('DOWN', at('00:31'))])
  assert.equal(after.state.status, 'DOWN')
  assert.equal(after.state.lastCheckedAtMs, at('00:31'))
})

test('a region that stood in for the asked ones has no say once they are back', () => {
  const monitor = buildMonitor({ confirmationChecks: 1, enabledRegions: ['eu'] })
  let story = play(newStory(), monitor, [buildReport('DOWN', at('00:01'), { region: 'eu' })], { regions: ['eu'] })
  story = play(story, monitor, [buildReport('UP', at('00:02'), { region: 'local' })], { regions: ['eu'] })
  assert.equal(story.state.status, 'DOWN')
})

test('checks that waited until their region was silent neither end an outage nor open it anew', () => {
  const monitor = buildMonitor({ confirmationChecks: 1 })
  const report = (status: CheckStatus, time: string, region: string) => buildReport(status, at(time), { region })
  let story = play(newStory(), monitor, [report('UP', '00:01:00', 'local'), report('DOWN', '00:01:05', 'eu')], {
    regions: ['eu', 'local'],
  })
  assert.equal(story.state.status, 'DEGRADED')
  const late = [report('DOWN', '00:02:05', 'eu'), report('UP', '00:02:00', 'local'), report('DOWN', '00:03:05', 'eu')]
  story = play(story, monitor, late, { regions: ['eu'] })
  assert.deepEqual([story.state.status, story.incidents.length], ['DOWN', 1])
  assert.ok(!story.events.includes('incident.resolved'))
  story = play(story, monitor, [report('UP', '00:04:00', 'local')], { regions: ['eu', 'local'] })
  assert.deepEqual([story.state.status, story.incidents[0]?.resolution], ['DEGRADED', 'recovered'])
})

test('a region that joins while it fails too ends no outage', () => {
  const monitor = buildMonitor({ confirmationChecks: 2 })
  const report = (time: string, region: string) => buildReport('DOWN', at(time), { region })
  let story = play(newStory(), monitor, [report('00:01:00', 'eu'), report('00:01:01', 'eu')], { regions: ['eu'] })
  assert.equal(story.state.status, 'DOWN')
  story = play(story, monitor, [report('00:01:02', 'us')], { regions: ['eu', 'us'] })
  assert.equal(story.state.status, 'DOWN')
})

test('an outage never begins before the span that it ends', () => {
  const monitor = buildMonitor({ confirmationChecks: 2, regionQuorum: 'all' })
  const report = (status: CheckStatus, time: string, region: string) => buildReport(status, at(time), { region })
  const reports = [
    report('DOWN', '00:01:00', 'us'),
    report('UP', '00:01:01', 'eu'),
    report('DOWN', '00:01:02', 'us'),
    report('DOWN', '00:01:03', 'eu'),
    report('DOWN', '00:01:04', 'eu'),
  ]
  const story = play(newStory(), monitor, reports, { regions: ['eu', 'us'] })
  assert.equal(story.openIncident?.startedAtMs, story.state.span.fromMs)
  assert.equal(story.state.span.status, 'DOWN')
})

test('a check that could not be measured is no failure: the span says UNKNOWN, the status stays', () => {
  const story = play(newStory(), buildMonitor({ confirmationChecks: 1 }), [
    buildReport('UP', at('00:00')),
    buildReport('UNKNOWN', at('00:01')),
    buildReport('UNKNOWN', at('00:02')),
    buildReport('UP', at('00:03')),
  ])
  assert.equal(story.state.status, 'UP')
  assert.deepEqual(story.events, [])
  assert.deepEqual(
    story.spans.slice(-2).map(({ status, fromMs }) => [status, fromMs]),
    [
      ['UP', at('00:00')],
      ['UNKNOWN', at('00:01')],
    ],
  )
})

test('late and repeated reports change nothing', () => {
  const monitor = buildMonitor({ confirmationChecks: 1 })
  const story = play(newStory(), monitor, [buildReport('UP', at('00:05'))])
  const later = play(story, monitor, [buildReport('DOWN', at('00:04')), buildReport('DOWN', at('00:05'))])
  assert.equal(later.state, story.state)
  assert.deepEqual(later.events, [])
})

test('a report of an older version of the monitor, or of a paused one, is dismissed', () => {
  const story = newStory()
  const edited = buildMonitor({}, { version: 2 })
  assert.equal(play(story, edited, [buildReport('DOWN', at('00:01'))]).last, null)
  const paused = buildMonitor({}, { isPaused: true })
  assert.equal(play(story, paused, [buildReport('DOWN', at('00:01'))]).last, null)
})

test('while a dependency is DOWN the alert is held and told once the dependency is back', () => {
  const monitor = buildMonitor({ confirmationChecks: 1 })
  let story = play(newStory(), monitor, [buildReport('DOWN', at('00:01'))], { downDependencies: ['Database'] })
  assert.deepEqual(alerts(story), [])
  assert.match(story.incidents[0]?.rootCause ?? '', /alerts held: "Database" is DOWN/)
  story = play(story, monitor, [buildReport('DOWN', at('00:02'))])
  assert.deepEqual(alerts(story), ['monitor.down'])
  story = play(story, monitor, [buildReport('DOWN', at('00:03'))])
  assert.deepEqual(alerts(story), ['monitor.down'])
})

test('an outage that was never told ends without an `up`', () => {
  const monitor = buildMonitor({ confirmationChecks: 1 })
  let story = play(newStory(), monitor, [buildReport('DOWN', at('00:01'))], { downDependencies: ['Database'] })
  story = play(story, monitor, [buildReport('UP', at('00:02'))])
  assert.deepEqual(alerts(story), [])
  assert.equal(story.incidents[0]?.resolution, 'recovered')
})

test('an outage does not begin with a good check of a region that could not measure for a while', () => {
  const monitor = buildMonitor({ confirmationChecks: 1, recoveryChecks: 2, regionQuorum: 'all' })
  const regions = ['eu', 'us']
  let story = play(newStory(), monitor, [buildReport('UP', at('00:00'), { region: 'us' })], { regions })
  for (const [status, time, region] of [
    ['DOWN', '00:01', 'eu'],
    ['UNKNOWN', '00:02', 'eu'],
    ['DOWN', '00:02:10', 'us'],
    ['UP', '00:02:20', 'eu'],
  ] as const) {
    story = play(story, monitor, [buildReport(status, at(time), { region })], { regions })
  }
  assert.equal(story.state.status, 'DEGRADED')
  assert.deepEqual(story.incidents, [])
})

const anyHistory = fc.record({
  settings: fc.record({
    confirmationChecks: fc.integer({ min: 1, max: 5 }),
    recoveryChecks: fc.integer({ min: 1, max: 4 }),
    regionQuorum: fc.constantFrom<'any' | 'majority' | 'all' | number>('any', 'majority', 'all', 2),
  }),
  checks: fc.array(
    fc.record({
      region: fc.constantFrom('eu', 'us', 'ap'),
      status: fc.constantFrom<CheckStatus>('UP', 'UP', 'DOWN', 'DOWN', 'DEGRADED', 'UNKNOWN'),
      gapMs: fc.integer({ min: -5_000, max: 90_000 }),
    }),
    { maxLength: 80 },
  ),
})

test('whatever comes: one open incident at most, told in pairs, spans without gap or overlap', () => {
  fc.assert(
    fc.property(anyHistory, ({ settings, checks }) => {
      const monitor = buildMonitor(settings)
      const regions = ['eu', 'us', 'ap']
      let story = newStory()
      let nowMs = at('01:00')
      for (const { region, status, gapMs } of checks) {
        nowMs += gapMs
        story = play(story, monitor, [buildReport(status, nowMs, { region })], { regions })
        assert.equal(story.state.status === 'DOWN', story.openIncident !== null)
      }
      const told = alerts(story)
      for (const [index, name] of told.entries()) assert.ok(name === 'monitor.degraded' || told[index + 1] !== name)
      const count = (name: string) => story.events.filter((event) => event === name).length
      assert.ok(count('incident.created') - count('incident.resolved') <= 1)
      let endMs = at('00:00')
      for (const span of story.spans) {
        assert.equal(span.fromMs, endMs)
        assert.ok(span.toMs !== null && span.toMs > span.fromMs)
        endMs = span.toMs ?? endMs
      }
      assert.equal(story.state.span.fromMs, endMs)
    }),
    { numRuns: 500 },
  )
})

test('DOWN is never decided with fewer failures in a row than asked, in fewer regions than the quorum', () => {
  fc.assert(
    fc.property(anyHistory, ({ settings, checks }) => {
      const monitor = buildMonitor({ ...settings, regionQuorum: 'all' })
      const regions = ['eu', 'us', 'ap']
      const rows: Record<string, number> = {}
      let story = newStory()
      let nowMs = at('01:00')
      for (const { region, status } of checks) {
        nowMs += 1_000
        const before = story.state.status
        if (status === 'DOWN') rows[region] = (rows[region] ?? 0) + 1
        else if (status !== 'UNKNOWN') rows[region] = 0
        story = play(story, monitor, [buildReport(status, nowMs, { region })], { regions })
        if (before === 'DOWN' || story.state.status !== 'DOWN') continue
        const confirmed = regions.filter((code) => story.state.regions[code]?.verdict === 'DOWN')
        assert.equal(confirmed.length, 3)
        assert.ok((rows[region] ?? 0) >= settings.confirmationChecks)
      }
    }),
    { numRuns: 500 },
  )
})
