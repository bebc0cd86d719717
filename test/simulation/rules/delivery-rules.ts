import type { AlertEventName } from '#domain'
import type { DeliveryAttempt, EngineBatch, NotificationChannel } from '#storage'
import type { Facts } from '../facts.ts'
import type { Outcome } from '../store-view.ts'

const DAY_MS = 86_400_000
/** A channel that was switched off or deleted may go on for a moment with what it had begun, and the other way round. */
const CHANGE_SLACK_MS = 10 * 60_000

const TROUBLES: readonly AlertEventName[] = ['monitor.down', 'monitor.degraded']

interface Told {
  id: string
  eventId: string
  name: AlertEventName
  channelId: string
  monitorId: string
  /** Wall ms. */
  createdAtMs: number
  status: 'pending' | 'delivered' | 'failed'
  /** How often its receiver has said yes. */
  accepted: number
}

/** Invariant 8 for alerts: told at least once, in order, with one id, and never again once that is recorded. */
export class DeliveryRules {
  readonly #facts: Facts
  readonly #byId = new Map<string, Told>()
  readonly #byEvent = new Map<string, Told>()
  readonly #lanes = new Map<string, Told[]>()
  readonly #channels = new Map<string, NotificationChannel>()
  readonly #changedMs = new Map<string, number>()
  /** Channels that know of a monitor's running trouble. */
  readonly #knows = new Map<string, Set<string>>()
  delivered = 0
  attempts = 0

  constructor(facts: Facts) {
    this.#facts = facts
  }

  channelSaved(channel: NotificationChannel): void {
    this.#channels.set(channel.id, channel)
    this.#changedMs.set(channel.id, this.#facts.clock.monotonicMs())
    this.#facts.trace.add(channel.id, `saved: ${channel.isActive ? 'on' : 'off'}, ${channel.events.join(' ')}`)
  }

  /** Its pending deliveries go with it. */
  channelDeleted(id: string): void {
    this.#channels.delete(id)
    this.#changedMs.set(id, this.#facts.clock.monotonicMs())
    this.#facts.trace.add(id, 'deleted')
    for (const [key, lane] of this.#lanes) {
      if (!key.startsWith(`${id} `)) continue
      for (const told of lane) this.#byId.delete(told.id)
      this.#lanes.delete(key)
    }
  }

  committed(batch: EngineBatch): void {
    for (const { event, deliveries } of batch.events) {
      const { monitorId, name } = event
      const channelIds = deliveries.map(({ channelId }) => channelId)
      this.#facts.trace.add(monitorId, `event ${name} ${event.id} to ${channelIds.join(' ') || 'nobody'}`)
      const knows = this.#knows.get(monitorId) ?? new Set()
      this.#knows.set(monitorId, knows)
      for (const { id, channelId } of deliveries) {
        const channel = this.#channels.get(channelId)
        if (name === 'monitor.up' && channel?.events.some((one) => TROUBLES.includes(one)) && !knows.has(channelId)) {
          this.#unlessChanging(channelId, monitorId, `${channelId} is told of an end, but never was of the trouble`)
        }
        if (TROUBLES.includes(name)) knows.add(channelId)
        if (channel === undefined) continue
        const status = 'pending' as const
        const told: Told = {
          id,
          eventId: event.id,
          name,
          channelId,
          monitorId,
          createdAtMs: event.createdAtMs,
          status,
          accepted: 0,
        }
        this.#byId.set(id, told)
        this.#byEvent.set(`${event.id} ${channelId}`, told)
        const lane = this.#lanes.get(`${channelId} ${monitorId}`) ?? []
        this.#lanes.set(`${channelId} ${monitorId}`, lane)
        lane.push(told)
      }
      if (name === 'monitor.up') knows.clear()
    }
  }

  /** A request leaves for a receiver. */
  posted(channelId: string, eventId: string, payload: { event: string; monitor: { id: string } }): void {
    const { violate, trace } = this.#facts
    const monitorId = payload.monitor.id
    this.attempts++
    trace.add(monitorId, `post ${payload.event} ${eventId} to ${channelId}`)
    const told = this.#byEvent.get(`${eventId} ${channelId}`)
    if (told === undefined) {
      this.#unlessChanging(channelId, monitorId, `${channelId} is sent ${eventId}, which it was never to be told`)
      return
    }
    if (!this.#byId.has(told.id)) return
    if (told.name !== payload.event)
      violate('8', monitorId, `${eventId} is ${told.name}, but ${payload.event} was sent`)
    if (told.status !== 'pending')
      violate('8', monitorId, `${eventId} is sent to ${channelId} after it was ${told.status}`)
    const first = this.#lanes.get(`${channelId} ${monitorId}`)?.find(({ status }) => status === 'pending')
    if (first !== undefined && first !== told) {
      violate('8', monitorId, `${eventId} (${told.name}) overtakes ${first.eventId} (${first.name}) to ${channelId}`)
    }
  }

  /** A receiver has said yes. */
  accepted(channelId: string, eventId: string): void {
    const told = this.#byEvent.get(`${eventId} ${channelId}`)
    if (told !== undefined) told.accepted++
  }

  recorded({ deliveryId, error }: DeliveryAttempt, outcome: Outcome): void {
    const told = this.#byId.get(deliveryId)
    if (told === undefined) return
    const { violate, clock, trace } = this.#facts
    trace.add(told.monitorId, `recorded ${outcome.status} of ${told.eventId} to ${told.channelId} ${error ?? ''}`)
    if (told.status !== 'pending')
      violate('8', told.monitorId, `${told.eventId} is recorded after it was ${told.status}`)
    told.status = outcome.status
    if (outcome.status === 'delivered') {
      this.delivered++
      if (told.accepted === 0) violate('8', told.monitorId, `${told.eventId} is noted as delivered, but nobody took it`)
      if (told.accepted > 1) trace.add(told.monitorId, `${told.eventId} was taken ${told.accepted} times`)
    }
    if (outcome.status === 'failed' && clock.nowMs() - told.createdAtMs < DAY_MS) {
      if (this.#channels.get(told.channelId)?.isActive === true) {
        this.#unlessChanging(told.channelId, told.monitorId, `${told.eventId} was given up: ${error}`)
      }
    }
  }

  /** What is still to be told to channels that exist. */
  pending(): Told[] {
    return [...this.#byId.values()].filter(({ status }) => status === 'pending')
  }

  statuses(): Map<string, string> {
    return new Map([...this.#byId.values()].map(({ id, status }) => [id, status]))
  }

  #unlessChanging(channelId: string, monitorId: string, message: string): void {
    const changedMs = this.#changedMs.get(channelId) ?? Number.NEGATIVE_INFINITY
    if (this.#facts.clock.monotonicMs() - changedMs > CHANGE_SLACK_MS) this.#facts.violate('8', monitorId, message)
  }
}
