import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHECK_STATUSES, type CheckReport } from '#domain'
import type { CheckFilter, Store, StoredCheck } from '../port.ts'
import { batch, DAY_MS, HOUR_MS, newAccount, report, START_MS, watched } from './builders.ts'
import { closeHours, type OpenFor, SETTLED_MS } from './harness.ts'

/** Check results over both tiers. */
export function resultsContract(open: OpenFor): void {
  test('a check comes back as it was stored, before and after its hour is closed and after a restart', async (t) => {
    const { store, reopen } = await open(t)
    const { monitor } = await watched(store)
    const failed = report(
      monitor.id,
      START_MS,
      {
        status: 'DOWN',
        responseTimeMs: 12.3,
        phases: { dns: 0, connect: 12.3, tls: null, firstByte: null, download: null },
        statusCode: null,
        error: 'connection refused — „ümlaut“',
        category: 'CONNECTION_REFUSED',
        details: { tried: ['::1', '127.0.0.1'], n: 1.5 },
      },
      { kind: 'recheck', startedAtMs: START_MS + 1234 },
    )
    const reports = [failed, report(monitor.id, START_MS + 1000, { responseTimeMs: null, status: 'UNKNOWN' })]
    await store.commit(batch({ results: reports }))
    const expected = reports.map(stored).reverse()
    const list = async (from: Store) => (await from.results.list(monitor.id, {}, { limit: 9, offset: 0 })).rows
    assert.deepEqual(await list(store), expected)
    const again = await reopen()
    assert.deepEqual(await list(again), expected)
    await closeHours(again, START_MS + SETTLED_MS)
    assert.deepEqual(await list(again), expected)
    assert.deepEqual(await list(await reopen()), expected)
  })

  test('an hour is closed two minutes after its end, not before', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    await store.commit(batch({ results: [report(monitor.id, START_MS)] }))
    assert.equal(await store.results.closeHours(START_MS + SETTLED_MS - 1), false)
    assert.equal(await store.results.closeHours(START_MS + SETTLED_MS), true)
  })

  test('late checks are merged into a closed hour exactly once', async (t) => {
    const { store, reopen } = await open(t)
    const { monitor } = await watched(store)
    const reports = Array.from({ length: 30 }, (_, n) => report(monitor.id, START_MS + n * 1000, { responseTimeMs: n }))
    const range = { fromMs: START_MS, toMs: START_MS + 1 }
    const seen = async (from: Store) => {
      const figures = [
        ...(await from.results.figures(monitor.id, range, { bucket: 'hour', byRegion: false })),
        ...(await from.results.figures(monitor.id, range, { bucket: 'day', byRegion: true })),
      ]
      return figures.map(({ up, p50Ms }) => [up, Math.round(p50Ms ?? 0)])
    }
    let running = store
    let committed = 0
    for (const part of [reports.slice(0, 10), reports.slice(20), reports.slice(10, 20)]) {
      await running.commit(batch({ results: part }))
      committed += part.length
      const open = await seen(running)
      assert.deepEqual([open[0]?.[0], open[1]?.[0]], [committed, committed])
      await closeHours(running, START_MS + SETTLED_MS)
      running = await reopen()
      await closeHours(running, START_MS + SETTLED_MS)
      assert.deepEqual(await seen(running), open)
    }
    const { rows, count } = await running.results.list(monitor.id, {}, { limit: 50, offset: 0 })
    assert.equal(count, 30)
    assert.deepEqual(rows, reports.map(stored).reverse())
    for (const bucket of ['hour', 'day'] as const) {
      const figures = await running.results.figures(monitor.id, range, { bucket, byRegion: false })
      assert.deepEqual(
        figures.map(({ fromMs, up, averageMs }) => [fromMs, up, averageMs]),
        [[START_MS, 30, 14.5]],
      )
    }
  })

  test('a check from the far future is closed too, so that it holds up nothing', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const future = START_MS + 400 * DAY_MS
    await store.commit(batch({ results: [report(monitor.id, future)] }))
    assert.equal(await store.results.closeHours(START_MS), true)
    await closeHours(store, START_MS)
    assert.equal((await store.results.latest(monitor.id))[0]?.scheduledAtMs, future)
  })

  test('the latest check of each region is found in either tier', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const at = (ms: number, region: string) => report(monitor.id, START_MS + ms, {}, { region })
    const latest = async () =>
      (await store.results.latest(monitor.id)).map(({ region, scheduledAtMs }) => [region, scheduledAtMs - START_MS])
    await store.commit(batch({ results: [at(9, 'eu'), at(5, 'eu'), at(7, 'us')] }))
    assert.deepEqual(await latest(), [
      ['eu', 9],
      ['us', 7],
    ])
    await closeHours(store, START_MS + SETTLED_MS)
    assert.deepEqual(await latest(), [
      ['eu', 9],
      ['us', 7],
    ])
    await store.commit(batch({ results: [at(8, 'eu'), at(HOUR_MS, 'us')] }))
    assert.deepEqual(await latest(), [
      ['eu', 9],
      ['us', HOUR_MS],
    ])
  })

  test("an account's old blocks are dropped in pieces, roll-ups and other accounts' blocks stay", async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const other = await watched(store)
    const hours = Array.from({ length: 200 }, (_, n) => START_MS + n * HOUR_MS)
    const results = [monitor, other.monitor].flatMap(({ id }) => hours.map((at) => report(id, at)))
    await store.commit(batch({ results }))
    await closeHours(store, START_MS + 300 * HOUR_MS)
    const cut = START_MS + 150 * HOUR_MS
    assert.equal(await store.results.dropOlder(account.id, cut), true)
    while (await store.results.dropOlder(account.id, cut));
    const page = { limit: 1, offset: 0 }
    assert.equal((await store.results.list(monitor.id, {}, page)).count, 50)
    assert.equal((await store.results.list(other.monitor.id, {}, page)).count, 200)
    const range = { fromMs: START_MS, toMs: START_MS + 300 * HOUR_MS }
    const figures = await store.results.figures(monitor.id, range, { bucket: 'hour', byRegion: false })
    assert.equal(figures.length, 200)
    // What comes later than its retention only counts.
    await store.commit(batch({ results: [report(monitor.id, START_MS + 5)] }))
    await closeHours(store, START_MS + 300 * HOUR_MS)
    assert.equal((await store.results.list(monitor.id, {}, page)).count, 50)
    const [first] = await store.results.figures(monitor.id, range, { bucket: 'hour', byRegion: false })
    assert.equal(first?.up, 2)
    assert.equal(await store.results.dropOlder((await newAccount(store)).id, cut), false)
  })

  test('lists and counts agree with a plain list, whatever the batches, closings, filters and pages', async (t) => {
    const { store } = await open(t)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aCheck, { maxLength: 12 }), { maxLength: 6 }),
        aFilter,
        async (groups, filter) => {
          const { monitor } = await watched(store)
          const all: StoredCheck[] = []
          let taken = new Set<string>()
          for (const [at, group] of groups.entries()) {
            const results = group
              .map((check) =>
                report(monitor.id, START_MS + check.ms, { status: check.status }, { region: check.region }),
              )
              .filter(({ region, scheduledAtMs }) => !taken.has(`${region} ${scheduledAtMs}`))
            const fresh = [...new Map(results.map((one) => [`${one.region} ${one.scheduledAtMs}`, one])).values()]
            taken = taken.union(new Set(fresh.map((one) => `${one.region} ${one.scheduledAtMs}`)))
            await store.commit(batch({ results: fresh }))
            all.push(...fresh.map(stored))
            if (at % 2 === 1) await closeHours(store, START_MS + at * HOUR_MS)
          }
          const expected = all.filter((check) => matches(check, filter)).sort(newestFirst)
          const seen: StoredCheck[] = []
          for (let offset = 0; offset <= expected.length; offset += 5) {
            const page = await store.results.list(monitor.id, filter, { limit: 5, offset })
            assert.equal(page.count, expected.length)
            seen.push(...page.rows)
          }
          assert.deepEqual(seen, expected)
        },
      ),
      { numRuns: 60 },
    )
  })
}

const aCheck = fc.record({
  ms: fc.integer({ min: 0, max: 5 * 6 }).map((n) => n * 600_000),
  status: fc.constantFrom(...CHECK_STATUSES),
  region: fc.constantFrom('eu', 'us'),
})
const aMoment = fc.integer({ min: -1, max: 31 }).map((n) => START_MS + n * 600_000 + 1)
const aFilter: fc.Arbitrary<CheckFilter> = fc.record(
  {
    fromMs: aMoment,
    toMs: aMoment,
    region: fc.constantFrom('eu', 'us', 'ap'),
    status: fc.constantFrom(...CHECK_STATUSES),
  },
  { requiredKeys: [] },
)

function matches(check: StoredCheck, { fromMs, toMs, region, status }: CheckFilter): boolean {
  if (fromMs !== undefined && check.scheduledAtMs < fromMs) return false
  if (toMs !== undefined && check.scheduledAtMs >= toMs) return false
  return (region === undefined || check.region === region) && (status === undefined || check.status === status)
}

function newestFirst(a: StoredCheck, b: StoredCheck): number {
  return b.scheduledAtMs - a.scheduledAtMs || (a.region < b.region ? -1 : 1)
}

function stored({ result, ...parts }: CheckReport): StoredCheck {
  return {
    region: parts.region,
    scheduledAtMs: parts.scheduledAtMs,
    startedAtMs: parts.startedAtMs,
    kind: parts.kind,
    status: result.status,
    statusCode: result.statusCode,
    responseTimeMs: result.responseTimeMs,
    phases: result.phases,
    error: result.error,
    rootCauseCategory: result.category,
    details: result.details,
  }
}
