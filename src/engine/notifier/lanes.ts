import type { Timer } from '#domain'
import type { Delivery } from '#storage'

/** A pending delivery as it waits: the rest is read again when its turn comes. */
export interface Waiting {
  id: string
  /** Wall ms. */
  dueAtMs: number
}

/** The pending deliveries of one monitor to one channel, oldest first: they go one after the other. */
export interface Lane {
  channelId: string
  monitorId: string
  queue: Waiting[]
  /** Newer ones were left out for want of room. */
  more: boolean
  timer: Timer | null
}

export interface LaneLimits {
  perLane: number
  perChannel: number
}

/**
 * What is held of the outbox. Memory is bounded per channel, so that a dead receiver's backlog crowds out no other;
 * what found no room stays in the store and comes by reading again.
 */
export class Lanes {
  readonly #limits: LaneLimits
  readonly #lanes = new Map<string, Lane>()
  readonly #known = new Set<string>()
  readonly #channels = new Map<string, { held: number; more: boolean }>()

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  /** How many deliveries are held. */
  get size(): number {
    return this.#known.size
  }

  /** Begins a reading of everything pending: what was left out gets another chance. */
  readAgain(): void {
    for (const [key, lane] of this.#lanes) {
      lane.more = false
      if (lane.queue.length === 0) this.#lanes.delete(key)
    }
    for (const [id, channel] of this.#channels) {
      channel.more = false
      if (channel.held === 0) this.#channels.delete(id)
    }
  }

  /** Takes a delivery in, unless it is held or finds no room. Answers its lane when it is now the first of it. */
  add({ id, channelId, event: { monitorId }, nextAttemptAtMs, createdAtMs }: Delivery): Lane | null {
    if (this.#known.has(id)) return null
    const key = `${channelId} ${monitorId}`
    const channel = this.#channels.get(channelId) ?? { held: 0, more: false }
    this.#channels.set(channelId, channel)
    const lane = this.#lanes.get(key)
    if (channel.held >= this.#limits.perChannel) channel.more = true
    if (lane !== undefined && lane.queue.length >= this.#limits.perLane) lane.more = true
    // Once one is left out, newer ones must be too, or they would overtake it.
    if (channel.more || lane?.more === true) return null

    const waiting = { id, dueAtMs: nextAttemptAtMs ?? createdAtMs }
    this.#known.add(id)
    channel.held++
    if (lane !== undefined) {
      lane.queue.push(waiting)
      return lane.queue.length === 1 ? lane : null
    }
    const first: Lane = { channelId, monitorId, queue: [waiting], more: false, timer: null }
    this.#lanes.set(key, first)
    return first
  }

  /** Takes the first delivery of a lane away. True when what was left out has room now, and should be read. */
  removeFirst(lane: Lane): boolean {
    const first = lane.queue.shift()
    if (first === undefined) return false
    this.#known.delete(first.id)
    const channel = this.#channels.get(lane.channelId)
    if (channel !== undefined) channel.held--
    // Emptied ones that left something out stay until all is read again, so that newer deliveries can't slip past.
    if (lane.queue.length === 0 && !lane.more) this.#lanes.delete(`${lane.channelId} ${lane.monitorId}`)
    if (channel?.held === 0 && !channel.more) this.#channels.delete(lane.channelId)
    return (
      (lane.more && lane.queue.length === 0) ||
      (channel?.more === true && channel.held <= Math.floor(this.#limits.perChannel / 2))
    )
  }

  /** Channels that something is held for. */
  channelIds(): Iterable<string> {
    return this.#channels.keys()
  }

  *[Symbol.iterator](): Generator<Lane> {
    yield* this.#lanes.values()
  }
}
