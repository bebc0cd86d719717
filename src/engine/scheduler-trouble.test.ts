import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schedulerTrouble } from './scheduler-trouble.ts'

const NOW_MS = Date.UTC(2026, 0, 5)
const WELL = { lastSeenAtMs: NOW_MS - 10_000, lateMs: 10_000 }

function troubleOf(own: { lastSeenAtMs: number; lateMs: number } | undefined, failingSinceMs: number | null = null) {
  return schedulerTrouble(own, { ownRegion: 'local', failingSinceMs, nowMs: NOW_MS })
}

test('the scheduler is well while its own region was heard lately and starts its checks in time', () => {
  assert.equal(troubleOf(WELL), null)
})

test('what is wrong with the scheduler is said in words, the store first', () => {
  assert.equal(troubleOf(undefined), 'region local has no worker')
  assert.equal(troubleOf({ ...WELL, lastSeenAtMs: NOW_MS - 11_000 }), 'region local was last heard 11 s ago')
  assert.equal(troubleOf({ ...WELL, lateMs: 12_000 }), 'checks in region local start 12 s late')
  assert.match(troubleOf(undefined, NOW_MS - 1_000) ?? '', /^results cannot be stored since 2026-01-04T23:59:59/)
})
