import type { FastifyRequest } from 'fastify'
import type { Account, ApiKey } from '#storage'

/** Who asks: a key and its account. */
export interface Caller {
  account: Account
  key: ApiKey
}

/** The caller of a route that needs a key; the authentication hook has set it. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error(`no caller on ${request.routeOptions.url}`)
  return request.caller
}

/** The account that a request acts on. */
export function accountOf(request: FastifyRequest): Account {
  return callerOf(request).account
}
