/** What a creating request was answered. */
export interface SavedAnswer {
  statusCode: number
  headers: { [name: string]: string }
  body: string
}

/** A creating request that may be sent again. */
export interface RepeatableRequest {
  /** Hash of who asks, where, and the key that they gave. */
  name: string
  accountId: string
  /** Hash of what was sent. */
  fingerprint: string
  /** The run of a server that works on it. */
  owner: string
  beganAtMs: number
  /** 16 characters for the id of what is made, so that it can be found when the answer was lost. */
  reserved: string
}

/** A request that came before, and its answer; null while it runs, or when a crash cut it off. */
export interface KnownRequest extends RepeatableRequest {
  answer: SavedAnswer | null
}

export interface IdempotencyRepository {
  /** Notes a request, unless one of its name began at `notBeforeMs` or later: that one is answered then. */
  begin(request: RepeatableRequest, notBeforeMs: number): Promise<KnownRequest | null>
  /** Takes over a request without an answer from the owner that lost it. True for the one that got it. */
  takeOver(name: string, from: string, to: string): Promise<boolean>
  /** Keeps the answer, sealed. */
  finish(name: string, owner: string, answer: SavedAnswer): Promise<void>
  /** Forgets a request that failed, so that it may be tried again. */
  forget(name: string, owner: string): Promise<void>
  /** Keeps an account's newest requests only. */
  keepNewest(accountId: string, count: number): Promise<void>
  /** Drops requests from before the moment, a bounded piece at a time. True while more is left. */
  dropOlder(beforeMs: number): Promise<boolean>
}
