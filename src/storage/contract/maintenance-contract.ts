import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MaintenanceWindow } from '#domain'
import type { MaintenanceFilter } from '../maintenance.ts'
import type { Store } from '../port.ts'
import { batch, DAY_MS, HOUR_MS, monitorOf, newAccount, START_MS, stateOf, unique, watched } from './builders.ts'
import type { OpenFor } from './harness.ts'

const PAGE = { limit: 50, offset: 0 }
const DAILY = { frequency: 'daily', interval: 1, untilMs: null, count: null } as const

function windowOf(accountId: string, parts: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    id: unique('mw'),
    accountId,
    title: 'Upgrade of „alles“',
    description: null,
    startsAtMs: START_MS + HOUR_MS,
    endsAtMs: START_MS + 2 * HOUR_MS,
    timezone: 'Europe/Berlin',
    recurrence: null,
    allMonitors: true,
    monitorIds: [],
    cancelledAtMs: null,
    createdAtMs: START_MS,
    updatedAtMs: START_MS,
    ...parts,
  }
}

async function save(store: Store, windows: MaintenanceWindow[], atMs = START_MS): Promise<void> {
  await store.commit(batch({ atMs, maintenance: { saved: windows, moved: [] } }))
}

/** Maintenance windows and the monitors that they are about. */
export function maintenanceContract(open: OpenFor): void {
  test('a window comes back as it was stored, also after a restart, and as it was changed', async (t) => {
    const { store, reopen } = await open(t)
    const { account, monitor } = await watched(store)
    const other = await monitorOf(store, account.id)
    await store.commit(batch({ monitors: { created: [other], changed: [], deleted: [] } }))
    const recurrence = { frequency: 'weekly', interval: 2, weekdays: ['MON', 'SUN'], untilMs: null, count: 9 } as const
    const window = windowOf(account.id, {
      description: 'Zwei\nZeilen',
      recurrence,
      allMonitors: false,
      monitorIds: [other.id, monitor.id],
    })
    await save(store, [window])
    assert.deepEqual(await store.maintenance.get(account.id, window.id), window)
    const again = await reopen()
    const changed = { ...window, title: 'Other', monitorIds: [monitor.id], recurrence: null, updatedAtMs: START_MS + 9 }
    await save(again, [changed])
    assert.deepEqual(await again.maintenance.get(account.id, window.id), changed)
    assert.deepEqual((await again.maintenance.list(account.id, {}, PAGE)).rows, [changed])
  })

  test("another account's window is not found, and another account's monitor is never in one", async (t) => {
    const { store } = await open(t)
    const [own, foreign] = [await watched(store), await watched(store)]
    const window = windowOf(own.account.id, {
      allMonitors: false,
      monitorIds: [foreign.monitor.id, own.monitor.id, unique('mon')],
    })
    await save(store, [window])
    const kept = { ...window, monitorIds: [own.monitor.id] }
    assert.deepEqual(await store.maintenance.get(own.account.id, window.id), kept)
    assert.equal(await store.maintenance.get(foreign.account.id, window.id), null)
    await save(store, [{ ...window, accountId: foreign.account.id, title: 'Taken' }])
    assert.equal((await store.maintenance.get(own.account.id, window.id))?.title, window.title)
  })

  test('a deleted monitor leaves its windows, which do not turn into windows of all monitors', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const window = windowOf(account.id, { allMonitors: false, monitorIds: [monitor.id] })
    await save(store, [window])
    await store.commit(batch({ monitors: { created: [], changed: [], deleted: [monitor.id] } }))
    assert.deepEqual(await store.maintenance.get(account.id, window.id), { ...window, monitorIds: [] })
  })

  test('window, state and span are one transaction', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const window = windowOf(account.id)
    const states = [{ monitorId: monitor.id, state: stateOf('MAINTENANCE') }]
    const broken = { ...windowOf(unique('acc')) }
    await assert.rejects(store.commit(batch({ states, maintenance: { saved: [window, broken], moved: [] } })))
    assert.equal(await store.maintenance.get(account.id, window.id), null)
    const { count } = await store.monitors.list(account.id, { status: 'MAINTENANCE' }, PAGE)
    assert.equal(count, 0)
    await store.commit(batch({ states, maintenance: { saved: [window], moved: [] } }))
    assert.equal((await store.monitors.list(account.id, { status: 'MAINTENANCE' }, PAGE)).count, 1)
  })

  test('those that are open are loaded with their status; what began or ended is not as it was', async (t) => {
    const { store } = await open(t)
    const account = await newAccount(store)
    const [one, two, over] = [windowOf(account.id), windowOf(account.id), windowOf(account.id)]
    await save(store, [one, two])
    await save(store, [over], START_MS + 3 * HOUR_MS)
    await save(store, [{ ...two, cancelledAtMs: START_MS }])
    const moved = [
      { windowId: one.id, status: 'IN_PROGRESS' as const },
      { windowId: two.id, status: 'IN_PROGRESS' as const },
    ]
    await store.commit(batch({ maintenance: { saved: [], moved } }))
    const openAt = async (nowMs: number) =>
      (await store.maintenance.loadOpen(nowMs)).filter(({ window }) => window.accountId === account.id)
    assert.deepEqual(await openAt(START_MS + 2 * HOUR_MS), [{ window: one, status: 'IN_PROGRESS' }])
    const setBack = (await openAt(START_MS + 2 * HOUR_MS - 1)).map(({ window }) => window.id)
    assert.deepEqual(setBack.sort(), [one.id, over.id].sort())
    assert.equal(await store.maintenance.countOpen(account.id), 1)
    assert.equal((await store.maintenance.list(account.id, { status: 'CANCELLED' }, PAGE)).rows[0]?.id, two.id)
  })

  test('windows are listed latest start first, by monitor, and by when they take place', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const early = windowOf(account.id, { allMonitors: false, monitorIds: [monitor.id] })
    const late = windowOf(account.id, { startsAtMs: START_MS + DAY_MS, endsAtMs: START_MS + DAY_MS + HOUR_MS })
    const [startsAtMs, endsAtMs] = [START_MS - DAY_MS, START_MS - DAY_MS + HOUR_MS]
    const daily = windowOf(account.id, { startsAtMs, endsAtMs, recurrence: DAILY, allMonitors: false })
    await save(store, [early, daily, late])
    const ids = async (filter: MaintenanceFilter, page = PAGE) => {
      const found = await store.maintenance.list(account.id, filter, page)
      return [found.rows.map(({ id }) => id), found.count]
    }
    assert.deepEqual(await ids({}), [[late.id, early.id, daily.id], 3])
    assert.deepEqual(await ids({}, { limit: 1, offset: 1 }), [[early.id], 3])
    assert.deepEqual(await ids({ monitorId: monitor.id }), [[late.id, early.id], 2])
    const fromMs = START_MS + 2 * HOUR_MS
    assert.deepEqual(await ids({ fromMs, toMs: START_MS + DAY_MS }), [[], 0])
    assert.deepEqual(await ids({ fromMs, toMs: START_MS + DAY_MS + 1 }), [[late.id, daily.id], 2])
    assert.deepEqual(await ids({ fromMs, toMs: START_MS + DAY_MS + 1 }, { limit: 1, offset: 1 }), [[daily.id], 2])
    assert.deepEqual(await ids({ fromMs: fromMs - 1, toMs: fromMs }), [[early.id], 1])
    assert.deepEqual(await ids({ fromMs: START_MS + 9 * DAY_MS }), [[daily.id], 1])
  })
}
