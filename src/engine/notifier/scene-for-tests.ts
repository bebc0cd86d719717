import { Type } from 'typebox'
import type { AnyChannel } from '#channels'
import { type NotificationChannel, StorageError } from '#storage'
import { type SimulatedClock, simulatedClock } from '../simulated-clock.ts'
import { createNotifier, type NotifierOptions } from './notifier.ts'
import { type TestOutbox, testChannel, testOutbox, testReceivers } from './outbox-for-tests.ts'

export const START_MS = 1_750_000_000_000
export const HOUR_MS = 3_600_000

export interface Scene {
  clock: SimulatedClock
  outbox: TestOutbox
  channels: Map<string, NotificationChannel>
  receivers: ReturnType<typeof testReceivers>
  logged: string[]
  start(changes?: Partial<NotifierOptions>): Promise<ReturnType<typeof createNotifier>>
  /** What was received so far, as `channel event@seconds`. */
  story(): string[]
}

export function scene(reply: Parameters<typeof testReceivers>[1] = () => 200): Scene {
  const clock = simulatedClock({ startMs: START_MS })
  const outbox = testOutbox(clock)
  const channels = new Map(['a', 'b', 'c'].map((id) => [id, testChannel(id)]))
  const receivers = testReceivers(clock, reply)
  const logged: string[] = []
  const keep = (facts: object, message: string) => logged.push(`${JSON.stringify(facts)} ${message}`)
  return {
    clock,
    outbox,
    channels,
    receivers,
    logged,
    async start(changes = {}) {
      const notifier = createNotifier({
        store: { deliveries: outbox },
        channels: (id) => channels.get(id) ?? null,
        http: receivers.http,
        clock,
        random: () => 0.5,
        log: { debug: keep, info: keep, warn: keep, error: keep },
        ...changes,
      })
      await notifier.start()
      await clock.settle()
      return notifier
    },
    story: () =>
      receivers.posts.map(({ channelId, eventId, atMs }) => `${channelId} ${eventId}@${(atMs - START_MS) / 1000}`),
  }
}

export const busy = () => new StorageError('busy', 'database is locked')

export function testKind(): Pick<AnyChannel, 'type' | 'summary' | 'config'> {
  return { type: 'WEBHOOK', summary: 'x', config: Type.Object({}) }
}
