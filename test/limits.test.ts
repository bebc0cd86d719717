import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PLAN_LIMITS, PLANS } from '#domain'

const GUIDE = readFileSync(join(import.meta.dirname, '../docs/guide/limits.md'), 'utf8')

/** The cells of a row of the guide, without its name. */
function row(name: string): string[] {
  const line = GUIDE.split('\n').find((each) => each.startsWith(`| ${name} |`))
  assert.ok(line !== undefined, name)
  return line
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim())
}

test('the guide gives every plan the limits that it has', () => {
  const number = (value: number | null) => value?.toLocaleString('en') ?? 'no limit'
  const of = (cell: (limits: (typeof PLAN_LIMITS)['FREE']) => string) => PLANS.map((plan) => cell(PLAN_LIMITS[plan]))
  assert.ok(GUIDE.includes(`\n| | ${PLANS.join(' | ')} |\n`))
  assert.deepEqual(
    row('API requests an hour'),
    of(({ requestsPerHour }) => number(requestsPerHour)),
  )
  assert.deepEqual(
    row('Shortest interval'),
    of(({ shortestIntervalS }) => `${shortestIntervalS} s`),
  )
  assert.deepEqual(
    row('Single results and heartbeats are kept'),
    of(({ rawRetentionDays: days }) => (days === null ? 'without end' : `${days} days`)),
  )
  assert.deepEqual(
    row('Monitors'),
    of(({ monitors }) => number(monitors)),
  )
  assert.deepEqual(
    row('Status pages'),
    of(({ statusPages }) => number(statusPages)),
  )
  assert.deepEqual(
    row('Seats: members and open invitations'),
    of(({ seats }) => number(seats)),
  )
})
