import type { FastifyRequest } from 'fastify'
import type { Role } from '#domain'
import type { Account, ApiKey, Permission, Session } from '#storage'

/** Who asks: an API key or a member's session, and the account that it acts on. */
export type Caller = KeyCaller | SessionCaller

interface Common {
  account: Account
  permissions: readonly Permission[]
}

export interface KeyCaller extends Common {
  kind: 'key'
  key: ApiKey
  /** Role that the key's maker has now; null for a key without a maker, which only its permissions bound. */
  role: Role | null
  /** The key's maker. */
  userId: string | null
}

export interface SessionCaller extends Common {
  kind: 'session'
  session: Session
  role: Role
  userId: string
  email: string
}

/** The caller of a route that is not open; the authentication hook has set it. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error(`no caller on ${request.routeOptions.url}`)
  return request.caller
}

/** The account that a request acts on. */
export function accountOf(request: FastifyRequest): Account {
  return callerOf(request).account
}
