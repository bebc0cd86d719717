import type { Static, TObject } from 'typebox'
import type { AlertPayload, Clock, Json } from '#domain'

/**
 * The one way out: a POST that does not follow redirects, honours the target policy and ends by the signal.
 * Rejects when no answer came; a channel lets that pass, the notifier puts it into words.
 */
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

/** Why a configuration is not usable: the field's path within it (`headers.Host`), and what to do. */
export interface ConfigProblem {
  path: string
  message: string
}

/**
 * A notification channel. `send` makes one attempt; time-outs, redaction and retries belong to the notifier.
 * A refusal by the receiver is a result, never a throw.
 */
export interface Channel<Config extends TObject = TObject> {
  /** In capitals, as the API writes it. */
  type: string
  /** One sentence for documents and forms. */
  summary: string
  /** Secret fields carry `secret: true` in their schema options. */
  config: Config
  /** Problems that a schema can't express; called with a configuration that the schema accepts. */
  validate?(config: Static<Config>): ConfigProblem[]
  /** Fills in what a user may leave out but `send` needs, such as a secret. */
  complete?(config: Static<Config>, randomBytes: (size: number) => Uint8Array): Static<Config>
  send(config: Static<Config>, payload: AlertPayload, context: ChannelContext): Promise<Attempt>
}

/** A channel whose configuration type is not known here: the registry's view. */
export interface AnyChannel {
  type: string
  summary: string
  config: TObject
  validate?(config: { [key: string]: Json }): ConfigProblem[]
  complete?(config: { [key: string]: Json }, randomBytes: (size: number) => Uint8Array): { [key: string]: Json }
  send(config: { [key: string]: Json }, payload: AlertPayload, context: ChannelContext): Promise<Attempt>
}
