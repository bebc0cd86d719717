import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  batch,
  channelOf,
  eventOf,
  incidentOf,
  newAccount,
  report,
  START_MS,
  stateOf,
  unique,
  watched,
} from './builders.ts'
import type { OpenFor } from './harness.ts'

const PAGE = { limit: 50, offset: 0 }

/** Incidents, and that a batch is applied whole or not at all. */
export function incidentsContract(open: OpenFor): void {
  test("each account's last number is known, also over a restart", async (t) => {
    const { store, reopen } = await open(t)
    const [one, two] = [await watched(store), await watched(store)]
    await watched(store)
    const ended = { resolvedAtMs: START_MS + 9, resolution: 'recovered' } as const
    const opened = [
      incidentOf(one.monitor, { number: 2, ...ended }),
      incidentOf(two.monitor, { number: 1 }),
      incidentOf(one.monitor, { number: 1, ...ended }),
    ]
    await store.commit(batch({ incidents: { opened, changed: [] } }))
    const expected = new Map([
      [one.account.id, 2],
      [two.account.id, 1],
    ])
    assert.deepEqual(await store.incidents.lastNumbers(), expected)
    assert.deepEqual(await (await reopen()).incidents.lastNumbers(), expected)
  })

  test('a number is used once per account', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const ended = { resolvedAtMs: START_MS, resolution: 'manual' } as const
    await store.commit(batch({ incidents: { opened: [incidentOf(monitor, ended)], changed: [] } }))
    const again = store.commit(batch({ incidents: { opened: [incidentOf(monitor)], changed: [] } }))
    await assert.rejects(again, { name: 'StorageError', reason: 'conflict' })
    assert.equal((await store.incidents.list(account.id, { status: 'all' }, PAGE)).count, 1)
  })

  test('a monitor has at most one open incident', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const first = incidentOf(monitor)
    await store.commit(batch({ incidents: { opened: [first], changed: [] } }))
    const second = store.commit(batch({ incidents: { opened: [incidentOf(monitor, { number: 2 })], changed: [] } }))
    await assert.rejects(second, { name: 'StorageError', reason: 'conflict' })
    assert.deepEqual(await store.incidents.loadOpen(), [first])
    assert.equal((await store.incidents.list(account.id, { status: 'all' }, PAGE)).count, 1)
  })

  test('one incident may end and the next begin in the same batch', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const first = incidentOf(monitor)
    const second = incidentOf(monitor, { number: 2 })
    const third = incidentOf(monitor, { number: 3 })
    await store.commit(batch({ incidents: { opened: [first], changed: [] } }))
    const ended = { resolvedAtMs: START_MS + 5, resolution: 'recovered', severity: 'CRITICAL' } as const
    const changed = [
      { ...first, ...ended },
      { ...second, ...ended },
    ]
    await store.commit(batch({ incidents: { opened: [second, third], changed } }))
    assert.deepEqual(await store.incidents.loadOpen(), [third])
    assert.deepEqual(await store.incidents.get(account.id, first.id), { ...first, ...ended })
    assert.deepEqual(await store.incidents.get(account.id, second.id), { ...second, ...ended })
  })

  test('lists filter by monitor, status and start, newest first, within the account', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    await store.commit(batch({ incidents: { opened: [incidentOf((await watched(store)).monitor)], changed: [] } }))
    const ended = { resolvedAtMs: START_MS + 50, resolution: 'recovered' } as const
    const opened = [
      incidentOf(monitor, { startedAtMs: START_MS + 10, ...ended }),
      incidentOf(monitor, { number: 2, startedAtMs: START_MS + 10, ...ended }),
      incidentOf(monitor, { number: 3, startedAtMs: START_MS + 20 }),
    ]
    await store.commit(batch({ incidents: { opened, changed: [] } }))
    const [a, b, c] = opened.map(({ id }) => id)
    const ids = async (filter: Parameters<typeof store.incidents.list>[1], page = PAGE) =>
      (await store.incidents.list(account.id, filter, page)).rows.map(({ id }) => id)
    assert.deepEqual(await ids({ status: 'all' }), [c, b, a])
    assert.deepEqual(await ids({ status: 'all' }, { limit: 1, offset: 1 }), [b])
    assert.deepEqual(await ids({ status: 'all' }, { limit: 1, offset: 2 }), [a])
    assert.deepEqual(await ids({ status: 'active' }), [c])
    assert.deepEqual(await ids({ status: 'resolved', monitorId: monitor.id }), [b, a])
    assert.deepEqual(await ids({ status: 'all', fromMs: START_MS + 20 }), [c])
    assert.deepEqual(await ids({ status: 'all', toMs: START_MS + 20 }), [b, a])
    assert.deepEqual(await ids({ status: 'all', monitorId: 'mon_other' }), [])
    assert.equal(await store.incidents.get('acc_other', a ?? ''), null)
  })

  test('a batch that fails half-way leaves nothing, and the same rows can be committed later', async (t) => {
    const { store, reopen } = await open(t)
    const { account, monitor } = await watched(store)
    const channel = channelOf(account.id)
    await store.channels.create(channel)
    const changed = { ...monitor, version: 2 }
    const event = eventOf(monitor)
    const good = batch({
      monitors: { created: [], changed: [changed], deleted: [] },
      states: [{ monitorId: monitor.id, state: stateOf('DOWN') }],
      results: [report(monitor.id, START_MS, {}, { region: 'never-seen-before' })],
      heartbeats: [
        {
          monitorId: monitor.id,
          atMs: 1,
          kind: 'log',
          rid: null,
          message: null,
          exitStatus: null,
          durationMs: null,
          source: null,
        },
      ],
      spans: { ended: [{ monitorId: monitor.id, status: 'UP', fromMs: 1, toMs: 2 }] },
      incidents: { opened: [incidentOf(monitor)], changed: [] },
      events: [{ event, deliveries: [{ id: unique('del'), channelId: channel.id }] }],
      workers: [{ workerId: 'w', sequence: 5 }],
    })
    const bad = { ...good, events: [...good.events, ...good.events] }
    await assert.rejects(store.commit(bad), { name: 'StorageError', reason: 'conflict' })
    const nothing = async (from: typeof store) => {
      assert.deepEqual(await from.monitors.loadAll(), [{ monitor, state: null }])
      assert.equal((await from.results.list(monitor.id, {}, PAGE)).count, 0)
      assert.deepEqual(await from.results.latest(monitor.id), [])
      assert.equal((await from.heartbeats.list(monitor.id, PAGE)).count, 0)
      assert.deepEqual(await from.spans.list(monitor.id, { fromMs: 0, toMs: 9 }), [])
      assert.deepEqual(await from.incidents.loadOpen(), [])
      assert.deepEqual(await from.deliveries.pending(null, 10), [])
      assert.equal(await from.results.appliedSequence('w'), 0)
    }
    await nothing(store)
    const again = await reopen()
    await nothing(again)
    await again.commit(good)
    assert.equal((await again.results.list(monitor.id, {}, PAGE)).rows[0]?.region, 'never-seen-before')
    assert.equal((await again.incidents.loadOpen())[0]?.number, 1)
    assert.equal((await again.deliveries.pending(null, 10)).length, 1)
    assert.equal(await again.results.appliedSequence('w'), 5)
  })

  test("a worker's sequence never goes back", async (t) => {
    const { store } = await open(t)
    for (const sequence of [3, 9, 4]) await store.commit(batch({ workers: [{ workerId: 'w', sequence }] }))
    assert.deepEqual([await store.results.appliedSequence('w'), await store.results.appliedSequence('x')], [9, 0])
  })

  test('an incident of an account that does not exist is a conflict', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const { monitor } = await watched(store)
    const opened = [incidentOf(monitor, { accountId: `${account.id}x` })]
    await assert.rejects(store.commit(batch({ incidents: { opened, changed: [] } })), { reason: 'conflict' })
  })
}
