import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Heartbeat, Monitor, Span } from '#domain'
import type { Store } from '../port.ts'
import { batch, HOUR_MS, incidentOf, monitorOf, newAccount, report, START_MS, stateOf, watched } from './builders.ts'
import { closeHours, type OpenFor } from './harness.ts'

const PAGE = { limit: 50, offset: 0 }

/** Monitors with their states, spans and heartbeats. */
export function monitorsContract(open: OpenFor): void {
  test('a monitor and its state come back as they were committed', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const settings = { url: 'https://user:p%40ss@shop.example/a?b', tags: ['prod', 'eu'], severity: 'LOW' as const }
    const monitor = await monitorOf(store, account.id, { config: { deep: { list: [1, 'ä', null] } } }, settings)
    const created = { created: [monitor], changed: [], deleted: [] }
    await store.commit(batch({ monitors: created, states: [{ monitorId: monitor.id, state: stateOf('UP') }] }))
    assert.deepEqual(await store.monitors.get(account.id, monitor.id), monitor)
    assert.deepEqual(await store.monitors.loadAll(), [{ monitor, state: stateOf('UP') }])
    assert.equal(await store.monitors.get('acc_other', monitor.id), null)
  })

  test('a changed monitor and state replace the old ones', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const changed = {
      ...monitor,
      version: 2,
      isPaused: true,
      settings: { ...monitor.settings, tags: ['x'], name: 'B' },
    }
    for (const status of ['UP', 'PAUSED'] as const) {
      const states = [{ monitorId: monitor.id, state: stateOf(status) }]
      await store.commit(batch({ monitors: { created: [], changed: [changed], deleted: [] }, states }))
    }
    assert.deepEqual(await store.monitors.loadAll(), [{ monitor: changed, state: stateOf('PAUSED') }])
    const { rows } = await store.monitors.list(account.id, { tag: 'x', status: 'PAUSED' }, PAGE)
    assert.deepEqual(rows, [changed])
  })

  test('lists filter by type, status, tag and plain text, within the account', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    await watched(store)
    const shop = await monitorOf(store, account.id, {}, { name: 'Größe 100%', tags: ['a', 'b'] })
    const dns = await monitorOf(
      store,
      account.id,
      { type: 'DNS' },
      { name: 'names_', url: 'dns.example', tags: ['ab'] },
    )
    await store.commit(batch({ monitors: { created: [shop, dns], changed: [], deleted: [] } }))
    const ids = async (filter: Parameters<Store['monitors']['list']>[1]) => {
      const { rows, count } = await store.monitors.list(account.id, filter, PAGE)
      assert.equal(count, rows.length)
      return rows.map(({ id }) => id)
    }
    assert.deepEqual(await ids({ type: 'DNS' }), [dns.id])
    assert.deepEqual(await ids({ tag: 'a' }), [shop.id])
    assert.deepEqual(await ids({ search: 'GRÖSSE' }), [])
    assert.deepEqual(await ids({ search: 'GRÖßE' }), [shop.id])
    assert.deepEqual(await ids({ search: '0%' }), [shop.id])
    assert.deepEqual(await ids({ search: '%1' }), [])
    assert.deepEqual(await ids({ search: 's_' }), [dns.id])
    assert.deepEqual(await ids({ search: 'DNS.EX' }), [dns.id])
    assert.deepEqual(await ids({ status: 'UP' }), [])
    assert.deepEqual((await ids({ status: 'PENDING' })).toSorted(), [shop.id, dns.id].toSorted())
    assert.equal(await store.monitors.count(account.id), 2)
  })

  test('monitors with equal sort keys are paged without gap or repeat, both ways', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const created: Monitor[] = []
    for (let n = 0; n < 11; n++) created.push(await monitorOf(store, account.id))
    await store.commit(batch({ monitors: { created, changed: [], deleted: [] } }))
    for (const sort of ['createdAt', 'updatedAt', 'name', 'type', 'status'] as const) {
      for (const direction of ['asc', 'desc'] as const) {
        const seen: string[] = []
        for (let offset = 0; offset < 11; offset += 4) {
          const page = await store.monitors.list(account.id, {}, { limit: 4, offset }, { sort, direction })
          assert.equal(page.count, 11)
          seen.push(...page.rows.map(({ id }) => id))
        }
        const expected: string[] = created.map(({ id }) => id)
        assert.deepEqual(seen, direction === 'asc' ? expected : expected.toReversed())
      }
    }
  })

  test('keys are never given twice', async (t) => {
    const { store, reopen } = await open(t)
    const first = await store.monitors.nextKey()
    const second = await store.monitors.nextKey()
    const again = await reopen()
    assert.deepEqual([second, await again.monitors.nextKey()], [first + 1, first + 2])
  })

  test('a deleted monitor goes at once, what it left goes in pieces, its incidents stay', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const other = await watched(store)
    const incident = incidentOf(monitor, { resolvedAtMs: START_MS + 1, resolution: 'recovered' })
    const leftovers = [monitor, other.monitor]
    await store.commit(
      batch({
        states: leftovers.map(({ id }) => ({ monitorId: id, state: stateOf('UP') })),
        results: leftovers.flatMap(({ id }) =>
          Array.from({ length: 900 }, (_, n) => report(id, START_MS + n * 10_000)),
        ),
        heartbeats: leftovers.flatMap(({ id }) => Array.from({ length: 600 }, (_, n) => beat(id, START_MS + n))),
        spans: { ended: leftovers.map(({ id }) => span(id, 0, 5)) },
        incidents: { opened: [incident], changed: [] },
      }),
    )
    await closeHours(store, START_MS + 2 * HOUR_MS + 200_000)
    await store.commit(batch({ monitors: { created: [], changed: [], deleted: [monitor.id] } }))
    assert.equal(await store.monitors.get(account.id, monitor.id), null)
    assert.deepEqual(await store.spans.list(monitor.id, { fromMs: 0, toMs: START_MS * 2 }), [])
    assert.equal((await store.results.list(monitor.id, {}, PAGE)).count, 0)
    let pieces = 0
    while (await store.monitors.purgeDeleted()) pieces++
    assert.ok(pieces > 3)
    await closeHours(store, START_MS + 10 * HOUR_MS)
    assert.equal((await store.incidents.get(account.id, incident.id))?.monitorName, monitor.settings.name)
    assert.equal((await store.results.list(other.monitor.id, {}, PAGE)).count, 900)
    assert.equal((await store.heartbeats.list(other.monitor.id, PAGE)).count, 600)
    assert.equal((await store.spans.list(other.monitor.id, { fromMs: 0, toMs: START_MS * 2 })).length, 1)
  })

  test('what comes for a monitor that is gone is left out, the rest of the batch is kept', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const gone = 'mon_gone'
    await store.commit(
      batch({
        states: [{ monitorId: gone, state: stateOf('UP') }],
        results: [report(gone, START_MS), report(monitor.id, START_MS)],
        heartbeats: [beat(gone, START_MS)],
        spans: { ended: [span(gone, 0, 1)] },
      }),
    )
    assert.equal((await store.results.list(monitor.id, {}, PAGE)).count, 1)
    assert.equal((await store.results.list(gone, {}, PAGE)).count, 0)
  })

  test('spans that touch the range are listed, oldest first, per monitor', async (t) => {
    const { store } = await open(t)
    const [one, two] = [(await watched(store)).monitor, (await watched(store)).monitor]
    const spans = [span(one.id, 20, 30), span(one.id, 0, 10), span(one.id, 10, 20), span(two.id, 0, 100)]
    await store.commit(batch({ spans: { ended: spans } }))
    const [late, early, middle, other] = spans
    assert.deepEqual(await store.spans.list(one.id, { fromMs: 0, toMs: 40 }), [early, middle, late])
    assert.deepEqual(await store.spans.list(one.id, { fromMs: 10, toMs: 20 }), [middle])
    assert.deepEqual(
      await store.spans.listMany([one.id, two.id, 'mon_none'], { fromMs: 25, toMs: 26 }),
      new Map([
        [one.id, [late]],
        [two.id, [other]],
      ]),
    )
  })

  test('heartbeats come back newest first', async (t) => {
    const { store } = await open(t)
    const { monitor } = await watched(store)
    const beats: Heartbeat[] = [
      beat(monitor.id, START_MS, { kind: 'start', rid: 'a' }),
      beat(monitor.id, START_MS + 9, { kind: 'fail', exitStatus: 3, message: 'ü', durationMs: 9, source: '::1 curl' }),
      beat(monitor.id, START_MS + 9, { kind: 'log' }),
    ]
    await store.commit(batch({ heartbeats: beats }))
    const page = await store.heartbeats.list(monitor.id, { limit: 2, offset: 0 })
    assert.deepEqual(page, { rows: [beats[2], beats[1]], count: 3 })
    assert.deepEqual((await store.heartbeats.list(monitor.id, { limit: 2, offset: 2 })).rows, [beats[0]])
  })
}

function beat(monitorId: string, atMs: number, parts: Partial<Heartbeat> = {}): Heartbeat {
  const nothing = { rid: null, message: null, exitStatus: null, durationMs: null, source: null }
  return { monitorId, atMs, kind: 'success', ...nothing, ...parts }
}

function span(monitorId: string, fromMs: number, toMs: number): Span {
  return { monitorId, status: 'DOWN', fromMs, toMs }
}
