import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyChannel } from '#channels'
import { OutboundError } from '../outbound-error.ts'
import { BACKOFF_MS } from './backoff.ts'
import { type Post, testChannel, testPayload } from './outbox-for-tests.ts'
import { HOUR_MS, START_MS, scene, testKind } from './scene-for-tests.ts'

test('what is new is sent as soon as the notifier is woken', async () => {
  const { outbox, clock, start, story } = scene()
  const notifier = await start()
  outbox.add('1', 'a', 'm')
  notifier.wake()
  await clock.settle()
  assert.deepEqual(story(), ['a evt_1@0'])
  assert.deepEqual(outbox.attempts, [{ deliveryId: '1', atMs: START_MS, durationMs: 0, statusCode: 200, error: null }])
  assert.equal(outbox.row('1').status, 'delivered')
  assert.equal(outbox.row('1').deliveredAtMs, START_MS)
})

test('when a wake is lost, new deliveries are found within 5 s', async () => {
  const { outbox, clock, start, story } = scene()
  await start()
  await clock.advanceBy(1_000)
  outbox.add('1', 'a', 'm')
  await clock.advanceBy(5_000)
  assert.deepEqual(story(), ['a evt_1@5'])
})

test('a wake at whatever point of a reading is not lost', async () => {
  for (let reactions = 0; reactions < 30; reactions++) {
    const { outbox, clock, start, story } = scene()
    const notifier = await start()
    outbox.add('1', 'a', 'm')
    outbox.before = (operation) => {
      if (operation !== 'pending') return
      outbox.before = () => {}
      void afterReactions(reactions).then(() => {
        outbox.add('2', 'a', 'n')
        notifier.wake()
      })
    }
    notifier.wake()
    await clock.settle()
    assert.deepEqual(story().toSorted(), ['a evt_1@0', 'a evt_2@0'], `after ${reactions} reactions`)
  }
})

test('a backlog beyond what is held is read on as soon as there is room', async () => {
  const { outbox, clock, start, story } = scene((post) => (post.monitorId === 'dead' ? 'silence' : 200))
  outbox.add('0', 'a', 'dead')
  for (let i = 1; i <= 9; i++) outbox.add(`${i}`, 'a', 'm')
  await start({ limits: { perLane: 2, perChannel: 4 } })
  await clock.advanceBy(100)
  assert.deepEqual(
    story().slice(1),
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `a evt_${i}@0`),
  )
})

test('a backlog of many pages is taken up', async () => {
  const { outbox, clock, start, receivers } = scene()
  for (let i = 0; i < 1_000; i++) outbox.add(`${i}`, 'a', `m${i % 50}`)
  await start()
  await clock.advanceBy(1_000)
  assert.equal(receivers.posts.length, 1_000)
})

test('what was settled elsewhere while it waited is not sent', async () => {
  const { outbox, clock, start, story } = scene(() => 500)
  outbox.add('1', 'a', 'm')
  await start()
  outbox.row('1').status = 'delivered'
  await clock.advanceBy(60_000)
  assert.deepEqual(story(), ['a evt_1@0'])
})

test('a later event of a monitor waits for the earlier one on the same channel, and on no other', async () => {
  let failures = 2
  const { outbox, clock, start, story } = scene((post) => (post.channelId === 'a' && failures-- > 0 ? 500 : 204))
  for (const [id, channelId, monitorId] of [
    ['1', 'a', 'm'],
    ['2', 'a', 'm'],
    ['3', 'b', 'm'],
    ['4', 'b', 'm'],
  ] as const) {
    outbox.add(id, channelId, monitorId)
  }
  await start()
  await clock.advanceBy(60_000)
  assert.deepEqual(story(), ['a evt_1@0', 'b evt_3@0', 'b evt_4@0', 'a evt_1@5', 'a evt_1@35', 'a evt_2@35'])
})

test('other monitors of a channel go side by side, at most 8 at once', async () => {
  const { outbox, clock, start, receivers } = scene(() => 'silence')
  for (let i = 0; i < 20; i++) outbox.add(`${i}`, 'a', `m${i}`)
  await start()
  assert.equal(receivers.posts.length, 8)
  await clock.advanceBy(10_000)
  assert.equal(receivers.posts.length, 16)
  assert.equal(receivers.mostOpen(), 8)
})

test('a receiver that never answers delays no other, and is tried again after its 10 s', async () => {
  const { outbox, clock, start, story } = scene((post) => (post.channelId === 'a' ? 'silence' : 200))
  for (let i = 0; i < 30; i++) outbox.add(`a${i}`, 'a', `m${i}`)
  for (let i = 0; i < 30; i++) outbox.add(`b${i}`, 'b', `m${i}`)
  await start()
  assert.equal(story().filter((line) => line.startsWith('b ')).length, 30)
  await clock.advanceBy(9_999)
  assert.equal(outbox.row('a0').attempts, 0)
  await clock.advanceBy(1)
  assert.equal(outbox.row('a0').lastError, 'no answer within 10 s')
  assert.equal(outbox.row('a0').nextAttemptAtMs, START_MS + 15_000)
})

test('a channel that ignores the signal still ends by the time-out', async () => {
  const stubborn: AnyChannel = {
    ...testKind(),
    send: () => new Promise(() => {}),
  }
  const { outbox, clock, start } = scene()
  outbox.add('1', 'a', 'm')
  await start({ channelFor: () => stubborn })
  await clock.advanceBy(10_000)
  assert.equal(outbox.row('1').lastError, 'no answer within 10 s')
})

test('a failing delivery is tried for 24 h with growing waits, and then failed', async () => {
  let seed = 1
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const { outbox, clock, start, receivers } = scene(() => ({ statusCode: 500, body: 'no' }))
  outbox.add('1', 'a', 'm')
  await start({ random })
  await clock.advanceBy(23.9 * HOUR_MS)
  assert.equal(outbox.row('1').status, 'pending')
  await clock.advanceBy(0.2 * HOUR_MS)
  const row = outbox.row('1')
  assert.equal(row.status, 'failed')
  assert.equal(row.nextAttemptAtMs, null)
  assert.equal(row.lastError, 'the receiver answered 500: no; given up after 24 h')
  const times = receivers.posts.map((post) => post.atMs)
  assert.equal(times.at(-1), START_MS + 24 * HOUR_MS)
  const waits = times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0))
  for (const [i, waitMs] of waits.slice(0, -1).entries()) {
    const planned = BACKOFF_MS[Math.min(i, BACKOFF_MS.length - 1)] ?? 0
    assert.ok(waitMs >= planned * 0.8 - 1 && waitMs <= planned * 1.2 + 1, `wait ${i}: ${waitMs}`)
  }
  assert.ok(new Set(waits.map((waitMs, i) => waitMs / (BACKOFF_MS[i] ?? 1))).size > 3, 'waits vary')
  await clock.advanceBy(48 * HOUR_MS)
  assert.equal(receivers.posts.length, times.length)
})

test('after a failed event the next of its monitor goes on', async () => {
  const { outbox, clock, start, story } = scene((post) => (post.eventId === 'evt_1' ? 500 : 200))
  outbox.add('1', 'a', 'm', { createdAtMs: START_MS - 24 * HOUR_MS })
  outbox.add('2', 'a', 'm')
  await start()
  await clock.settle()
  assert.deepEqual(story(), ['a evt_1@0', 'a evt_2@0'])
  assert.equal(outbox.row('1').status, 'failed')
  assert.equal(outbox.row('2').status, 'delivered')
})

test('Retry-After puts the next attempt off', async () => {
  const answers = [{ statusCode: 429, retryAfterS: 90 }, { statusCode: 200 }]
  const { outbox, clock, start, story } = scene(() => answers.shift() ?? 500)
  outbox.add('1', 'a', 'm')
  await start()
  await clock.advanceBy(120_000)
  assert.deepEqual(story(), ['a evt_1@0', 'a evt_1@90'])
})

test('a target that is refused ends the delivery at once', async () => {
  const { outbox, start } = scene(() => new OutboundError('169.254.169.254 is a cloud metadata address', true))
  outbox.add('1', 'a', 'm')
  await start()
  assert.equal(outbox.row('1').status, 'failed')
  assert.equal(outbox.row('1').lastError, '169.254.169.254 is a cloud metadata address')
})

test('secrets that a receiver echoes are masked in the record', async () => {
  const body = 'you sent shared secret to /hook?token=t0ken'
  const { outbox, start } = scene(() => ({ statusCode: 400, body }))
  outbox.add('1', 'a', 'm')
  await start()
  assert.equal(outbox.row('1').lastError, 'the receiver answered 400: you sent *** to /hook***')
})

test('a redelivery is sent like a new one, under the id of its event', async () => {
  const { outbox, clock, start, story } = scene()
  outbox.add('1', 'a', 'm')
  const notifier = await start()
  await clock.advanceBy(60_000)
  await outbox.again('2', outbox.row('1'), clock.nowMs())
  notifier.wake()
  await clock.settle()
  assert.deepEqual(story(), ['a evt_1@0', 'a evt_1@60'])
  assert.equal(outbox.row('2').status, 'delivered')
})

test('a stop waits for what is on its way and records it', async () => {
  const answer = Promise.withResolvers<number>()
  const { outbox, clock, start, story } = scene(() => answer.promise)
  outbox.add('1', 'a', 'm')
  outbox.add('2', 'a', 'm')
  const notifier = await start()
  const stopped = notifier.stop()
  await clock.advanceBy(2_000)
  answer.resolve(200)
  await stopped
  assert.deepEqual(story(), ['a evt_1@0'])
  assert.equal(outbox.row('1').status, 'delivered')
  assert.equal(clock.pending(), 0)
})

test('a stop cuts off a receiver that does not answer, without blaming it', async () => {
  const { outbox, clock, start, story } = scene(() => (story().length === 1 ? 'silence' : 200))
  outbox.add('1', 'a', 'm')
  const notifier = await start()
  let isStopped = false
  void notifier.stop().then(() => {
    isStopped = true
  })
  await clock.advanceBy(5_000)
  assert.equal(isStopped, true)
  assert.equal(outbox.attempts.length, 0)
  assert.equal(clock.pending(), 0)
  await start()
  assert.deepEqual(story(), ['a evt_1@0', 'a evt_1@5'])
})

test('a test tells what the receiver answered and records nothing', async () => {
  const answers = [{ statusCode: 204 }, { statusCode: 403, body: 'who?' }]
  const { outbox, start, channels, receivers } = scene((_: Post) => answers.shift() ?? 500)
  const notifier = await start()
  const channel = channels.get('a') ?? testChannel('a')
  const good = await notifier.test(channel, testPayload('m'))
  const bad = await notifier.test({ ...channel, isActive: false }, testPayload('m'))
  assert.deepEqual(good, { success: true, statusCode: 204, responseTimeMs: 0, error: null })
  assert.deepEqual(bad, {
    success: false,
    statusCode: 403,
    responseTimeMs: 0,
    error: 'the receiver answered 403: who?',
  })
  assert.match(receivers.posts[0]?.eventId ?? '', /^evt_[a-z0-9]{16}$/)
  assert.equal(outbox.attempts.length, 0)
})

async function afterReactions(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await null
}
