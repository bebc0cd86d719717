import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MONITOR_STATUSES, type MonitorStatus } from './monitor.ts'
import { type PageStatus, pageStatus } from './page-status.ts'

const TABLE: [components: string, expected: PageStatus][] = [
  ['UP', 'OPERATIONAL'],
  ['UP UP UP', 'OPERATIONAL'],
  ['UP DEGRADED', 'DEGRADED_PERFORMANCE'],
  ['DEGRADED DEGRADED', 'DEGRADED_PERFORMANCE'],
  ['UP DOWN', 'PARTIAL_OUTAGE'],
  ['DEGRADED DOWN', 'PARTIAL_OUTAGE'],
  ['DOWN', 'MAJOR_OUTAGE'],
  ['DOWN DOWN', 'MAJOR_OUTAGE'],
  ['MAINTENANCE', 'UNDER_MAINTENANCE'],
  ['MAINTENANCE UP', 'UNDER_MAINTENANCE'],
  ['MAINTENANCE DEGRADED', 'DEGRADED_PERFORMANCE'],
  ['MAINTENANCE DOWN', 'PARTIAL_OUTAGE'],
  ['MAINTENANCE DOWN UP', 'PARTIAL_OUTAGE'],
  ['PENDING UP', 'OPERATIONAL'],
  ['PENDING DOWN', 'MAJOR_OUTAGE'],
  ['PENDING MAINTENANCE', 'UNDER_MAINTENANCE'],
  ['PENDING PENDING', 'UNKNOWN'],
  ['PAUSED UP', 'OPERATIONAL'],
  ['PAUSED DOWN', 'MAJOR_OUTAGE'],
  ['PAUSED DOWN UP', 'PARTIAL_OUTAGE'],
  ['PAUSED', 'UNKNOWN'],
  ['PAUSED PENDING', 'UNKNOWN'],
  ['', 'UNKNOWN'],
]

for (const [components, expected] of TABLE) {
  test(`a page with ${components === '' ? 'no component' : components.replaceAll(' ', ', ')} is ${expected}`, () => {
    const statuses = components
      .split(' ')
      .filter((name): name is MonitorStatus => (MONITOR_STATUSES as readonly string[]).includes(name))
    assert.equal(pageStatus(statuses), expected)
  })
}

test('neither order nor paused and pending components change what a page says', () => {
  const statuses = fc.array(fc.constantFrom(...MONITOR_STATUSES), { maxLength: 12 })
  const silent = fc.array(fc.constantFrom('PAUSED' as const, 'PENDING' as const), { maxLength: 5 })
  fc.assert(
    fc.property(statuses, silent, (components, more) => {
      assert.equal(pageStatus([...more, ...components].reverse()), pageStatus(components))
    }),
  )
})
