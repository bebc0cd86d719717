import type { ChannelAnswer, ChannelHttp } from '#channels'
import type { AlertPayload, Clock } from '#domain'
import {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryRepository,
  type NotificationChannel,
  StorageError,
} from '#storage'

type Outbox = Pick<DeliveryRepository, 'pending' | 'get' | 'record' | 'again'>

/** An outbox in memory that can be made to fail, beside the real store's own tests. */
export interface TestOutbox extends Outbox {
  rows: Delivery[]
  attempts: DeliveryAttempt[]
  /** Called before each operation; throw to make it fail. */
  before: (operation: keyof Outbox) => void
  add(id: string, channelId: string, monitorId: string, changes?: Partial<Delivery>): void
  row(id: string): Delivery
}

export function testOutbox(clock: Clock): TestOutbox {
  const outbox: TestOutbox = {
    rows: [],
    attempts: [],
    before: () => {},
    add(id, channelId, monitorId, changes = {}) {
      const event = { ...testEvent(`evt_${id}`, monitorId), createdAtMs: clock.nowMs() }
      outbox.rows.push({
        id,
        event,
        channelId,
        status: 'pending',
        attempts: 0,
        nextAttemptAtMs: clock.nowMs(),
        deliveredAtMs: null,
        lastStatusCode: null,
        lastError: null,
        createdAtMs: clock.nowMs(),
        ...changes,
      })
    },
    row(id) {
      const row = outbox.rows.find((each) => each.id === id)
      if (row === undefined) throw new Error(`no delivery ${id}`)
      return row
    },
    async pending(afterId, limit) {
      outbox.before('pending')
      const start = afterId === null ? 0 : outbox.rows.findIndex((row) => row.id === afterId) + 1
      const found = outbox.rows.slice(start).filter((row) => row.status === 'pending')
      return structuredClone(found.slice(0, limit))
    },
    async get(channelId, id) {
      outbox.before('get')
      return structuredClone(outbox.rows.find((row) => row.id === id && row.channelId === channelId) ?? null)
    },
    async record(attempt, outcome) {
      outbox.before('record')
      const row = outbox.rows.find((each) => each.id === attempt.deliveryId)
      if (row === undefined) throw new StorageError('conflict', 'no such delivery')
      outbox.attempts.push(attempt)
      Object.assign(row, outcome, {
        attempts: row.attempts + 1,
        lastStatusCode: attempt.statusCode,
        lastError: attempt.error,
      })
    },
    async again(id, of, atMs) {
      outbox.before('again')
      outbox.add(id, of.channelId, of.event.monitorId, { event: of.event, createdAtMs: atMs, nextAttemptAtMs: atMs })
    },
  }
  return outbox
}

export function testPayload(monitorId: string): AlertPayload {
  return {
    event: 'monitor.down',
    timestamp: '2025-01-21T10:30:00Z',
    monitor: { id: monitorId, name: monitorId, url: 'https://example.com', type: 'API', status: 'DOWN' },
    incident: null,
    check: null,
  }
}

function testEvent(id: string, monitorId: string): Delivery['event'] {
  return {
    id,
    accountId: 'acc_1',
    monitorId,
    incidentId: null,
    name: 'monitor.down',
    createdAtMs: 0,
    payload: testPayload(monitorId),
  }
}

/** A webhook channel whose address is `http://<id>/`. */
export function testChannel(id: string, changes: Partial<NotificationChannel> = {}): NotificationChannel {
  return {
    id,
    accountId: 'acc_1',
    name: id,
    type: 'WEBHOOK',
    config: { url: `http://${id}/hook?token=t0ken`, secret: 'shared secret' },
    events: ['monitor.down'],
    allMonitors: true,
    isActive: true,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...changes,
  }
}

/** One post as a receiver sees it. `eventId` is the `webhook-id` header. */
export interface Post {
  channelId: string
  eventId: string
  monitorId: string
  atMs: number
}

type Reply = number | Partial<ChannelAnswer> | 'silence' | Error

/** Receivers without a network: they keep what they got and reply as told. */
export function testReceivers(clock: Clock, reply: (post: Post) => Reply | Promise<Reply>) {
  const posts: Post[] = []
  let open = 0
  let mostOpen = 0
  const http: ChannelHttp = {
    async post(url, body, headers, signal) {
      const payload: AlertPayload = JSON.parse(body)
      const eventId = headers['webhook-id'] ?? ''
      const post = { channelId: new URL(url).host, eventId, monitorId: payload.monitor?.id ?? '', atMs: clock.nowMs() }
      posts.push(post)
      mostOpen = Math.max(mostOpen, ++open)
      try {
        const replied = await reply(post)
        if (replied instanceof Error) throw replied
        if (replied === 'silence') return await silence(signal)
        const answer = typeof replied === 'number' ? { statusCode: replied } : replied
        return { statusCode: 200, body: '', retryAfterS: null, ...answer }
      } finally {
        open--
      }
    },
  }
  return { http, posts, mostOpen: () => mostOpen }
}

function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}
