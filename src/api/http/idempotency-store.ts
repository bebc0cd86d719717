import { hash } from 'node:crypto'
import type { Clock, NewId } from '#domain'
import type { IdempotencyRepository, RepeatableRequest, SavedAnswer } from '#storage'

/** The right to run a request once; `finish` releases those who wait with the same key. */
export interface IdempotencyTicket {
  /** 16 characters for the id of what is made. */
  reserved: string
  /** An earlier run was cut off by a crash: what it was to make may be there already. */
  isRetry: boolean
  /** The answer to repeat; null when the request failed and may be tried again. */
  finish(answer: SavedAnswer | null): Promise<void>
}

export type IdempotencyVerdict =
  | { kind: 'first'; ticket: IdempotencyTicket }
  | { kind: 'repeat'; answer: SavedAnswer }
  /** The key was used with another request. */
  | { kind: 'mismatch' }

/** A creating request as the store tells it from others. */
export interface IdempotentRequest {
  accountId: string
  /** Who asks, and where. */
  scope: string
  key: string
  /** Hash of what was sent. */
  fingerprint: string
}

/** Remembers creating requests for 24 h. A second one with the same key waits for the first. */
export interface IdempotencyStore {
  begin(request: IdempotentRequest): Promise<IdempotencyVerdict>
}

const KEPT_MS = 24 * 3_600_000
const KEPT_MAX = 10_000
/** New requests of an account after which it is tidied up. */
const TIDY_AFTER = 500

interface Deps {
  idempotency: IdempotencyRepository
  clock: Clock
  newId: NewId
  /** Requests that are kept of an account. */
  keptMax?: number
  log?: { warn(about: object, message: string): void }
}

interface Running {
  fingerprint: string
  answer: Promise<SavedAnswer | null>
}

/**
 * Kept in the database, for the one server of it: a request without an answer that this run did not begin was cut off by
 * a crash, and the next one of its key runs in its place.
 */
export function storedIdempotency({ idempotency, clock, newId, keptMax = KEPT_MAX, log }: Deps): IdempotencyStore {
  const owner = newId('req')
  const running = new Map<string, Running>()
  const begun = new Map<string, number>()

  async function claim(name: string, { accountId, fingerprint }: IdempotentRequest) {
    const nowMs = clock.nowMs()
    const reserved = newId('req').slice('req_'.length)
    const request: RepeatableRequest = { name, accountId, fingerprint, owner, beganAtMs: nowMs, reserved }
    const known = await idempotency.begin(request, nowMs - KEPT_MS + 1)
    if (known === null) return { kind: 'first' as const, reserved, isRetry: false }
    if (known.fingerprint !== fingerprint) return { kind: 'mismatch' as const }
    if (known.answer !== null) return { kind: 'repeat' as const, answer: known.answer }
    await idempotency.takeOver(name, known.owner, owner)
    return { kind: 'first' as const, reserved: known.reserved, isRetry: true }
  }

  async function keep(name: string, answer: SavedAnswer | null): Promise<void> {
    try {
      await (answer === null ? idempotency.forget(name, owner) : idempotency.finish(name, owner, answer))
    } catch (error) {
      // What was made is made: the answer goes out, and only its repetition is lost.
      log?.warn({ err: error }, 'the answer to a creating request could not be kept')
    }
  }

  async function tidy(accountId: string): Promise<void> {
    const count = (begun.get(accountId) ?? 0) + 1
    begun.set(accountId, count % TIDY_AFTER)
    if (count === TIDY_AFTER) await idempotency.keepNewest(accountId, keptMax)
  }

  return {
    async begin(request) {
      const name = hash('sha256', JSON.stringify([request.accountId, request.scope, request.key]), 'hex')
      for (let other = running.get(name); other !== undefined; other = running.get(name)) {
        if (other.fingerprint !== request.fingerprint) return { kind: 'mismatch' }
        const answer = await other.answer
        if (answer !== null) return { kind: 'repeat', answer }
      }
      const { promise, resolve } = Promise.withResolvers<SavedAnswer | null>()
      running.set(name, { fingerprint: request.fingerprint, answer: promise })
      const release = (answer: SavedAnswer | null) => {
        running.delete(name)
        resolve(answer)
      }
      try {
        await tidy(request.accountId)
        const claimed = await claim(name, request)
        if (claimed.kind !== 'first') {
          release(claimed.kind === 'repeat' ? claimed.answer : null)
          return claimed
        }
        const finish = async (answer: SavedAnswer | null) => {
          await keep(name, answer)
          release(answer)
        }
        return { kind: 'first', ticket: { reserved: claimed.reserved, isRetry: claimed.isRetry, finish } }
      } catch (error) {
        release(null)
        throw error
      }
    },
  }
}
