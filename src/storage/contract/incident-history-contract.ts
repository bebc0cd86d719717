import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Incident } from '#domain'
import { batch, HOUR_MS, incidentOf, monitorOf, newAccount, START_MS, watched } from './builders.ts'
import type { OpenFor } from './harness.ts'

const at = (hour: number) => START_MS + hour * HOUR_MS

/** When incidents were. */
export function incidentHistoryContract(open: OpenFor): void {
  test('open incidents are counted, and those that ended in a range with their average duration', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const other = await watched(store)
    const ended = (number: number, from: number, to: number): Incident =>
      incidentOf(monitor, { number, startedAtMs: at(from), resolvedAtMs: at(to), resolution: 'recovered' })
    const opened = [
      ended(1, 0, 1),
      ended(2, 2, 5),
      ended(3, 9, 10),
      ended(4, 12, 11.5),
      incidentOf(monitor, { number: 5, startedAtMs: at(13) }),
      incidentOf(other.monitor),
    ]
    await store.commit(batch({ incidents: { opened, changed: [] } }))
    const history = store.incidentHistory
    assert.equal(await history.openCount(account.id), 1)
    const resolved = async (from: number, to: number) => {
      const { count, averageDurationMs } = await history.resolved(account.id, { fromMs: at(from), toMs: at(to) })
      return [count, averageDurationMs === null ? null : averageDurationMs / HOUR_MS]
    }
    assert.deepEqual(await resolved(1, 10), [2, 2])
    assert.deepEqual(await resolved(1.1, 10.1), [2, 2])
    assert.deepEqual(await resolved(11, 12), [1, 0])
    assert.deepEqual(await resolved(20, 30), [0, null])
    const nobody = await newAccount(store)
    assert.equal(await history.openCount(nobody.id), 0)
    assert.deepEqual(await history.resolved(nobody.id, { fromMs: 0, toMs: at(99) }), {
      count: 0,
      averageDurationMs: null,
    })
  })

  test('incidents that touch a range are found, those that end at its beginning are not', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const second = await monitorOf(store, account.id)
    await store.commit(batch({ monitors: { created: [second], changed: [], deleted: [] } }))
    const ended = (number: number, from: number, to: number, of = monitor): Incident =>
      incidentOf(of, { number, startedAtMs: at(from), resolvedAtMs: at(to), resolution: 'recovered' })
    const opened = [
      ended(1, 0, 5),
      ended(2, 5, 5),
      ended(3, 6, 7, second),
      ended(4, 8, 12),
      ended(5, 10, 11),
      incidentOf(second, { number: 6, startedAtMs: at(9) }),
    ]
    await store.commit(batch({ incidents: { opened, changed: [] } }))
    const during = async (ids: string[], from: number, to: number) =>
      (await store.incidentHistory.during(ids, { fromMs: at(from), toMs: at(to) })).map(
        ({ fromMs, toMs, monitorId }) => [
          (fromMs - START_MS) / HOUR_MS,
          toMs === null ? null : (toMs - START_MS) / HOUR_MS,
          monitorId === monitor.id ? 'first' : 'second',
        ],
      )
    assert.deepEqual(await during([monitor.id, second.id], 5, 10), [
      [5, 5, 'first'],
      [6, 7, 'second'],
      [8, 12, 'first'],
      [9, null, 'second'],
    ])
    assert.deepEqual(await during([second.id], 20, 21), [[9, null, 'second']])
    assert.deepEqual(await during([], 0, 99), [])
  })

  test('what people open is found for each monitor that it is about, and left out where only public is asked for', async (t) => {
    const { store } = await open(t)
    const { account, monitor } = await watched(store)
    const second = await monitorOf(store, account.id)
    const third = await monitorOf(store, account.id)
    await store.commit(batch({ monitors: { created: [second, third], changed: [], deleted: [] } }))
    const about = [monitor, second].map(({ id, settings }) => ({ id, name: settings.name }))
    const opened = [
      incidentOf(monitor, { number: 1, monitorId: null, monitorName: null, monitors: about, startedAtMs: at(3) }),
      incidentOf(monitor, { number: 2, startedAtMs: at(1), isPublic: false }),
    ]
    await store.commit(batch({ incidents: { opened, changed: [] } }))
    const ids = [monitor.id, second.id, third.id]
    const range = { fromMs: at(0), toMs: at(9) }
    const times = await store.incidentHistory.during(ids, range)
    assert.deepEqual(
      times.map(({ monitorId, fromMs }) => [ids.indexOf(monitorId), (fromMs - START_MS) / HOUR_MS]).sort(),
      [
        [0, 1],
        [0, 3],
        [1, 3],
      ],
    )
    const shown = await store.incidentHistory.during(ids, range, { onlyPublic: true })
    assert.deepEqual(shown.map(({ monitorId }) => ids.indexOf(monitorId)).sort(), [0, 1])
    assert.deepEqual(await store.incidentHistory.during(ids, { fromMs: at(1), toMs: at(2) }, { onlyPublic: true }), [])
  })
}
