import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideCheck } from './confirmation.ts'
import { at, buildContext, buildMonitor, buildReport } from './kit/build.ts'
import { apply, newStory, play, type Story } from './kit/play.ts'
import { decideBlindness, decideChange, decideDeletion } from './lifecycle.ts'
import type { Monitor } from './monitor.ts'

const monitor = buildMonitor({ confirmationChecks: 1 })

function downStory(): Story {
  return play(newStory(), monitor, [buildReport('UP', at('00:00')), buildReport('DOWN', at('00:01'))])
}

function change(story: Story, after: Monitor, nowMs: number): Story {
  const context = buildContext(after, nowMs, { openIncident: story.openIncident })
  return apply(story, decideChange(story.state, monitor, null, context))
}

test('pausing ends the open incident as paused, without an `up`', () => {
  const story = change(downStory(), { ...monitor, isPaused: true, version: 2 }, at('00:05'))
  assert.equal(story.state.status, 'PAUSED')
  assert.equal(story.incidents[0]?.resolution, 'monitor paused')
  assert.equal(story.incidents[0]?.resolvedAtMs, at('00:05'))
  assert.deepEqual(story.events, ['incident.created', 'monitor.down', 'incident.resolved'])
  assert.deepEqual(story.state.span, { status: 'PAUSED', fromMs: at('00:05') })
})

test('an incident ends with the time that is kept as DOWN, also when the clock was set back before the pause', () => {
  const down = downStory()
  const covered = { ...down, state: { ...down.state, span: { status: 'MAINTENANCE' as const, fromMs: at('00:30') } } }
  const story = change(covered, { ...monitor, isPaused: true, version: 2 }, at('00:05'))
  assert.equal(story.incidents[0]?.resolvedAtMs, at('00:30'))
})

test('switching off says so', () => {
  const story = change(downStory(), { ...monitor, isActive: false }, at('00:05'))
  assert.equal(story.incidents[0]?.resolution, 'monitor disabled')
})

test('resuming begins anew: nothing is known until the next check', () => {
  const paused = { ...monitor, isPaused: true }
  const before = change(downStory(), paused, at('00:05'))
  const context = buildContext(monitor, at('00:10'))
  const after = apply(before, decideChange(before.state, paused, null, context))
  assert.equal(after.state.status, 'PENDING')
  assert.deepEqual(after.state.span, { status: 'UNKNOWN', fromMs: at('00:10') })
  assert.deepEqual(after.state.regions, {})
})

test('an edit keeps the status, and failures of the old configuration confirm nothing', () => {
  const patient = buildMonitor({ confirmationChecks: 2 })
  const doubtful = play(newStory(), patient, [buildReport('UP', at('00:00')), buildReport('DOWN', at('00:01'))])
  const edited = { ...patient, version: 2 }
  const context = buildContext(edited, at('00:02'))
  const kept = apply(doubtful, decideChange(doubtful.state, patient, null, context))
  assert.equal(kept.state.status, 'UP')
  const checked = play(kept, edited, [buildReport('DOWN', at('00:03'), { version: 2 })])
  assert.equal(checked.state.status, 'UP')
})

test('an edit while DOWN keeps the incident, and the next good check ends it', () => {
  const edited = { ...monitor, version: 2 }
  const kept = change(downStory(), edited, at('00:02'))
  assert.equal(kept.state.status, 'DOWN')
  const context = buildContext(edited, at('00:03'), { openIncident: kept.openIncident })
  const report = buildReport('UP', at('00:03'), { version: 2 })
  const after = apply(kept, decideCheck(kept.state, report, context))
  assert.equal(after.incidents[0]?.resolvedAtMs, at('00:03'))
  assert.equal(after.events.at(-1), 'monitor.up')
})

test('deleting resolves what is open', () => {
  const story = downStory()
  const context = buildContext(monitor, at('00:09'), { openIncident: story.openIncident })
  const { changed } = decideDeletion(story.state, context)
  assert.equal(changed?.resolution, 'monitor deleted')
})

test('a time in which nobody looked is unknown from its beginning, and the status stays', () => {
  const story = play(newStory(), monitor, [buildReport('UP', at('00:00'))])
  const blind = { fromMs: at('00:10'), toMs: at('00:20'), reason: 'the server was not running' }
  const after = apply(story, decideBlindness(story.state, blind, null, buildContext(monitor, at('00:20'))))
  assert.deepEqual(after.spans.at(-1), { monitorId: monitor.id, status: 'UP', fromMs: at('00:00'), toMs: at('00:10') })
  assert.deepEqual(after.state.span, { status: 'UNKNOWN', fromMs: at('00:10') })
  assert.equal(after.state.status, 'UP')
  const seen = play(after, monitor, [buildReport('UP', at('00:20:30'))])
  assert.deepEqual(seen.state.span, { status: 'UP', fromMs: at('00:20:30') })
  assert.equal(seen.state.unknownReason, null)
  assert.deepEqual(seen.events, [])
})

test('an outage that goes on over a blind time is one incident, and is not told twice', () => {
  const story = downStory()
  const blind = { fromMs: at('00:10'), toMs: at('00:20'), reason: 'the server was not running' }
  const context = buildContext(monitor, at('00:20'), { openIncident: story.openIncident })
  const after = apply(story, decideBlindness(story.state, blind, null, context))
  const seen = play(after, monitor, [buildReport('DOWN', at('00:20:30'))])
  assert.deepEqual(seen.events, ['incident.created', 'monitor.down'])
  assert.deepEqual(seen.state.span, { status: 'DOWN', fromMs: at('00:20:30') })
})

test('a pause shorter than the interval is no blind spot: no check was missed', () => {
  const story = play(newStory(), monitor, [buildReport('UP', at('00:00'))])
  const blind = { fromMs: at('00:00:10'), toMs: at('00:00:20'), reason: 'the server was not running' }
  const decision = decideBlindness(story.state, blind, null, buildContext(monitor, at('00:00:20')))
  assert.deepEqual(decision.state.span, story.state.span)
})

test('a region was blind while another one looked: that is no blind spot', () => {
  const story = play(newStory(), monitor, [buildReport('UP', at('00:00')), buildReport('UP', at('00:10:05'))])
  const blind = { fromMs: at('00:00:10'), toMs: at('00:10:10'), reason: 'the worker stood still' }
  const decision = decideBlindness(story.state, blind, null, buildContext(monitor, at('00:10:10')))
  assert.deepEqual(decision.state.span, story.state.span)
})
