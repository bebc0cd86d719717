import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBatch, openSqliteStore, SecretBox } from '#storage'
import { simulatedClock } from '../simulated-clock.ts'
import { createNotifier } from './notifier.ts'
import { testChannel, testPayload, testReceivers } from './outbox-for-tests.ts'

const START_MS = 1_750_000_000_000

test('over a real store: attempts are kept, a restart goes on, a yes is final, a redelivery is sent', async (t) => {
  const store = await openSqliteStore({ path: ':memory:', secrets: new SecretBox([new Uint8Array(32).fill(1)]) })
  t.after(() => store.close())
  const clock = simulatedClock({ startMs: START_MS })
  await store.accounts.create({ id: 'acc_1', name: 'x', plan: 'FREE', isSuspended: false, createdAtMs: START_MS })
  await store.channels.create(testChannel('nc_1'))
  const events = ['1', '2'].map((id) => ({
    event: {
      id: `evt_${id}`,
      accountId: 'acc_1',
      monitorId: 'mon_1',
      incidentId: null,
      name: 'monitor.down' as const,
      createdAtMs: START_MS,
      payload: testPayload('mon_1'),
    },
    deliveries: [{ id: `del_${id}`, channelId: 'nc_1' }],
  }))
  await store.commit({ ...emptyBatch(START_MS), events })

  let failures = 2
  const receivers = testReceivers(clock, () => (failures-- > 0 ? { statusCode: 500, body: 'oops' } : 204))
  const born = async () => {
    const notifier = createNotifier({
      store,
      channels: testChannel,
      http: receivers.http,
      clock,
      random: () => 0.5,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    })
    await notifier.start()
    return notifier
  }
  const count = (posts: number) => () => receivers.posts.length === posts
  const first = await born()
  assert.ok(await clock.runUntil(count(2), 6_000))
  await clock.settle()
  await first.stop()
  const second = await born()
  assert.ok(await clock.runUntil(count(4), 60_000))
  await clock.advanceBy(60_000)
  const sent = await store.deliveries.get('nc_1', 'del_1')
  assert.ok(sent !== null)
  await store.deliveries.again('del_3', sent, clock.nowMs())
  second.wake()
  await clock.advanceBy(60_000)
  await second.stop()

  assert.deepEqual(receivers.posts.map(({ eventId, atMs }) => `${eventId}@${(atMs - START_MS) / 1000}`).slice(0, 4), [
    'evt_1@0',
    'evt_1@5',
    'evt_1@35',
    'evt_2@35',
  ])
  assert.deepEqual(
    receivers.posts.slice(4).map((post) => post.eventId),
    ['evt_1'],
  )
  assert.deepEqual(
    (await store.deliveries.attempts(['del_1'])).get('del_1')?.map(({ statusCode, error }) => [statusCode, error]),
    [
      [500, 'the receiver answered 500: oops'],
      [500, 'the receiver answered 500: oops'],
      [204, null],
    ],
  )
  assert.deepEqual(await store.deliveries.pending(null, 10), [])
})
