import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Clock } from '#domain'
import { StorageError } from '#storage'
import { simulatedClock } from '../simulated-clock.ts'
import { createNotifier, type Notifier } from './notifier.ts'
import { testChannel, testOutbox, testReceivers } from './outbox-for-tests.ts'

const SILENT_LOG = { debug() {}, info() {}, warn() {}, error() {} }
const never = new Promise<never>(() => {})
/** Faults that a run may draw; after them all goes well, so that everything must arrive. */
const FAULTS = 60

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('event' as const), channel: fc.nat(2), monitor: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(0, 40, 3_000, 70_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
)

test('whatever fails and whenever it dies: in order, nothing after a recorded yes, and in the end everything told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.infiniteStream(fc.nat(11)), async (steps, dice) => {
      const clock = simulatedClock({ startMs: 1_750_000_000_000 })
      const outbox = testOutbox(clock)
      let faults = 0
      const draw = () => (faults < FAULTS ? (dice.next().value ?? 11) : 11)
      outbox.before = (operation) => {
        if (draw() !== 0) return
        faults++
        throw new StorageError('busy', operation)
      }
      const receivers = testReceivers(clock, ({ eventId, channelId, monitorId }) => {
        const own = outbox.row(eventId.slice('evt_'.length))
        assert.equal(own.status, 'pending', `${eventId} was sent after its yes was recorded`)
        const earlier = outbox.rows.slice(0, outbox.rows.indexOf(own))
        const overtaken = earlier.find(
          (row) => row.channelId === channelId && row.event.monitorId === monitorId && row.status === 'pending',
        )
        assert.equal(overtaken, undefined, `${eventId} overtook an earlier event`)
        const reply = draw()
        if (reply <= 4) faults++
        return reply === 0 ? 'silence' : reply <= 2 ? 500 : reply === 3 ? new Error('cut') : reply === 4 ? 429 : 204
      })
      const problems: unknown[] = []
      const watched = {
        post: (...args: Parameters<typeof receivers.http.post>) =>
          receivers.http.post(...args).catch((error: unknown) => {
            if (error instanceof assert.AssertionError) problems.push(error)
            throw error
          }),
      }

      /** A notifier that can be killed: from then on nothing that it began has an effect on it. */
      function born(): { notifier: Notifier; kill: () => void } {
        let isAlive = true
        const mortal = <T>(work: () => Promise<T>) =>
          isAlive ? work().finally(() => (isAlive ? undefined : never)) : never
        const ownClock: Clock = {
          ...clock,
          schedule: (delayMs, task) => clock.schedule(delayMs, () => isAlive && task()),
        }
        const notifier = createNotifier({
          store: {
            deliveries: {
              pending: (...args) => mortal(() => outbox.pending(...args)),
              get: (...args) => mortal(() => outbox.get(...args)),
              record: (...args) => mortal(() => outbox.record(...args)),
            },
          },
          http: { post: (...args) => mortal(() => watched.post(...args)) },
          channels: testChannel,
          clock: ownClock,
          random: () => (dice.next().value ?? 0) / 12,
          log: SILENT_LOG,
          limits: { perLane: 2, perChannel: 4 },
        })
        return {
          notifier,
          kill: () => {
            isAlive = false
          },
        }
      }

      let living = born()
      await living.notifier.start()
      for (const [i, { ...does }] of steps.entries()) {
        if (does.kind === 'event') {
          outbox.add(`${i}`, `c${does.channel}`, `m${does.monitor}`)
          living.notifier.wake()
        } else if (does.kind === 'time') {
          await clock.advanceBy(does.ms)
        } else {
          if (does.kind === 'crash') living.kill()
          else {
            const stopped = living.notifier.stop()
            await clock.advanceBy(5_000)
            await stopped
          }
          living = born()
          await living.notifier.start()
        }
      }
      await clock.runUntil(() => outbox.rows.every((row) => row.status !== 'pending'), 23 * 3_600_000)
      assert.deepEqual(problems, [])
      assert.deepEqual(
        outbox.rows.filter((row) => row.status !== 'delivered').map((row) => [row.id, row.lastError]),
        [],
      )
      outbox.before = () => {}
      await clock.advanceBy(10_000)
      assert.equal(living.notifier.health(), null)
    }),
    { numRuns: 150 },
  )
})
