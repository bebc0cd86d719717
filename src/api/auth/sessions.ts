import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock, NewId, Role } from '#domain'
import type { Account, Session, SessionRepository, User } from '#storage'
import { apiError } from '../errors.ts'
import { ROLE_PERMISSIONS } from './access.ts'
import { hashSecret } from './api-key.ts'
import type { SessionCaller } from './caller.ts'
import { newLinkToken } from './link-token.ts'
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.ts'

const DAY_MS = 24 * 3_600_000
/** A session ends after so long without use … */
const IDLE_MS = 7 * DAY_MS
/** … and after so long in any case. */
const LONGEST_MS = 30 * DAY_MS
/** How often use is written down. */
const TOUCH_MS = 5 * 60_000
const USER_AGENT_MAX = 200

/** A person with their place in the account that they act on. */
export interface Place {
  user: User
  account: Account
  role: Role
}

/** Opens, finds and ends sessions. The token is in the cookie only; the store has its hash. */
export interface Sessions {
  /** Whose cookie a request carries; null when there is none, or its session has ended. Read anew for each request. */
  find(request: FastifyRequest): Promise<SessionCaller | null>
  hasCookie(request: FastifyRequest): boolean
  /** Logs in under a new token, whatever the request brought along; the session of that ends. Throws `ApiError`. */
  open(request: FastifyRequest, reply: FastifyReply, place: Place): Promise<Session>
  /** Gives a session a new token, and another account to act on. Throws `ApiError` when it has ended. */
  move(request: FastifyRequest, reply: FastifyReply, caller: SessionCaller, account: Account): Promise<void>
  /** Takes the cookie away. */
  forget(request: FastifyRequest, reply: FastifyReply): void
}

interface SessionsDeps {
  store: { sessions: SessionRepository }
  clock: Clock
  newId: NewId
  randomBytes(size: number): Uint8Array
  config: { publicUrl(): string }
}

/** Sessions in the store. The cookie is a secure one where people come by HTTPS. */
export function sessions({ store, clock, newId, randomBytes, config }: SessionsDeps): Sessions {
  const isHttps = (request: FastifyRequest) => request.protocol === 'https' || config.publicUrl().startsWith('https:')

  function setCookie(request: FastifyRequest, reply: FastifyReply, token: string, endsAtMs: number): void {
    setSessionCookie(reply, token, Math.max(0, Math.floor((endsAtMs - clock.nowMs()) / 1000)), isHttps(request))
  }

  async function find(request: FastifyRequest): Promise<SessionCaller | null> {
    const token = sessionTokenOf(request, isHttps(request))
    const found = token === null ? null : await store.sessions.byToken(hashSecret(token))
    const nowMs = clock.nowMs()
    if (found === null || found.session.expiresAtMs <= nowMs) return null
    const { session, user, account, role } = found
    if (nowMs - session.lastUsedAtMs >= TOUCH_MS) {
      const expiresAtMs = Math.min(nowMs + IDLE_MS, session.endsAtMs)
      // Best effort: a lost stamp is no reason to fail anybody's request.
      await store.sessions.touch(session.id, { atMs: nowMs, expiresAtMs, address: request.ip }).catch(() => undefined)
    }
    const permissions = ROLE_PERMISSIONS[role]
    return { kind: 'session', session, account, role, permissions, userId: user.id, email: user.email }
  }

  return {
    find,
    hasCookie: (request) => sessionTokenOf(request, isHttps(request)) !== null,
    async open(request, reply, { user, account }) {
      const nowMs = clock.nowMs()
      await store.sessions.dropExpired(nowMs)
      const { token, tokenHash } = newLinkToken(randomBytes)
      const session: Session = {
        id: newId('ses'),
        tokenHash,
        userId: user.id,
        accountId: account.id,
        createdAtMs: nowMs,
        lastUsedAtMs: nowMs,
        expiresAtMs: nowMs + IDLE_MS,
        endsAtMs: nowMs + LONGEST_MS,
        address: request.ip,
        userAgent: request.headers['user-agent']?.slice(0, USER_AGENT_MAX) ?? null,
      }
      const before = await find(request)
      if (!(await store.sessions.create(session, user.passwordHash)))
        throw apiError('UNAUTHORIZED', 'The password was changed at this moment. Log in with the new one.')
      if (before !== null) await store.sessions.end(before.userId, before.session.id)
      setCookie(request, reply, token, session.endsAtMs)
      return session
    },
    async move(request, reply, { session }, account) {
      const { token, tokenHash } = newLinkToken(randomBytes)
      if (!(await store.sessions.move(session.id, { accountId: account.id, tokenHash })))
        throw apiError('UNAUTHORIZED', 'Your session has ended. Log in again.')
      setCookie(request, reply, token, session.endsAtMs)
    },
    forget: (request, reply) => clearSessionCookie(reply, isHttps(request)),
  }
}
