import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Session, User } from '#storage'
import type { SessionCaller } from '../auth/caller.ts'
import { callerOf } from '../auth/caller.ts'
import { type ApiError, apiError } from '../errors.ts'
import type { RouteDeps } from '../routes.ts'
import { type CurrentSession, presentCurrent } from './present.ts'

type Current = Static<typeof CurrentSession>

/**
 * Logs a person in: on the account asked for, else on the one they have belonged to longest and that is not suspended.
 * Throws `ApiError`.
 */
export async function enter(
  { store, people }: RouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { user, accountId }: { user: User; accountId: string | null },
): Promise<{ session: Session; current: Current }> {
  const places = await store.users.accountsOf(user.id)
  const place =
    accountId === null
      ? (places.find(({ account }) => !account.isSuspended) ?? places[0])
      : places.find(({ account }) => account.id === accountId)
  if (place === undefined)
    throw apiError(
      'FORBIDDEN',
      accountId === null ? 'You belong to no account now.' : 'You do not belong to this account.',
    )
  const session = await people.sessions.open(request, reply, { user, ...place })
  const current = presentCurrent(session, user, places)
  if (current === null) throw sessionEnded()
  return { session, current }
}

/** What a running session is, as it stands now. Throws `ApiError` when it has ended meanwhile. */
export async function currentOf({ store }: RouteDeps, session: Session): Promise<Current> {
  const user = await store.users.get(session.userId)
  const places = await store.users.accountsOf(session.userId)
  const current = user === null ? null : presentCurrent(session, user, places)
  if (current === null) throw sessionEnded()
  return current
}

/** The session of a route of kind `self`, which no key passes. */
export function sessionOf(request: FastifyRequest): SessionCaller {
  const caller = callerOf(request)
  if (caller.kind !== 'session') throw sessionEnded()
  return caller
}

function sessionEnded(): ApiError {
  return apiError('UNAUTHORIZED', 'Your session has ended. Log in again.')
}
