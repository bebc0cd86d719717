import type { Static, TObject } from 'typebox'
import type { AlertPayload, Clock } from '#domain'

export const CHANNEL_TYPES = ['WEBHOOK'] as const
export type ChannelType = (typeof CHANNEL_TYPES)[number]

/** The one way out: a POST that does not follow redirects, honours the target policy and ends by the signal. */
export interface ChannelHttp {
  post(url: string, body: string, headers: { [name: string]: string }, signal: AbortSignal): Promise<ChannelAnswer>
}

export interface ChannelAnswer {
  statusCode: number
  /** The first 2 KB of the answer, as text. */
  body: string
  /** Seconds from `Retry-After`, if sent. */
  retryAfterS: number | null
}

export interface ChannelContext {
  http: ChannelHttp
  clock: Clock
  signal: AbortSignal
  /** The event's id: stable over retries. */
  eventId: string
}

/** What became of one attempt. `permanent` failures are not retried. */
export type Attempt =
  | { ok: true; statusCode: number | null }
  | { ok: false; statusCode: number | null; error: string; permanent: boolean; retryAfterS: number | null }

/**
 * A notification channel. `send` makes one attempt; time-outs, redaction and retries belong to the notifier.
 * A refusal by the receiver is a result, never a throw.
 */
export interface Channel<Config extends TObject = TObject> {
  type: ChannelType
  summary: string
  /** Secret fields carry `secret: true` in their schema options. */
  config: Config
  send(config: Static<Config>, payload: AlertPayload, context: ChannelContext): Promise<Attempt>
}
