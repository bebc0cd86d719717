import type { AnyChannel, Attempt, ChannelHttp } from '#channels'
import type { AlertPayload, Clock, Json } from '#domain'
import { OutboundError } from '../outbound-error.ts'
import { redact } from './redact.ts'

const ERROR_CHARACTERS = 500

/** One attempt as it is recorded: in words, with its time. */
export type MadeAttempt = Attempt & { atMs: number; durationMs: number }

export interface AttemptOptions {
  http: ChannelHttp
  clock: Clock
  timeoutMs: number
  /** Ends the attempt from outside; its outcome is then nobody's fault and is not told. */
  cut: AbortSignal
}

/**
 * Makes one attempt and ends by the time-out, whatever the channel and the receiver do. Never rejects: a fault of
 * the channel is a failed attempt. Null when it was cut. Times in ms.
 */
export async function attempt(
  channel: AnyChannel,
  config: { [key: string]: Json },
  message: { eventId: string; payload: AlertPayload },
  { http, clock, timeoutMs, cut }: AttemptOptions,
): Promise<MadeAttempt | null> {
  if (cut.aborted) return null
  const atMs = clock.nowMs()
  const startedMs = clock.monotonicMs()
  const ending = new AbortController()
  const late = Promise.withResolvers<Attempt>()
  const stopped = Promise.withResolvers<null>()
  const timer = clock.schedule(timeoutMs, () => {
    late.resolve(failure(`no answer within ${timeoutMs / 1000} s`, false))
    ending.abort()
  })
  const onCut = () => {
    stopped.resolve(null)
    ending.abort()
  }
  cut.addEventListener('abort', onCut, { once: true })

  const context = { http, clock, signal: ending.signal, eventId: message.eventId }
  const sent = Promise.try(() => channel.send(config, message.payload, context)).catch(inWords)
  const made = await Promise.race([late.promise, stopped.promise, sent])
  timer.cancel()
  cut.removeEventListener('abort', onCut)
  if (made === null) return null

  const durationMs = Math.max(0, clock.monotonicMs() - startedMs)
  return made.ok ? { ...made, atMs, durationMs } : { ...made, error: plain(made.error), atMs, durationMs }

  function plain(error: string): string {
    return redact(error, channel, config)
      .replace(/\p{Cc}+/gu, ' ')
      .slice(0, ERROR_CHARACTERS)
      .toWellFormed()
  }
}

/** A failed attempt without a status. */
export function failure(error: string, permanent: boolean): Attempt {
  return { ok: false, statusCode: null, error, permanent, retryAfterS: null }
}

function inWords(error: unknown): Attempt {
  if (error instanceof OutboundError) return failure(error.message, error.permanent)
  // Its message is left out: it may quote the configuration.
  const name = error instanceof Error && /^\w{1,40}$/.test(error.name) ? error.name : 'unknown fault'
  return failure(`the message could not be made or sent (${name}); this is a fault of the channel's code`, false)
}
