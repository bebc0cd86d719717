import type { AlertEventName, Json, OutboxEvent } from '#domain'
import type { Page, Paged } from './port.ts'

export interface NotificationChannel {
  /** `nc_` + 16 characters. */
  id: string
  accountId: string
  name: string
  type: string
  config: { [key: string]: Json }
  events: AlertEventName[]
  allMonitors: boolean
  isActive: boolean
  createdAtMs: number
  updatedAtMs: number
}

export interface ChannelRepository {
  create(channel: NotificationChannel): Promise<void>
  update(channel: NotificationChannel): Promise<boolean>
  /** Pending deliveries go with it. */
  delete(accountId: string, id: string): Promise<boolean>
  get(accountId: string, id: string): Promise<NotificationChannel | null>
  list(accountId: string, page: Page): Promise<Paged<NotificationChannel>>
  /** Every channel of every account, for the engine at start. */
  loadAll(): Promise<NotificationChannel[]>
}

export type DeliveryStatus = 'pending' | 'delivered' | 'failed'

/** Telling one event to one channel. */
export interface Delivery {
  /** `del_` + 16 characters. */
  id: string
  event: OutboxEvent
  channelId: string
  status: DeliveryStatus
  attempts: number
  nextAttemptAtMs: number | null
  deliveredAtMs: number | null
  lastStatusCode: number | null
  lastError: string | null
  createdAtMs: number
}

export interface DeliveryAttempt {
  deliveryId: string
  atMs: number
  durationMs: number
  statusCode: number | null
  error: string | null
}

export interface DeliveryRepository {
  /** All pending ones in order of creation, at most `limit`, from after `afterId` in that order (null: from the start). */
  pending(afterId: string | null, limit: number): Promise<Delivery[]>
  get(channelId: string, id: string): Promise<Delivery | null>
  /** Newest first. */
  list(channelId: string, page: Page): Promise<Paged<Delivery>>
  /** Of each delivery its attempts, oldest first; a delivery without any is left out. */
  attempts(deliveryIds: readonly string[]): Promise<Map<string, DeliveryAttempt[]>>
  /** Records an attempt and what follows from it in one transaction. */
  record(
    attempt: DeliveryAttempt,
    outcome: { status: DeliveryStatus; nextAttemptAtMs: number | null; deliveredAtMs: number | null },
  ): Promise<void>
  /** Adds a delivery of an event that exists (a redelivery), pending at once. */
  again(id: string, of: Delivery, atMs: number): Promise<void>
  /** Drops ended deliveries made before the moment, with their events, a bounded piece at a time. True while more is left. */
  dropOlder(beforeMs: number): Promise<boolean>
  /** The newest outcome of each channel. */
  lastOutcome(channelIds: string[]): Promise<Map<string, { status: DeliveryStatus; atMs: number }>>
}
