import { type AnyChannel, type ChannelHttp, channelFor as registered } from '#channels'
import { type AlertPayload, type Clock, idSource, type Timer } from '#domain'
import type { DeliveryRepository, NotificationChannel } from '#storage'
import type { Log } from '../log.ts'
import { attempt } from './attempt.ts'
import { LONGEST_WAIT_MS } from './backoff.ts'
import { type DeliverOptions, deliver } from './deliver.ts'
import { CutError, pause } from './insist.ts'
import { type Lane, Lanes } from './lanes.ts'
import { storageTroubles } from './trouble.ts'
import { createTurnstile } from './turnstile.ts'

const AT_ONCE_PER_CHANNEL = 8
const LIMITS = { perLane: 100, perChannel: 2_000 }
const PAGE = 200
/** Looks for new deliveries this often even if nobody wakes it. */
const POLL_MS = 5_000
/** Every so many polls all that is pending is read again, which mends whatever was missed. */
const POLLS_PER_FULL_READING = 12
const READ_AGAIN_MS = 500
/** How long a stop waits for what is on its way. */
const STOP_GRACE_MS = 5_000

export interface NotifierOptions {
  store: { deliveries: Pick<DeliveryRepository, 'pending' | 'get' | 'record'> }
  /** A channel as it is now; null when there is none. */
  channels: (id: string) => NotificationChannel | null
  http: ChannelHttp
  clock: Clock
  /** From 0 up to 1. */
  random: () => number
  log: Log
  /** Of one attempt. */
  timeoutMs?: number
  /** Default: the registry. */
  channelFor?: (type: string) => AnyChannel | null
  /** How much of the outbox is held at once. */
  limits?: { perLane: number; perChannel: number }
}

export interface TestOutcome {
  success: boolean
  statusCode: number | null
  responseTimeMs: number
  error: string | null
}

/**
 * Drains the outbox: at least once, in order per channel and monitor, channels side by side. All it knows is in the
 * store, so a new one goes on where the last one ended, however that was.
 */
export interface Notifier {
  /** Takes up what is pending, without waiting for it. While storage fails it goes on trying. */
  start(): Promise<void>
  /** There may be new deliveries. Cheap; call it after each commit with events. */
  wake(): void
  /** Begins nothing new, waits up to 5 s for what is on its way, then cuts it off: that is sent again after a start. */
  stop(): Promise<void>
  /** Null when well, else a sentence. */
  health(): string | null
  /** Makes one attempt now, outside the outbox, whether or not the channel is switched on. Nothing is recorded. */
  test(channel: NotificationChannel, payload: AlertPayload): Promise<TestOutcome>
}

export function createNotifier(options: NotifierOptions): Notifier {
  const { store, clock, log, http, channels, random, timeoutMs = 10_000, channelFor = registered } = options
  const lanes = new Lanes(options.limits ?? LIMITS)
  const turnstile = createTurnstile(AT_ONCE_PER_CHANNEL)
  const newId = idSource((size) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256)))
  const cut = new AbortController()
  const troubles = storageTroubles({ log, clock, cut: cut.signal })
  let isRunning = false
  let timers: { poll?: Timer; readAgain?: Timer } = {}
  let polls = 0
  let reading: Promise<void> | null = null
  let isWanted = false
  let isFullWanted = true
  let cursor: string | null = null

  const delivering: DeliverOptions = {
    deliveries: store.deliveries,
    channels,
    channelFor,
    http,
    clock,
    random,
    timeoutMs,
    reading: troubles.insisting('read'),
    recording: troubles.insisting('record'),
  }

  function wake(): void {
    if (!isRunning) return
    isWanted = true
    reading ??= read().finally(() => {
      reading = null
      if (isWanted) wake() // asked for just as the reading ended
    })
  }

  /** Reads until nothing new was asked for meanwhile. */
  async function read(): Promise<void> {
    while (isWanted && isRunning) {
      isWanted = false
      try {
        await readPages()
        troubles.ended('read')
      } catch (error) {
        troubles.began('read', error)
        isFullWanted = true
        timers.readAgain?.cancel()
        if (isRunning) timers.readAgain = clock.schedule(READ_AGAIN_MS, wake)
        return
      }
    }
  }

  async function readPages(): Promise<void> {
    if (isFullWanted || lanes.size === 0) {
      isFullWanted = false
      cursor = null
      lanes.readAgain()
    }
    while (isRunning) {
      const page = await store.deliveries.pending(cursor, PAGE)
      if (!isRunning) return
      for (const delivery of page) {
        const lane = lanes.add(delivery)
        if (lane !== null) arm(lane)
      }
      cursor = page.at(-1)?.id ?? cursor
      if (page.length < PAGE) return
      await pause(0, clock, cut.signal) // a long backlog leaves the thread to others between pages
    }
  }

  /** Sees to it that the first delivery of a lane is made when it is due. */
  function arm(lane: Lane): void {
    const [first] = lane.queue
    if (!isRunning || first === undefined) return
    lane.timer?.cancel()
    const waitMs = Math.min(first.dueAtMs - clock.nowMs(), LONGEST_WAIT_MS)
    if (waitMs <= 0) line(lane)
    else lane.timer = clock.schedule(waitMs, () => line(lane))
  }

  function line(lane: Lane): void {
    lane.timer = null
    turnstile.enter(lane.channelId, () => deliverFirst(lane))
  }

  async function deliverFirst(lane: Lane): Promise<void> {
    const [first] = lane.queue
    if (!isRunning || first === undefined) return
    try {
      const again = await deliver(lane.channelId, first.id, delivering)
      if (again !== null) first.dueAtMs = again
      else if (lanes.removeFirst(lane)) {
        isFullWanted = true
        wake()
      }
      arm(lane)
    } catch (error) {
      if (error instanceof CutError) return
      log.error({ fault: error instanceof Error ? error.name : 'unknown' }, 'a delivery stumbled over a fault of ours')
      first.dueAtMs = clock.nowMs() + POLL_MS
      arm(lane)
    }
  }

  function poll(): void {
    timers.poll = clock.schedule(POLL_MS, poll)
    if (++polls % POLLS_PER_FULL_READING === 0) isFullWanted = true
    endUnusable()
    wake()
  }

  /** What waits for a channel that is gone or switched off need not wait any longer to be told so. */
  function endUnusable(): void {
    const gone = new Set([...lanes.channelIds()].filter((id) => channels(id)?.isActive !== true))
    if (gone.size === 0) return
    for (const lane of lanes) {
      if (lane.timer === null || !gone.has(lane.channelId)) continue
      lane.timer.cancel()
      line(lane)
    }
  }

  return {
    wake,
    async start() {
      isRunning = true
      timers.poll = clock.schedule(POLL_MS, poll)
      wake()
    },
    async stop() {
      isRunning = false
      timers.poll?.cancel()
      timers.readAgain?.cancel()
      timers = {}
      for (const lane of lanes) lane.timer?.cancel()
      const grace = clock.schedule(STOP_GRACE_MS, () => cut.abort())
      await turnstile.idle()
      grace.cancel()
      cut.abort()
      await reading
    },
    health: () => troubles.sentence(),
    async test(channel, payload) {
      const kind = channelFor(channel.type)
      const nothing = { success: false, statusCode: null, responseTimeMs: 0 }
      if (kind === null) return { ...nothing, error: `this version knows no channel of type ${channel.type}` }
      const message = { eventId: newId('evt'), payload }
      const made = await attempt(kind, channel.config, message, { http, clock, timeoutMs, cut: cut.signal })
      if (made === null) return { ...nothing, error: 'not sent: the server is stopping' }
      return {
        success: made.ok,
        statusCode: made.statusCode,
        responseTimeMs: made.durationMs,
        error: made.ok ? null : made.error,
      }
    },
  }
}
