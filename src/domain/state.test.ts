import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckStatus } from './check.ts'
import { at, buildMonitor, buildReport } from './kit/build.ts'
import { newStory, play } from './kit/play.ts'
import { differsInSubstance } from './state.ts'

/** Which of a row of checks, a minute apart, change what must survive a crash. */
function saved(statuses: readonly CheckStatus[]): boolean[] {
  const monitor = buildMonitor({ confirmationChecks: 2, recoveryChecks: 2 })
  let story = newStory()
  return statuses.map((status, minute) => {
    const before = story.state
    const report = buildReport(status, at('00:00') + minute * 60_000)
    story = play(story, monitor, [report])
    return differsInSubstance(before, story.state, report.region)
  })
}

test('while a monitor stays up, no check changes what must survive a crash', () => {
  assert.deepEqual(saved(['UP', 'UP', 'UP', 'UP']), [true, false, false, false])
})

test('the failures that make an outage change it, those of an outage that goes on do not, each step of the end does', () => {
  const course: CheckStatus[] = ['UP', 'DOWN', 'DOWN', 'DOWN', 'DOWN', 'UP', 'DOWN', 'DOWN', 'UP', 'UP', 'UP']
  assert.deepEqual(saved(course), [true, true, true, false, false, true, true, false, true, true, false])
})

test('a check that could not be measured changes it once', () => {
  assert.deepEqual(saved(['UP', 'UNKNOWN', 'UNKNOWN', 'UP']), [true, true, false, true])
})
