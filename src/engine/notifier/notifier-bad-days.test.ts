import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyChannel } from '#channels'
import { testChannel } from './outbox-for-tests.ts'
import { busy, scene, testKind } from './scene-for-tests.ts'

test('after a restart pending deliveries go on at their time, and delivered ones are not sent again', async () => {
  let status = 500
  const { outbox, clock, start, story } = scene((post) => (post.channelId === 'a' ? status : 200))
  outbox.add('1', 'a', 'm')
  outbox.add('2', 'b', 'm')
  const first = await start()
  await clock.advanceBy(6_000)
  await first.stop()
  status = 200
  await clock.advanceBy(10_000)
  const second = await start()
  await clock.advanceBy(60_000)
  await second.stop()
  assert.deepEqual(story(), ['a evt_1@0', 'b evt_2@0', 'a evt_1@5', 'a evt_1@35'])
})

test('a crash between the receiver’s yes and the record repeats the event under the same id', async () => {
  const { outbox, clock, start, story } = scene()
  outbox.add('1', 'a', 'm')
  outbox.before = (operation) => {
    if (operation === 'record') throw busy()
  }
  await start({ clock: { ...clock, schedule: () => ({ cancel() {} }) } }) // its timers die with it
  assert.equal(outbox.row('1').status, 'pending')
  outbox.before = () => {}
  await start()
  await clock.advanceBy(60_000)
  assert.deepEqual(story(), ['a evt_1@0', 'a evt_1@0'])
  assert.equal(outbox.row('1').status, 'delivered')
})

test('while the record fails it is tried again without sending again, and health says so', async () => {
  const { outbox, clock, start, story, logged } = scene()
  outbox.add('1', 'a', 'm')
  outbox.add('2', 'a', 'm')
  outbox.before = (operation) => {
    if (operation === 'record') throw busy()
  }
  const notifier = await start()
  await clock.advanceBy(40_000)
  assert.equal(notifier.health(), "deliveries wait: they can't be recorded (storage is busy)")
  outbox.before = () => {}
  await clock.advanceBy(6_000)
  assert.equal(notifier.health(), null)
  assert.equal(story().filter((line) => line.includes('evt_1')).length, 1)
  assert.equal(outbox.row('1').status, 'delivered')
  assert.equal(outbox.row('2').status, 'delivered')
  assert.ok(logged.length === 2)
})

test('a store that can not be read is tried again', async () => {
  const { outbox, clock, start, story } = scene()
  outbox.before = () => {
    throw busy()
  }
  const notifier = await start()
  outbox.add('1', 'a', 'm')
  notifier.wake()
  await clock.advanceBy(3_000)
  assert.equal(notifier.health(), "deliveries wait: they can't be read (storage is busy)")
  outbox.before = () => {}
  await clock.advanceBy(1_000)
  assert.equal(story().length, 1)
  assert.equal(notifier.health(), null)
})

test('what waits for a channel that is switched off or gone ends as failed, with the reason', async () => {
  const { outbox, clock, channels, start, story } = scene(() => 500)
  outbox.add('1', 'a', 'm')
  outbox.add('2', 'b', 'm')
  outbox.add('3', 'b', 'm')
  await start()
  await clock.advanceBy(36_000) // both wait for 2 min now
  channels.set('a', testChannel('a', { isActive: false }))
  channels.delete('b')
  await clock.advanceBy(5_000)
  assert.equal(story().length, 6)
  assert.deepEqual(
    outbox.rows.map((row) => [row.status, row.lastError]),
    [
      ['failed', 'not sent: the channel is switched off'],
      ['failed', 'not sent: the channel was deleted'],
      ['failed', 'not sent: the channel was deleted'],
    ],
  )
})

test('a delivery whose row went away while it was on its way holds up nothing', async () => {
  const { outbox, clock, start, story } = scene((post) => {
    if (post.eventId === 'evt_1') outbox.rows.splice(0, 1)
    return 200
  })
  outbox.add('1', 'a', 'm')
  outbox.add('2', 'a', 'm')
  const notifier = await start()
  await clock.advanceBy(100)
  assert.deepEqual(story(), ['a evt_1@0', 'a evt_2@0'])
  assert.equal(notifier.health(), null)
})

test('a fault in a channel is a failed attempt, and its text is not shown', async () => {
  let calls = 0
  const faulty: AnyChannel = {
    ...testKind(),
    send(config) {
      if (++calls === 1) throw new TypeError(`cannot read ${JSON.stringify(config)}`)
      return Promise.resolve({ ok: true, statusCode: null })
    },
  }
  const { outbox, clock, start, logged } = scene()
  outbox.add('1', 'a', 'm')
  await start({ channelFor: () => faulty })
  assert.match(outbox.row('1').lastError ?? '', /\(TypeError\)/)
  assert.doesNotMatch(JSON.stringify([outbox.attempts, logged]), /shared secret|t0ken/)
  await clock.advanceBy(10_000)
  assert.equal(outbox.row('1').status, 'delivered')
})
