import type { FastifyRequest } from 'fastify'
import { apiError } from '../errors.ts'
import type { SessionCaller } from './caller.ts'
import { refuseCrossSite } from './cross-site.ts'
import type { Sessions } from './sessions.ts'

/** Lets a request in by its session cookie: the caller, or null where no cookie came along. Throws `ApiError`. */
export type SessionGate = (request: FastifyRequest) => Promise<SessionCaller | null>

/** `publicUrl`: where people reach this server, from which requests with a cookie may come. */
export function sessionGate(sessions: Sessions, publicUrl: () => string): SessionGate {
  return async (request) => {
    if (!sessions.hasCookie(request)) return null
    refuseCrossSite(request, publicUrl())
    const caller = await sessions.find(request)
    if (caller === null && !request.is404) throw apiError('UNAUTHORIZED', 'Your session has ended. Log in again.')
    return caller
  }
}
