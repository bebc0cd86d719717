import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Delivery, DeliveryStatus, Store } from '../port.ts'
import { batch, channelOf, eventOf, START_MS, unique, watched } from './builders.ts'
import type { OpenFor } from './harness.ts'

/** The outbox: events, deliveries, attempts. */
export function deliveriesContract(open: OpenFor): void {
  test('pending deliveries come in order of creation, page by page', async (t) => {
    const { store } = await open(t)
    const { events, ids } = await outbox(store, 5)
    const all = await store.deliveries.pending(null, 10)
    assert.deepEqual(
      all.map(({ id }) => id),
      ids,
    )
    assert.deepEqual(
      all.map(({ event }) => event),
      events,
    )
    assert.deepEqual(
      (await store.deliveries.pending(null, 2)).map(({ id }) => id),
      ids.slice(0, 2),
    )
    assert.deepEqual(
      (await store.deliveries.pending(ids[1] ?? '', 2)).map(({ id }) => id),
      ids.slice(2, 4),
    )
    assert.deepEqual(await store.deliveries.pending(ids[4] ?? '', 2), [])
  })

  test('attempts are recorded in order with what follows from them', async (t) => {
    const { store } = await open(t)
    const { channel, ids } = await outbox(store, 1)
    const [id = ''] = ids
    const first = {
      deliveryId: id,
      atMs: START_MS + 1,
      durationMs: 30,
      statusCode: 500,
      error: 'expected 2xx, got 500',
    }
    const second = { deliveryId: id, atMs: START_MS + 9, durationMs: 10, statusCode: 204, error: null }
    await store.deliveries.record(first, { status: 'pending', nextAttemptAtMs: START_MS + 8, deliveredAtMs: null })
    const waiting = await store.deliveries.get(channel.id, id)
    assert.deepEqual(pick(waiting), ['pending', 1, START_MS + 8, null, 500, first.error])
    await store.deliveries.record(second, { status: 'delivered', nextAttemptAtMs: null, deliveredAtMs: START_MS + 9 })
    assert.deepEqual(pick(await store.deliveries.get(channel.id, id)), ['delivered', 2, null, START_MS + 9, 204, null])
    assert.deepEqual(await store.deliveries.attempts([id, 'del_none']), new Map([[id, [first, second]]]))
    assert.deepEqual(await store.deliveries.pending(null, 10), [])
    assert.equal(await store.deliveries.get('nc_other', id), null)
  })

  test('a redelivery is a delivery of the same event, pending at once', async (t) => {
    const { store } = await open(t)
    const { channel, ids } = await outbox(store, 1)
    const [of] = await store.deliveries.pending(null, 1)
    assert.ok(of)
    const id = unique('del')
    await store.deliveries.again(id, of, START_MS + 77)
    const { rows, count } = await store.deliveries.list(channel.id, { limit: 10, offset: 0 })
    assert.deepEqual([count, rows.map((row) => row.id)], [2, [id, ...ids]])
    assert.deepEqual(rows[0], { ...of, id, createdAtMs: START_MS + 77, nextAttemptAtMs: START_MS + 77 })
  })

  test('an event is told once to each channel', async (t) => {
    const { store } = await open(t)
    const { monitor, channel } = await outbox(store, 0)
    const twice = [unique('del'), unique('del')].map((id) => ({ id, channelId: channel.id }))
    const events = [{ event: eventOf(monitor), deliveries: twice }]
    await assert.rejects(store.commit(batch({ events })), { reason: 'conflict' })
  })

  test('deliveries go with their channel, and one chosen for a channel that is gone is left out', async (t) => {
    const { store } = await open(t)
    const { account, monitor, channel, ids } = await outbox(store, 2)
    assert.equal(await store.channels.delete(account.id, channel.id), true)
    assert.deepEqual(await store.deliveries.pending(null, 10), [])
    const attempt = { deliveryId: ids[0] ?? '', atMs: START_MS, durationMs: 1, statusCode: 200, error: null }
    await store.deliveries.record(attempt, { status: 'delivered', nextAttemptAtMs: null, deliveredAtMs: START_MS })
    const late = { event: eventOf(monitor), deliveries: [{ id: unique('del'), channelId: channel.id }] }
    await store.commit(batch({ events: [late] }))
    assert.deepEqual(await store.deliveries.pending(null, 10), [])
  })

  test('ended deliveries and their events are dropped by age; what still waits stays', async (t) => {
    const { store } = await open(t)
    const { channel, ids } = await outbox(store, 3)
    const attempt = { deliveryId: ids[0] ?? '', atMs: START_MS, durationMs: 1, statusCode: 204, error: null }
    await store.deliveries.record(attempt, { status: 'delivered', nextAttemptAtMs: null, deliveredAtMs: START_MS })
    await dropAll(() => store.deliveries.dropOlder(START_MS))
    assert.equal((await store.deliveries.list(channel.id, { limit: 10, offset: 0 })).count, 3)
    await dropAll(() => store.deliveries.dropOlder(START_MS + 86_400_000))
    assert.deepEqual(
      (await store.deliveries.list(channel.id, { limit: 10, offset: 0 })).rows.map(({ id }) => id).sort(),
      ids.slice(1).sort(),
    )
    assert.deepEqual(await store.deliveries.attempts(ids.slice(0, 1)), new Map())
  })

  test('how the last delivery of each channel went', async (t) => {
    const { store } = await open(t)
    const { account, monitor, channel } = await outbox(store, 0)
    const channels = [channel, channelOf(account.id), channelOf(account.id)]
    for (const one of channels.slice(1)) await store.channels.create(one)
    const deliveries = channels.map(({ id }) => ({ id: unique('del'), channelId: id }))
    await store.commit(batch({ events: [{ event: eventOf(monitor, { incidentId: 'inc_1' }), deliveries }] }))
    const outcomes: DeliveryStatus[] = ['delivered', 'failed']
    for (const [at, status] of outcomes.entries()) {
      const deliveryId = deliveries[at]?.id ?? ''
      const attempt = { deliveryId, atMs: START_MS + at, durationMs: 1, statusCode: null, error: null }
      await store.deliveries.record(attempt, { status, nextAttemptAtMs: null, deliveredAtMs: null })
    }
    const [told, failed] = channels.map(({ id }) => id)
    assert.deepEqual(
      await store.deliveries.lastOutcome(channels.map(({ id }) => id)),
      new Map([
        [told, { status: 'delivered', atMs: START_MS }],
        [failed, { status: 'failed', atMs: START_MS + 1 }],
      ]),
    )
  })
}

async function dropAll(piece: () => Promise<boolean>): Promise<void> {
  while (await piece());
}

/** A monitor, a channel, and so many events waiting for it. */
async function outbox(store: Store, count: number) {
  const { account, monitor } = await watched(store)
  const channel = channelOf(account.id)
  await store.channels.create(channel)
  const events = Array.from({ length: count }, () => eventOf(monitor))
  const ids = events.map(() => unique('del'))
  for (const [at, event] of events.entries()) {
    await store.commit(batch({ events: [{ event, deliveries: [{ id: ids[at] ?? '', channelId: channel.id }] }] }))
  }
  return { account, monitor, channel, events, ids }
}

function pick(delivery: Delivery | null) {
  assert.ok(delivery)
  const { status, attempts, nextAttemptAtMs, deliveredAtMs, lastStatusCode, lastError } = delivery
  return [status, attempts, nextAttemptAtMs, deliveredAtMs, lastStatusCode, lastError]
}
