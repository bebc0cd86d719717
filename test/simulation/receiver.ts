import type { ChannelAnswer, ChannelHttp } from '#channels'
import type { SimulatedClock } from '#engine'
import type { Prng } from './prng.ts'
import { never, type ProcessView } from './process-view.ts'
import type { DeliveryRules } from './rules/delivery-rules.ts'

const MINUTE_MS = 60_000

type Mood = 'well' | 'slow' | 'refuses' | 'closed' | 'hangs' | 'busy'

/** The receivers of all channels: mostly well, sometimes not, never for as long as the notifier's patience. */
export class Receivers {
  readonly #clock: SimulatedClock
  readonly #random: Prng
  readonly #rules: DeliveryRules
  readonly #moods = new Map<string, { mood: Mood; untilMs: number; random: Prng }>()
  /** Damage that a test does: what was taken is sent once more, long after. */
  readonly #repeats: boolean
  #isCalm = false

  constructor(clock: SimulatedClock, random: Prng, rules: DeliveryRules, repeats: boolean) {
    this.#clock = clock
    this.#random = random
    this.#rules = rules
    this.#repeats = repeats
  }

  calm(): void {
    this.#isCalm = true
  }

  /** The way out, as one process sees it. */
  http(view: ProcessView): ChannelHttp {
    return {
      post: (url, body, headers, signal) => {
        if (!view.isAlive()) return never()
        const { promise, resolve, reject } = Promise.withResolvers<ChannelAnswer>()
        const fail = () => reject(new DOMException('aborted', 'AbortError'))
        if (signal.aborted) fail()
        signal.addEventListener('abort', fail, { once: true })
        const channelId = new URL(url).pathname.slice(1)
        const eventId = headers['webhook-id'] ?? 'no webhook-id'
        const payload = JSON.parse(body)
        this.#rules.posted(channelId, eventId, payload)
        if (this.#repeats) this.#clock.schedule(MINUTE_MS, () => this.#rules.posted(channelId, eventId, payload))
        this.#answer(channelId, eventId, (answer) => {
          view.run(() => (answer === null ? reject(new Error('connection refused')) : resolve(answer)))
        })
        return promise
      },
    }
  }

  #answer(channelId: string, eventId: string, done: (answer: ChannelAnswer | null) => void): void {
    const { mood, random } = this.#moodOf(channelId)
    const answer = (statusCode: number, afterMs: number, retryAfterS: number | null = null) => {
      const isTaken = statusCode < 300
      // Taken on arrival, told later: what is cut in between was taken without anyone knowing.
      this.#clock.schedule(afterMs / 2, () => {
        if (isTaken) this.#rules.accepted(channelId, eventId)
        this.#clock.schedule(afterMs / 2, () => done({ statusCode, body: '', retryAfterS }))
      })
    }
    if (mood === 'well') answer(200, random.between(5, 300))
    else if (mood === 'slow') answer(200, random.between(2_000, 11_000))
    else if (mood === 'refuses') answer(random.pick([400, 500, 503]), random.between(5, 300))
    else if (mood === 'busy') answer(429, 20, random.int(1, 600))
    else if (mood === 'closed') this.#clock.schedule(3, () => done(null))
  }

  #moodOf(channelId: string): { mood: Mood; random: Prng } {
    const nowMs = this.#clock.monotonicMs()
    const known = this.#moods.get(channelId) ?? { mood: 'well', untilMs: nowMs, random: this.#random.fork(channelId) }
    this.#moods.set(channelId, known)
    if (this.#isCalm) known.mood = 'well'
    else {
      while (known.untilMs <= nowMs) {
        const isWell = known.mood === 'well'
        known.mood = isWell ? known.random.pick(['slow', 'refuses', 'busy', 'closed', 'hangs']) : 'well'
        known.untilMs += known.random.wait(isWell ? 10 * MINUTE_MS : 90 * MINUTE_MS) + 1_000
      }
    }
    return known
  }
}
