import type { AnyChannel, ChannelHttp } from '#channels'
import type { Clock } from '#domain'
import {
  type Delivery,
  type DeliveryRepository,
  type DeliveryStatus,
  type NotificationChannel,
  StorageError,
} from '#storage'
import { attempt, failure, type MadeAttempt } from './attempt.ts'
import { GIVE_UP_AFTER_MS, nextAttemptAtMs } from './backoff.ts'
import { CutError, type InsistOptions, insist } from './insist.ts'

const GIVE_UP_AFTER_HOURS = GIVE_UP_AFTER_MS / 3_600_000

export interface DeliverOptions {
  deliveries: Pick<DeliveryRepository, 'get' | 'record'>
  /** A channel as it is now; null when there is none. */
  channels: (id: string) => NotificationChannel | null
  channelFor: (type: string) => AnyChannel | null
  http: ChannelHttp
  clock: Clock
  /** From 0 up to 1. */
  random: () => number
  timeoutMs: number
  /** How storage is insisted on. Apart, since a store that can be read need not take a write. */
  reading: InsistOptions
  recording: InsistOptions
}

/** What becomes of a delivery: over, or to be tried again. */
type Outcome = Parameters<DeliveryRepository['record']>[1]

/**
 * Makes the next attempt of a delivery and records it with what follows, insisting on the record and never sending
 * twice for one. Answers when to try again (wall ms), or null when the delivery is over. Rejects with `CutError`.
 */
export async function deliver(channelId: string, id: string, options: DeliverOptions): Promise<number | null> {
  const { deliveries, reading, recording, clock } = options
  const delivery = await insist(() => deliveries.get(channelId, id), reading)
  if (delivery === null || delivery.status !== 'pending') return null

  const made = await attemptOf(delivery, options)
  if (made === null) throw new CutError()
  const { outcome, error } = follow(made, delivery, clock.nowMs(), options.random())
  const record = { deliveryId: id, atMs: made.atMs, durationMs: made.durationMs, statusCode: made.statusCode, error }
  const isStored = await insist(async () => {
    try {
      await deliveries.record(record, outcome)
      return true
    } catch (fault) {
      // Its channel may have been deleted while it was on its way: then there is nothing to record any more.
      if (!(fault instanceof StorageError && fault.reason === 'conflict')) throw fault
      const now = await deliveries.get(channelId, id)
      if (now?.status === 'pending') throw fault
      return false
    }
  }, recording)
  return isStored ? outcome.nextAttemptAtMs : null
}

async function attemptOf(delivery: Delivery, options: DeliverOptions): Promise<MadeAttempt | null> {
  const { channels, channelFor, http, clock, timeoutMs, recording } = options
  const stored = channels(delivery.channelId)
  const channel = stored === null ? null : channelFor(stored.type)
  const unsent = (error: string) => ({ ...failure(error, true), atMs: clock.nowMs(), durationMs: 0 })
  if (stored === null) return unsent('not sent: the channel was deleted')
  if (!stored.isActive) return unsent('not sent: the channel is switched off')
  if (channel === null) return unsent(`not sent: this version knows no channel of type ${stored.type}`)
  const message = { eventId: delivery.event.id, payload: delivery.event.payload }
  return attempt(channel, stored.config, message, { http, clock, timeoutMs, cut: recording.cut })
}

/** What follows from an attempt. Pure. */
export function follow(
  made: MadeAttempt,
  delivery: Pick<Delivery, 'attempts' | 'createdAtMs'>,
  nowMs: number,
  random: number,
): { outcome: Outcome; error: string | null } {
  if (made.ok) return { outcome: over('delivered', nowMs), error: null }
  if (made.permanent) return { outcome: over('failed', null), error: made.error }
  const { createdAtMs } = delivery
  const attempts = delivery.attempts + 1
  const again = nextAttemptAtMs({ createdAtMs, nowMs, attempts, retryAfterS: made.retryAfterS, random })
  if (again !== null) {
    return { outcome: { status: 'pending', nextAttemptAtMs: again, deliveredAtMs: null }, error: made.error }
  }
  return { outcome: over('failed', null), error: `${made.error}; given up after ${GIVE_UP_AFTER_HOURS} h` }
}

function over(status: DeliveryStatus, deliveredAtMs: number | null): Outcome {
  return { status, nextAttemptAtMs: null, deliveredAtMs }
}
