import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckReport } from '#domain'
import { batch, DAY_MS, HOUR_MS, report, START_MS, watched } from './builders.ts'
import { closeHours, type OpenFor, SETTLED_MS } from './harness.ts'

/** What is worked out of check results: figures, totals, averages and series. */
export function figuresContract(open: OpenFor): void {
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
}
