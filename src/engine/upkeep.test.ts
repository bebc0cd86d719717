import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSqliteStore, SecretBox } from '#storage'
import { silentLog } from './kit/silent-log.ts'
import { simulatedClock } from './simulated-clock.ts'
import { Upkeep } from './upkeep.ts'

const START_MS = Date.parse('2026-03-02T00:00:00Z')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ACCOUNT = 'acc_a'

test('what is told of requests goes when its time is over, and not before', async (t) => {
  const clock = simulatedClock({ startMs: START_MS })
  const store = await openSqliteStore({ path: ':memory:', secrets: new SecretBox([new Uint8Array(32)]) })
  t.after(() => store.close())
  const nowMs = START_MS + HOUR_MS
  for (const [id, atMs] of [
    ['aud_old', nowMs - 365 * DAY_MS - 1],
    ['aud_new', nowMs - 365 * DAY_MS],
  ] as const) {
    const actor = { type: 'system' as const, id: null, name: 'x' }
    const nothing = { target: null, before: null, after: null, requestId: null, address: null }
    await store.audit.add({ id, accountId: ACCOUNT, atMs, action: 'a.b', actor, ...nothing })
  }
  const hour = Math.floor(nowMs / HOUR_MS)
  for (const window of [hour - 2, hour - 1]) await store.requests.keepUsed(window, [[ACCOUNT, 1]])
  const today = Math.floor(nowMs / DAY_MS)
  for (const [day, requests] of [
    [today - 91, 1],
    [today - 90, 2],
  ] as const)
    await store.requests.addCounts([{ accountId: ACCOUNT, day, endpoint: 'GET /a', requests }])
  const rest = { accountId: ACCOUNT, fingerprint: 'f', owner: 'o', reserved: 'r' }
  await store.idempotency.begin({ ...rest, name: 'old', beganAtMs: nowMs - DAY_MS - 1 }, 0)
  await store.idempotency.begin({ ...rest, name: 'new', beganAtMs: nowMs - DAY_MS }, 0)

  const upkeep = new Upkeep(store, clock, silentLog, () => clock.nowMs())
  upkeep.start()
  await clock.advanceBy(HOUR_MS + 1_000)
  await upkeep.stop()

  const { rows } = await store.audit.list(ACCOUNT, {}, { limit: 9, offset: 0 })
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['aud_new'],
  )
  assert.deepEqual([(await store.requests.used(hour - 2)).size, (await store.requests.used(hour - 1)).size], [0, 1])
  assert.deepEqual(await store.requests.counts(ACCOUNT, { from: 0, to: today + 1 }), new Map([['GET /a', 2]]))
  const again = (name: string) => store.idempotency.begin({ ...rest, name, beganAtMs: nowMs }, 0)
  assert.deepEqual([await again('old'), (await again('new'))?.name], [null, 'new'])
})
