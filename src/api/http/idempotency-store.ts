/** What a creating request was answered. */
export interface SavedAnswer {
  statusCode: number
  headers: { [name: string]: string }
  body: string
}

/** The right to run a request once; `finish` releases those who wait with the same key. */
export interface IdempotencyTicket {
  /** The answer to repeat; null when the request failed and may be tried again. */
  finish(answer: SavedAnswer | null): void
}

export type IdempotencyVerdict =
  | { kind: 'first'; ticket: IdempotencyTicket }
  | { kind: 'repeat'; answer: SavedAnswer }
  /** The key was used with another request. */
  | { kind: 'mismatch' }

/** Remembers creating requests for 24 h. A second one with the same key waits for the first. */
export interface IdempotencyStore {
  begin(scope: string, key: string, fingerprint: string, nowMs: number): Promise<IdempotencyVerdict>
}

const KEPT_MS = 24 * 3_600_000
const ENTRIES_MAX = 10_000

interface Entry {
  fingerprint: string
  beganAtMs: number
  answer: Promise<SavedAnswer | null>
}

/** In memory, the oldest forgotten beyond 10,000. */
export function memoryIdempotencyStore(): IdempotencyStore {
  const entries = new Map<string, Entry>()

  function forget(nowMs: number): void {
    for (const [name, entry] of entries) {
      if (entries.size < ENTRIES_MAX && nowMs - entry.beganAtMs < KEPT_MS) return
      entries.delete(name)
    }
  }

  return {
    async begin(scope, key, fingerprint, nowMs) {
      const name = `${scope}\n${key}`
      forget(nowMs)
      for (;;) {
        const known = entries.get(name)
        if (known === undefined) break
        if (known.fingerprint !== fingerprint) return { kind: 'mismatch' }
        const answer = await known.answer
        if (answer !== null) return { kind: 'repeat', answer }
      }
      const { promise, resolve } = Promise.withResolvers<SavedAnswer | null>()
      const entry = { fingerprint, beganAtMs: nowMs, answer: promise }
      entries.set(name, entry)
      return {
        kind: 'first',
        ticket: {
          finish(answer) {
            if (answer === null && entries.get(name) === entry) entries.delete(name)
            resolve(answer)
          },
        },
      }
    },
  }
}
