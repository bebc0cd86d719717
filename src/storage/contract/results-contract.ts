import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHECK_STATUSES, type CheckReport } from '#domain'
import type { CheckFilter, Store, StoredCheck } from '../port.ts'
import { batch, DAY_MS, HOUR_MS, newAccount, report, START_MS, watched } from './builders.ts'
import { closeHours, type OpenFor } from './harness.ts'

const SETTLED_MS = HOUR_MS + 2 * 60_000

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

  test('figures are given per hour and day, regions together or apart, open hours included', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const results: CheckReport[] = []
    for (let n = 0; n < 300; n++) {
      results.push(report(monitor.id, START_MS + n * 60_000, { responseTimeMs: n }, { region: n % 2 ? 'us' : 'eu' }))
    }
    results.push(report(monitor.id, START_MS + 5, { status: 'DOWN', responseTimeMs: 30_000 }))
    results.push(report(monitor.id, START_MS + 6, { status: 'DEGRADED', responseTimeMs: 1000 }))
    await store.commit(batch({ results }))
    const range = { fromMs: START_MS + 10, toMs: START_MS + DAY_MS }
    const read = (bucket: 'hour' | 'day', byRegion: boolean) =>
      store.results.figures(monitor.id, range, { bucket, byRegion })
    const before = [await read('hour', true), await read('day', false)]
    await closeHours(store, START_MS + 2 * HOUR_MS + 200_000)
    const [hours = [], [day] = []] = [await read('hour', true), await read('day', false)]
    assert.deepEqual([hours, [day]], before)
    assert.equal(hours.length, 10)
    assert.deepEqual(
      hours
        .slice(0, 3)
        .map(({ fromMs, region, up, degraded, down }) => [fromMs - START_MS, region, up, degraded, down]),
      [
        [0, 'eu', 30, 1, 1],
        [0, 'us', 30, 0, 0],
        [HOUR_MS, 'eu', 30, 0, 0],
      ],
    )
    // How long a failure took is no response time.
    assert.ok(day && day.region === null)
    assert.equal(day.averageMs?.toFixed(6), ((45_000 - 150 + 1000) / 301).toFixed(6))
    for (const [got, exact] of [
      [day.p50Ms, 150],
      [day.p90Ms, 270],
      [day.p99Ms, 297],
    ] as const) {
      assert.ok(Math.abs((got ?? 0) - exact) <= exact * 0.011, `${got} is not near ${exact}`)
    }
  })

  test('figures say null where nothing was measured', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    await store.commit(batch({ results: [report(monitor.id, START_MS, { status: 'DOWN', responseTimeMs: null })] }))
    await closeHours(store, START_MS + SETTLED_MS)
    const range = { fromMs: START_MS, toMs: START_MS + HOUR_MS }
    const [hour] = await store.results.figures(monitor.id, range, { bucket: 'hour', byRegion: false })
    assert.deepEqual([hour?.down, hour?.averageMs, hour?.p99Ms], [1, null, null])
    assert.deepEqual(await store.results.averages([monitor.id], range), new Map())
  })

  test('totals of a range are exact at both ends, before and after its hours are closed', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const results = Array.from({ length: 3 * 60 }, (_, n) =>
      report(monitor.id, START_MS + n * 60_000, { responseTimeMs: n }, { region: n % 2 ? 'us' : 'eu' }),
    )
    results.push(report(monitor.id, START_MS + HOUR_MS + 5, { status: 'DOWN', responseTimeMs: 30_000 }))
    results.push(report(monitor.id, START_MS + HOUR_MS + 6, { status: 'UNKNOWN', responseTimeMs: null }))
    await store.commit(batch({ results }))
    const minute = (n: number) => START_MS + n * 60_000
    const seen = async (from: number, to: number) => {
      const { together, byRegion } = await store.results.totals(monitor.id, { fromMs: minute(from), toMs: minute(to) })
      const { up, down, unknown, measured, averageMs } = together
      return [up, down, unknown, measured, averageMs, byRegion.map(({ region, up }) => `${region} ${up}`).join()]
    }
    const all = async () => [
      await seen(0, 180),
      await seen(30, 130),
      await seen(61, 63),
      await seen(60, 61),
      await seen(500, 600),
      await seen(20, 20),
    ]
    const expected = [
      [180, 1, 1, 180, 89.5, 'eu 90,us 90'],
      [100, 1, 1, 100, 79.5, 'eu 50,us 50'],
      [2, 0, 0, 2, 61.5, 'eu 1,us 1'],
      [1, 1, 1, 1, 60, 'eu 1'],
      [0, 0, 0, 0, null, ''],
      [0, 0, 0, 0, null, ''],
    ]
    assert.deepEqual(await all(), expected)
    await closeHours(store, START_MS + HOUR_MS + SETTLED_MS)
    assert.deepEqual(await all(), expected)
    await closeHours(store, START_MS + DAY_MS)
    assert.deepEqual(await all(), expected)
  })

  test('totals over days say the same as their hours, and an hour without its checks counts whole', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const results = Array.from({ length: 100 }, (_, n) =>
      report(monitor.id, START_MS + n * HOUR_MS + 1000, { responseTimeMs: 1 + n * 10 }),
    )
    await store.commit(batch({ results }))
    await closeHours(store, START_MS + 200 * HOUR_MS)
    const range = { fromMs: START_MS + 5 * HOUR_MS, toMs: START_MS + 99 * HOUR_MS }
    const { together } = await store.results.totals(monitor.id, range)
    assert.deepEqual([together.up, together.measured], [94, 94])
    assert.equal(together.averageMs?.toFixed(6), (1 + 10 * ((5 + 98) / 2)).toFixed(6))
    for (const [got, exact] of [
      [together.p50Ms, 1 + 10 * 51],
      [together.p95Ms, 1 + 10 * 94],
    ] as const)
      assert.ok(Math.abs((got ?? 0) - exact) <= exact * 0.011, `${got} is not near ${exact}`)
    const half = { fromMs: START_MS + 5 * HOUR_MS + 2000, toMs: range.toMs }
    const up = async () => (await store.results.totals(monitor.id, half)).together.up
    assert.equal(await up(), 93)
    while (await store.results.dropOlder(account.id, START_MS + 50 * HOUR_MS));
    assert.equal(await up(), 94)
  })

  test('totals of several monitors together count whole hours', async (t) => {
    const { store } = await open(t)
    const [one, two] = [(await watched(store)).monitor, (await watched(store)).monitor]
    const results = [100, 200].map((ms, n) => report(one.id, START_MS + n * HOUR_MS, { responseTimeMs: ms }))
    results.push(report(two.id, START_MS + 5, { responseTimeMs: 600 }))
    await store.commit(batch({ results }))
    const range = { fromMs: START_MS + 10, toMs: START_MS + 20 }
    const totals = async (ids: string[]) => {
      const { up, averageMs, region } = await store.results.totalsOf(ids, range)
      return [up, averageMs, region]
    }
    const expected = [2, 350, null]
    assert.deepEqual(await totals([one.id, two.id, 'mon_none']), expected)
    await closeHours(store, START_MS + SETTLED_MS)
    assert.deepEqual(await totals([one.id, two.id]), expected)
    assert.deepEqual(await totals([]), [0, null, null])
  })

  test('single response times come oldest first, over both tiers, null where a check failed', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const results = Array.from({ length: 5 }, (_, n) => {
      const found = { responseTimeMs: n, status: n === 2 ? ('DOWN' as const) : ('UP' as const) }
      return report(monitor.id, START_MS + (4 - n) * HOUR_MS, found, { region: n % 2 ? 'us' : 'eu' })
    })
    await store.commit(batch({ results }))
    await closeHours(store, START_MS + 2 * HOUR_MS + 200_000)
    const range = { fromMs: START_MS + 1, toMs: START_MS + 4 * HOUR_MS }
    const read = async (region?: string) =>
      (await store.results.times(monitor.id, range, { region })).map((time) => [
        (time.atMs - START_MS) / HOUR_MS,
        time.region,
        time.responseTimeMs,
      ])
    assert.deepEqual(await read(), [
      [1, 'us', 3],
      [2, 'eu', null],
      [3, 'us', 1],
    ])
    assert.deepEqual(await read('eu'), [[2, 'eu', null]])
    const whole = { fromMs: START_MS, toMs: START_MS + 5 * HOUR_MS }
    assert.equal((await store.results.times(monitor.id, whole, { atMost: 5 })).length, 5)
    const some = await store.results.times(monitor.id, whole, { atMost: 1 })
    assert.ok(some.length > 1 && some.length < 5, 'it reads no further than it must')
  })

  test('averages cover several monitors, over both tiers', async (t) => {
    const { store } = await open(t)
    const [one, two] = [(await watched(store)).monitor, (await watched(store)).monitor]
    const results = [100, 200, 600].map((ms, n) => report(one.id, START_MS + n * HOUR_MS, { responseTimeMs: ms }))
    results.push(report(two.id, START_MS, { responseTimeMs: 0.5 }))
    await store.commit(batch({ results }))
    const range = { fromMs: START_MS, toMs: START_MS + DAY_MS }
    const averages = new Map([
      [one.id, 300],
      [two.id, 0.5],
    ])
    assert.deepEqual(await store.results.averages([one.id, two.id, 'mon_none'], range), averages)
    await closeHours(store, START_MS + SETTLED_MS)
    assert.deepEqual(await store.results.averages([one.id, two.id], range), averages)
    const later = { fromMs: START_MS + 2 * HOUR_MS, toMs: START_MS + DAY_MS }
    assert.deepEqual(await store.results.averages([one.id, two.id], later), new Map([[one.id, 600]]))
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
