import { channelFor } from '#channels'
import type { Delivery, DeliveryAttempt, DeliveryStatus, NotificationChannel } from '#storage'
import { isoSeconds } from '../http/times.ts'
import { type Config, maskConfig } from '../masks.ts'

/** How the newest delivery of a channel ended. */
export type LastOutcome = { status: DeliveryStatus; atMs: number } | undefined

/** A channel, secrets masked. */
export function presentChannel(channel: NotificationChannel, last: LastOutcome) {
  return {
    id: channel.id,
    name: channel.name,
    type: channel.type,
    config: shownConfig(channel),
    events: channel.events,
    allMonitors: channel.allMonitors,
    isActive: channel.isActive,
    lastStatus: last?.status ?? null,
    lastTriggeredAt: isoSeconds(last?.atMs ?? null),
    createdAt: isoSeconds(channel.createdAtMs),
    updatedAt: isoSeconds(channel.updatedAtMs),
  }
}

/** A delivery with its attempts, as answers show it. */
export function presentDelivery(delivery: Delivery, attempts: DeliveryAttempt[]) {
  return {
    id: delivery.id,
    event: delivery.event.name,
    eventId: delivery.event.id,
    monitorId: delivery.event.monitorId,
    status: delivery.status,
    statusCode: delivery.lastStatusCode,
    attempts: delivery.attempts,
    nextAttemptAt: isoSeconds(delivery.nextAttemptAtMs),
    deliveredAt: isoSeconds(delivery.deliveredAtMs),
    error: delivery.lastError,
    createdAt: isoSeconds(delivery.createdAtMs),
    attemptLog: attempts.map(({ atMs, durationMs, statusCode, error }) => ({
      at: isoSeconds(atMs),
      /** ms */
      duration: Math.round(durationMs),
      statusCode,
      error,
    })),
  }
}

function shownConfig({ type, config }: NotificationChannel): Config {
  const channel = channelFor(type)
  return channel === null ? {} : maskConfig(channel.config, config)
}
