import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Clock, PLAN_LIMITS } from '#domain'
import type { ApiKey, Store } from '#storage'
import { type ApiError, apiError, tooMany } from '../errors.ts'
import { hasSecretInQuery } from '../http/secret-in-query.ts'
import { kindOf, refusalOfAccess } from './access.ts'
import { hashSecret, looksLikeApiKey } from './api-key.ts'
import type { AttemptLimit } from './attempt-limit.ts'
import type { Caller, KeyCaller } from './caller.ts'
import { failedAuthLimit } from './failed-auth-limit.ts'
import { type KeyCache, keyCache } from './key-cache.ts'
import { type KeyUsage, keyUsage } from './key-usage.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { RequestCounter } from './request-counter.ts'
import type { SessionGate } from './session-gate.ts'

const GOOD_KEYS_MAX = 10_000
/** What requests to no route are counted as. */
const UNKNOWN_PATH = '(unknown path)'

/** The gate in front of every route. */
export interface Gate {
  /** To be awaited before the first request. */
  open(): Promise<void>
  /** For `onRequest`: sets `request.caller` and the rate headers, or throws `ApiError`. */
  check(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** A key, a role or an account has changed: what is remembered of callers is read anew. */
  callersChanged(): void
  close(): Promise<void>
}

/** The gate over its parts. Sessions are asked for only where no key was sent. */
export function gate(deps: {
  store: Store
  clock: Clock
  rateLimiter: RateLimiter
  counter: RequestCounter
  session: SessionGate
}): Gate {
  const { clock, rateLimiter, counter, session } = deps
  const usage = keyUsage(deps.store.keys, clock)
  const keys = keyCache(deps.store, clock)
  const identify = identifier({
    keys,
    attempts: failedAuthLimit(clock),
    usage,
    clock,
  })

  return {
    async open() {
      await rateLimiter.open()
      identify.trust(await deps.store.keys.list(null))
    },
    callersChanged: () => keys.clear(),
    async check(request, reply) {
      if (request.routeOptions.config.open === true) return
      if (hasSecretInQuery(request.raw.url ?? ''))
        throw unauthorized('An API key must not stand in the address. Send it in the X-API-Key header, and replace it.')
      const credentials = credentialsOf(request)
      const member = credentials === null ? await session(request) : null
      // The dashboard's own calls don't count against the account.
      if (member !== null) return admit(request, member)
      // An unknown path says so to anybody; a key that comes along is still judged and counted.
      if (credentials === null && request.is404) return
      if (credentials === null)
        throw unauthorized('No API key was sent. Send it in the X-API-Key header, or as Authorization: Bearer.')
      const caller = await identify.caller(credentials, request.ip)
      const { account } = caller
      const limit = PLAN_LIMITS[account.plan].requestsPerHour
      const verdict = await rateLimiter.take(account.id, limit, clock.nowMs())
      reply.header('x-ratelimit-limit', String(verdict.limit))
      reply.header('x-ratelimit-remaining', String(verdict.remaining))
      reply.header('x-ratelimit-reset', String(verdict.resetAtS))
      if (!verdict.allowed) throw overLimit(verdict.resetAtS, clock.nowMs(), limit, account.plan)
      counter.count(account.id, request.is404 ? UNKNOWN_PATH : `${request.method} ${request.routeOptions.url}`)
      admit(request, caller)
    },
    close: async () => void (await Promise.all([usage.flush(), counter.flush(), rateLimiter.close()])),
  }
}

/** Lets a known caller in where they may go. Throws `ApiError`. */
function admit(request: FastifyRequest, caller: Caller): void {
  const { permission, kind } = request.routeOptions.config
  const route = { method: request.method, permission, kind }
  // Who belongs to a suspended account may still log out, and go to another account.
  if (caller.account.isSuspended && (request.is404 || kindOf(route) !== 'self'))
    throw apiError('FORBIDDEN', 'This account is suspended. Ask the operator of this server.')
  const refusal = request.is404 ? null : refusalOfAccess(caller, route)
  if (refusal !== null) throw apiError('FORBIDDEN', refusal)
  request.caller = caller
}

function identifier(parts: { keys: KeyCache; attempts: AttemptLimit; usage: KeyUsage; clock: Clock }) {
  const { keys, attempts, usage, clock } = parts
  const worked = new Set<string>()

  /** Keys that were used before the start are no guesses either: wrong keys from their address don't hold them up. */
  function trust(stored: ApiKey[]): void {
    const used = stored.filter(({ lastUsedAtMs, revokedAtMs }) => lastUsedAtMs !== null && revokedAtMs === null)
    for (const { hash } of used.slice(0, GOOD_KEYS_MAX)) worked.add(hash)
  }

  async function caller(credentials: string, address: string): Promise<KeyCaller> {
    const hash = hashSecret(credentials)
    const trusted = worked.has(hash)
    const waitS = trusted ? null : attempts.take(address)
    if (waitS !== null) throw tooMany(`Too many wrong API keys came from your address. Wait ${waitS} s.`, waitS)
    const found = looksLikeApiKey(credentials) ? await keys.find(hash) : null
    const refusal = found === null ? 'This API key is not known.' : refusalOf(found, clock.nowMs())
    if (found === null || refusal !== null) {
      // A key that was good until now is no guess, but its next try counts as one.
      worked.delete(hash)
      throw unauthorized(refusal ?? '')
    }
    if (!trusted) {
      attempts.giveBack(address)
      if (worked.size >= GOOD_KEYS_MAX) worked.clear()
      worked.add(hash)
    }
    usage.used(found.key.id)
    return found
  }

  return { trust, caller }
}

function refusalOf({ key }: KeyCaller, nowMs: number): string | null {
  if (key.revokedAtMs !== null && key.revokedAtMs <= nowMs) return 'This API key was revoked.'
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return 'This API key has expired.'
  return null
}

function credentialsOf(request: FastifyRequest): string | null {
  const header = request.headers['x-api-key']
  if (typeof header === 'string' && header.trim() !== '') return header.trim()
  const authorization = request.headers.authorization?.trim()
  if (authorization === undefined || authorization === '') return null
  return /^bearer +(\S+)$/i.exec(authorization)?.[1] ?? authorization
}

function unauthorized(sentence: string): ApiError {
  return apiError('UNAUTHORIZED', sentence)
}

function overLimit(resetAtS: number, nowMs: number, limit: number, plan: string): ApiError {
  const waitS = Math.max(1, Math.ceil(resetAtS - nowMs / 1000))
  return tooMany(`The ${plan} plan allows ${limit} requests an hour. Wait ${waitS} s, or raise the plan.`, waitS)
}
