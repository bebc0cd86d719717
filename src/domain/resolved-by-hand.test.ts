import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, buildMonitor, buildReport } from './kit/build.ts'
import { newStory, play, type Story } from './kit/play.ts'

const monitor = buildMonitor({ confirmationChecks: 1 })

/** DOWN since 00:01, and its incident resolved by hand. */
function resolvedByHand(rest: { downDependencies?: string[] } = {}): Story {
  const reports = [buildReport('UP', at('00:00')), buildReport('DOWN', at('00:01'))]
  return { ...play(newStory(), monitor, reports, rest), openIncident: null }
}

test('an outage whose incident was resolved by hand opens no other while it goes on', () => {
  const story = play(
    resolvedByHand(),
    monitor,
    ['00:02', '00:03', '00:04'].map((time) => buildReport('DOWN', at(time))),
  )
  assert.equal(story.state.status, 'DOWN')
  assert.equal(story.incidents.length, 1)
  assert.deepEqual(story.events, ['incident.created', 'monitor.down'])
})

test('its end is told to those who heard of it, without a second end of the incident', () => {
  const story = play(resolvedByHand(), monitor, [buildReport('DOWN', at('00:02')), buildReport('UP', at('00:03'))])
  assert.deepEqual(story.events, ['incident.created', 'monitor.down', 'monitor.up'])
  assert.equal(story.state.status, 'UP')
})

test('once it has recovered, the next outage is an incident of its own', () => {
  const reports = [buildReport('UP', at('00:03')), buildReport('DOWN', at('00:04'))]
  const story = play(resolvedByHand(), monitor, reports)
  assert.equal(story.incidents.length, 2)
  assert.equal(story.openIncident?.startedAtMs, at('00:04'))
})

test('an outage that was held back is not told after people have resolved it', () => {
  const held = resolvedByHand({ downDependencies: ['Database'] })
  assert.deepEqual(held.events, ['incident.created'])
  const story = play(held, monitor, [buildReport('DOWN', at('00:02')), buildReport('UP', at('00:03'))])
  assert.deepEqual(story.events, ['incident.created'])
})

test('the timeline tells of the opening, of regions that join, and of the end', () => {
  const regions = ['eu', 'us', 'ap']
  const quick = buildMonitor({ confirmationChecks: 1, regionQuorum: 2 })
  const said: [string, string, boolean][] = []
  let story = newStory()
  for (const [time, region, status] of [
    ['00:01', 'eu', 'DOWN'],
    ['00:01:01', 'us', 'DOWN'],
    ['00:01:02', 'ap', 'DOWN'],
    ['00:02', 'eu', 'UP'],
    ['00:03:01', 'us', 'UP'],
  ] as const) {
    story = play(story, quick, [buildReport(status, at(time), { region })], { regions })
    for (const { status: stage, message, isPublic } of story.last?.updates ?? []) said.push([stage, message, isPublic])
  }
  assert.deepEqual(said, [
    ['investigating', 'Checks are failing.', true],
    ['update', 'Also failing in ap.', false],
    ['resolved', 'Checks succeed again, after 2 minutes 1 second.', true],
  ])
})
