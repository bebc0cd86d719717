import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckStatus } from './check.ts'
import type { DecisionContext } from './decision.ts'
import { decideBeat, decideDue } from './heartbeat-decision.ts'
import { at, buildContext, buildMonitor, buildReport } from './kit/build.ts'
import { apply, newStory, play, type Story } from './kit/play.ts'
import { decideBlindness, decideChange } from './lifecycle.ts'
import { type Cover, decideCover, isOfEndedMaintenance, noteMissedMaintenance } from './maintenance-decision.ts'
import type { Monitor } from './monitor.ts'
import { measure, uptimePercent } from './uptime.ts'

const monitor = buildMonitor({ confirmationChecks: 1 })
const COVER: Cover = { fromMs: at('01:00'), untilMs: at('02:00') }

function cover(
  story: Story,
  given: Cover | null,
  time: string,
  rest: Partial<DecisionContext> = {},
  of: Monitor = monitor,
): Story {
  const context = buildContext(of, at(time), { openIncident: story.openIncident, ...rest })
  return apply(story, decideCover(story.state, given, context))
}

function check(story: Story, status: CheckStatus, ...times: string[]): Story {
  return play(
    story,
    monitor,
    times.map((time) => buildReport(status, at(time))),
  )
}

/** UP before, in maintenance from 01:00. */
function covered(): Story {
  return cover(check(newStory(), 'UP', '00:00', '00:59'), COVER, '01:00')
}

test('maintenance begins at its time: the status says so, and the span of before ends there', () => {
  const story = covered()
  assert.equal(story.state.status, 'MAINTENANCE')
  assert.deepEqual(story.state.span, { status: 'MAINTENANCE', fromMs: at('01:00') })
  assert.equal(story.spans.at(-1)?.toMs, at('01:00'))
  assert.deepEqual(story.events, [])
})

test('what fails and recovers inside opens no incident, is told to nobody, and leaves the uptime alone', () => {
  const inside = check(check(covered(), 'DOWN', '01:10', '01:20'), 'UP', '01:30')
  assert.equal(inside.state.status, 'MAINTENANCE')
  const after = cover(inside, null, '02:00')
  assert.deepEqual([after.state.status, after.incidents, after.events], ['UP', [], []])
  assert.deepEqual(after.state.span, { status: 'UP', fromMs: at('02:00') })
  const range = { fromMs: at('00:00'), toMs: at('03:00') }
  const measured = measure(after.spans, after.state.span, range)
  assert.deepEqual([uptimePercent(measured), measured.unknownMs], [100, 3_600_000])
})

test('a monitor that is DOWN at the end opens its incident then, from the checks that failed', () => {
  const after = cover(check(covered(), 'DOWN', '01:30', '01:59:30'), null, '02:00')
  assert.equal(after.state.status, 'DOWN')
  assert.deepEqual(after.events, ['incident.created', 'monitor.down'])
  const [incident] = after.incidents
  assert.equal(incident?.startedAtMs, at('02:00'))
  assert.deepEqual([incident?.checksFailed, incident?.rootCause], [1, 'expected status 200-299, got 500'])
  assert.match(incident?.id ?? '', /^inc_\d{16}$/)
  assert.equal(incident?.number, 1)
  assert.deepEqual(after.state.span, { status: 'DOWN', fromMs: at('02:00') })
  const well = check(after, 'UP', '02:05')
  assert.deepEqual(well.events.slice(2), ['incident.resolved', 'monitor.up'])
})

test('maintenance that nobody saw takes its time out of the span that goes on over it, and is noted once', () => {
  const missed = { fromMs: at('01:00'), toMs: at('02:00') }
  const note = (story: Story) => {
    const context = buildContext(monitor, at('02:30'), { openIncident: story.openIncident })
    return apply(story, noteMissedMaintenance(story.state, missed, context))
  }
  for (const [status, uptime] of [
    ['UP', 100],
    ['DOWN', 0],
  ] as const) {
    const before = check(newStory(), status, '00:00')
    const after = note(note(before))
    const spans = [...after.spans, { monitorId: monitor.id, ...after.state.span, toMs: null }]
    assert.deepEqual(
      spans.map((span) => [span.status, span.fromMs]),
      [
        [status, at('00:00')],
        ['MAINTENANCE', at('01:00')],
        [status, at('02:00')],
      ],
    )
    assert.deepEqual(
      [after.state.status, after.openIncident, after.events],
      [status, before.openIncident, before.events],
    )
    const measured = measure(after.spans, after.state.span, { fromMs: at('00:00'), toMs: at('03:00') })
    assert.deepEqual([uptimePercent(measured), measured.unknownMs], [uptime, 3_600_000])
  }
})

test('an outage that began before maintenance that nobody saw, and is found after it, does not reach into it', () => {
  const careful = buildMonitor({ confirmationChecks: 2 })
  const report = (time: string) => buildReport('DOWN', at(time))
  let story = play(check(newStory(), 'UP', '00:00'), careful, [report('00:50')])
  const blind = { fromMs: at('00:51'), toMs: at('02:30'), reason: 'the server was not running' }
  const context = buildContext(careful, at('02:30'))
  story = apply(story, decideBlindness(story.state, blind, null, context))
  const missed = { fromMs: at('01:00'), toMs: at('02:00') }
  story = play(apply(story, noteMissedMaintenance(story.state, missed, context)), careful, [report('02:31')])
  assert.deepEqual(
    [...story.spans.slice(-2), story.state.span].map(({ status, fromMs }) => [status, fromMs]),
    [
      ['UNKNOWN', at('00:51')],
      ['MAINTENANCE', at('01:00')],
      ['DOWN', at('02:00')],
    ],
  )
  assert.equal(story.incidents[0]?.startedAtMs, at('02:00'))
})

test('maintenance that nobody saw changes no span that began after it, and no pause', () => {
  const note = (story: Story, fromMs: number) => {
    const missed = { fromMs, toMs: at('02:00') }
    return apply(story, noteMissedMaintenance(story.state, missed, buildContext(monitor, at('02:30'))))
  }
  const later = check(newStory(), 'UP', '02:10')
  assert.deepEqual([note(later, at('01:00')).spans, later.state.span.fromMs], [later.spans, at('02:10')])
  const paused = { ...newStory().state, span: { status: 'PAUSED', fromMs: at('00:00') } } as const
  assert.deepEqual(note({ ...newStory(), state: paused }, at('01:00')).state.span, paused.span)
  const within = note(check(newStory(), 'UP', '01:30'), at('01:00'))
  assert.deepEqual(
    within.spans.slice(-1).map(({ status, fromMs, toMs }) => [status, fromMs, toMs]),
    [['MAINTENANCE', at('01:30'), at('02:00')]],
  )
})

test('a failure that was seen long before the end is looked at again first', () => {
  const inside = check(covered(), 'DOWN', '01:30')
  const after = cover(inside, null, '02:00')
  assert.deepEqual([after.state.status, after.state.span.status, after.events], ['UP', 'UNKNOWN', []])
  assert.deepEqual(after.last?.rechecks, [{ region: 'eu', delayMs: 0 }])
  const told = check(after, 'DOWN', '02:00:02')
  assert.deepEqual([told.state.status, told.events], ['DOWN', ['incident.created', 'monitor.down']])
  assert.equal(told.incidents[0]?.startedAtMs, at('02:00'))
  assert.deepEqual(check(after, 'UP', '02:00:02').events, [])
})

test('an incident that was open before stays, silent; when it was over inside, that is told at the end', () => {
  const down = check(check(newStory(), 'UP', '00:00'), 'DOWN', '00:30')
  const begun = cover(down, COVER, '01:00')
  const inside = check(check(begun, 'DOWN', '01:10'), 'UP', '01:20')
  assert.equal(inside.openIncident?.resolvedAtMs, null)
  assert.deepEqual(inside.events, ['incident.created', 'monitor.down'])
  const after = cover(inside, null, '02:00')
  assert.deepEqual(after.events.slice(2), ['incident.resolved', 'monitor.up'])
  assert.equal(after.incidents[0]?.resolvedAtMs, at('01:20'))
  assert.equal(after.incidents[0]?.resolution, 'recovered')
  assert.equal(after.state.status, 'UP')
})

test('a recovery that the clock puts before the maintenance or after it counts as within', () => {
  const begun = cover(check(check(newStory(), 'UP', '00:00'), 'DOWN', '00:30'), COVER, '01:00')
  const resolvedAt = (recoveredAtMs: number) => {
    const maintenance = begun.state.maintenance ?? null
    assert.ok(maintenance !== null)
    const state = { ...begun.state, maintenance: { ...maintenance, status: 'UP' as const, recoveredAtMs } }
    return cover({ ...begun, state }, null, '02:00').incidents[0]?.resolvedAtMs
  }
  assert.equal(resolvedAt(at('00:31')), at('01:00'))
  assert.equal(resolvedAt(at('05:00')), at('02:00'))
})

test('an incident that was open before and is not over goes on, and nobody is told again', () => {
  const begun = cover(check(check(newStory(), 'UP', '00:00'), 'DOWN', '00:30'), COVER, '01:00')
  const after = cover(check(check(begun, 'UP', '01:10'), 'DOWN', '01:59'), null, '02:00')
  assert.deepEqual([after.state.status, after.events], ['DOWN', ['incident.created', 'monitor.down']])
  assert.equal(after.openIncident?.startedAtMs, at('00:30'))
})

test('an outage whose incident people have resolved by hand opens none at the end, but a new one does', () => {
  const begun = cover(check(check(newStory(), 'UP', '00:00'), 'DOWN', '00:30'), COVER, '01:00')
  const byHand = { ...begun, openIncident: null }
  const same = cover(check(byHand, 'DOWN', '01:59:30'), null, '02:00')
  assert.deepEqual([same.state.status, same.events.slice(2)], ['DOWN', []])
  const again = cover(check(check(byHand, 'UP', '01:30'), 'DOWN', '01:59:30'), null, '02:00')
  assert.deepEqual([again.state.status, again.events.slice(2)], ['DOWN', ['incident.created', 'monitor.down']])
})

test('DEGRADED at the end is told once, and its end when it was told before', () => {
  const after = cover(check(covered(), 'DEGRADED', '01:59:30'), null, '02:00')
  assert.deepEqual([after.state.status, after.events], ['DEGRADED', ['monitor.degraded']])
  const degraded = check(check(newStory(), 'UP', '00:00'), 'DEGRADED', '00:30')
  const well = cover(check(cover(degraded, COVER, '01:00'), 'UP', '01:30'), null, '02:00')
  assert.deepEqual([well.state.status, well.events], ['UP', ['monitor.degraded', 'monitor.up']])
  const still = cover(check(cover(degraded, COVER, '01:00'), 'DEGRADED', '01:30'), null, '02:00')
  assert.deepEqual([still.state.status, still.events], ['DEGRADED', ['monitor.degraded']])
})

test('alerts at the end are held while a monitor that it depends on is DOWN', () => {
  const inside = check(covered(), 'DOWN', '01:59:30')
  const after = cover(inside, null, '02:00', { downDependencies: ['Database'] })
  assert.deepEqual(after.events, ['incident.created'])
  assert.match(after.incidents[0]?.rootCause ?? '', /alerts held: "Database" is DOWN/)
})

test('a window that is cancelled ends maintenance at that moment, one that is extended goes on', () => {
  const longer = cover(covered(), { ...COVER, untilMs: at('03:00') }, '01:30')
  assert.equal(longer.state.status, 'MAINTENANCE')
  assert.equal(longer.state.maintenance?.untilMs, at('03:00'))
  const ended = cover(longer, null, '02:30')
  assert.deepEqual(ended.state.span, { status: 'UP', fromMs: at('02:30') })
})

test('an end that nobody noticed in time is put where it was, and what was not seen is unknown', () => {
  const context = buildContext(monitor, at('04:00'))
  const begun = covered()
  const blind = { fromMs: at('01:30'), toMs: at('04:00'), reason: 'the server was not running' }
  const after = cover(apply(begun, decideBlindness(begun.state, blind, null, context)), null, '04:00')
  assert.deepEqual(after.state.span, { status: 'UNKNOWN', fromMs: at('02:00') })
  assert.equal(after.state.status, 'UP')
  assert.equal(after.state.unknownReason, 'the server was not running')
})

test('a failure from within the window that arrives after its end is nobody’s alert', () => {
  const after = cover(covered(), null, '02:00')
  const isSetAside = (status: CheckStatus, time: string, now = '02:01') =>
    isOfEndedMaintenance(after.state, buildReport(status, at(time)), at(now))
  assert.equal(isSetAside('DOWN', '01:59:58'), true)
  assert.equal(isSetAside('UP', '01:59:58'), false)
  assert.equal(isSetAside('DOWN', '02:00'), false)
  assert.equal(isSetAside('DOWN', '01:30', '01:31'), false, 'the clock was set back')
  const again = cover(after, { fromMs: at('01:30'), untilMs: at('02:00') }, '01:30')
  assert.equal(isOfEndedMaintenance(again.state, buildReport('DOWN', at('01:40')), at('02:30')), false)
})

test('pausing inside resolves the open incident as paused and ends maintenance; resuming inside begins it anew', () => {
  const begun = cover(check(check(newStory(), 'UP', '00:00'), 'DOWN', '00:30'), COVER, '01:00')
  const paused = { ...monitor, isPaused: true }
  const context = buildContext(paused, at('01:10'), { openIncident: begun.openIncident })
  const rested = apply(begun, decideChange(begun.state, monitor, null, context))
  assert.deepEqual([rested.state.status, rested.state.maintenance], ['PAUSED', null])
  assert.equal(rested.incidents[0]?.resolution, 'monitor paused')
  assert.equal(cover(rested, COVER, '01:20', {}, paused).state.status, 'PAUSED')
  const resumed = apply(rested, decideChange(rested.state, paused, null, buildContext(monitor, at('01:30'))))
  const again = cover(resumed, COVER, '01:30')
  assert.deepEqual(again.state.span, { status: 'MAINTENANCE', fromMs: at('01:30') })
})

test('an outage that outlasted maintenance ends with all its time when the clock is set back before a pause', () => {
  const begun = cover(check(check(newStory(), 'UP', '00:00'), 'DOWN', '00:30'), COVER, '01:00')
  const ended = cover(begun, null, '00:20')
  const context = buildContext({ ...monitor, isPaused: true }, at('00:20'), { openIncident: ended.openIncident })
  const rested = apply(ended, decideChange(ended.state, monitor, null, context))
  assert.equal(rested.incidents[0]?.resolvedAtMs, at('01:00'))
  assert.equal(rested.spans.find(({ status }) => status === 'DOWN')?.toMs, at('01:00'))
})

test('an edit inside keeps maintenance, and failures of the old configuration confirm nothing', () => {
  const patient = buildMonitor({ confirmationChecks: 2 })
  const begun = cover(covered(), COVER, '01:00')
  const doubtful = play(begun, patient, [buildReport('DOWN', at('01:58'))])
  const edited = { ...patient, version: 2 }
  const changed = apply(doubtful, decideChange(doubtful.state, patient, null, buildContext(edited, at('01:58:30'))))
  const after = cover(play(changed, edited, [buildReport('DOWN', at('01:59'), { version: 2 })]), null, '02:00')
  assert.deepEqual([after.state.status, after.events], ['UP', []])
})

test('a certificate that runs out is told after the end, not inside', () => {
  const certificate = { fingerprint: 'aa', subject: 'CN=a', issuer: 'CN=b', notAfterMs: at('00:00') + 86_400_000 }
  const good = buildReport('UP', at('01:10'))
  const report = { ...good, result: { ...good.result, certificate } }
  const inside = play(covered(), monitor, [report])
  assert.deepEqual(inside.events, [])
  const after = play(cover(inside, null, '02:00'), monitor, [{ ...report, ...{ scheduledAtMs: at('02:01') } }])
  assert.deepEqual(after.events, ['ssl.expiring'])
})

const job = buildMonitor({ intervalMs: 600_000 }, { type: 'CRON', config: { gracePeriod: 60 } })

function jobStory(): Story {
  const heartbeat = { lastPingAtMs: at('00:55'), expectedAtMs: at('01:05'), deadlineAtMs: at('01:06'), runs: [] }
  const story = newStory()
  return cover({ ...story, state: { ...story.state, heartbeat } }, COVER, '01:00', {}, job)
}

test('a heartbeat missed inside is told at the end, unless the job was heard again', () => {
  const begun = jobStory()
  const missed = apply(begun, decideDue(begun.state, buildContext(job, at('01:06'))))
  assert.deepEqual([missed.state.status, missed.events], ['MAINTENANCE', []])
  const after = cover(missed, null, '02:00', {}, job)
  assert.deepEqual(after.events, ['incident.created', 'monitor.down'])
  assert.equal(after.incidents[0]?.rootCauseCategory, 'MISSED_HEARTBEAT')
  const nothing = { rid: null, message: null, exitStatus: null, durationMs: null, source: null }
  const signal = { monitorId: job.id, atMs: at('01:40'), kind: 'success' as const, ...nothing }
  const heard = apply(missed, decideBeat(missed.state, signal, buildContext(job, at('01:40'))).decision)
  assert.equal(heard.state.heartbeat?.lastPingAtMs, at('01:40'))
  const well = cover(heard, null, '02:00', {}, job)
  assert.deepEqual([well.state.status, well.events], ['UP', []])
})

test('steady checks inside leave what is held untouched, so that nothing need be saved', () => {
  const one = check(covered(), 'UP', '01:01')
  const two = check(one, 'UP', '01:02')
  assert.equal(two.state.maintenance, one.state.maintenance)
})
