import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdPrefix, NewId } from '#domain'
import { callerOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import { pathOf } from './secret-in-query.ts'

const KEPT_HEADERS = ['location', 'etag', 'content-type', 'cache-control']
/** What the request is asked again with. */
const CREDENTIALS = ['x-api-key', 'authorization', 'cookie', 'user-agent'] as const

/**
 * For `preHandler`: a repeated creating POST gets the first answer again (with `Idempotency-Replayed: true`), one with
 * another body a 409. True when the request was answered here.
 */
export async function answerRepeat(
  request: FastifyRequest,
  reply: FastifyReply,
  store: IdempotencyStore,
): Promise<boolean> {
  const key = request.headers['idempotency-key']
  const { creates, reservesId } = request.routeOptions.config
  if (key === undefined || creates !== true || request.caller === null) return false
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw apiError('BAD_REQUEST', 'Idempotency-Key takes 1 to 255 visible ASCII characters.')
  const caller = callerOf(request)
  // Of one key or member: an answer can show what another of the account must not see.
  const who = caller.kind === 'key' ? caller.key.id : caller.userId
  const sent = JSON.stringify([request.params ?? null, request.body ?? null])
  const verdict = await store.begin({
    accountId: caller.account.id,
    scope: `${who} ${request.routeOptions.url}`,
    key,
    fingerprint: hash('sha256', sent, 'base64url'),
  })
  if (verdict.kind === 'mismatch')
    throw apiError('CONFLICT', 'This Idempotency-Key was used with another body. Use a new one for a new request.')
  if (verdict.kind === 'first') {
    request.idempotency = verdict.ticket
    return verdict.ticket.isRetry && reservesId !== undefined && (await answerWithMade(request, reply, reservesId))
  }
  const { statusCode, headers, body } = verdict.answer
  reply.code(statusCode).headers(headers).header('idempotency-replayed', 'true').send(body)
  return true
}

/** A crash cut the first run off: where it had made its thing, that is the answer. */
async function answerWithMade(request: FastifyRequest, reply: FastifyReply, prefix: IdPrefix): Promise<boolean> {
  const url = `${pathOf(request.url).replace(/\/$/, '')}/${prefix}_${request.idempotency?.reserved}`
  const headers: { [name: string]: string } = {}
  for (const name of CREDENTIALS) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  const made = await request.server.inject({ method: 'GET', url, headers, remoteAddress: request.ip })
  if (made.statusCode !== 200) return false
  reply.code(201).header('location', url).header('idempotency-replayed', 'true')
  reply.type('application/json; charset=utf-8').send(made.payload)
  return true
}

/** For `onSend`: keeps the answer of a creation that worked; a refused one may be tried again with the same key. */
export async function keepAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
  const ticket = request.idempotency
  if (ticket === null) return
  request.idempotency = null
  if (typeof payload !== 'string' || reply.statusCode >= 300) return ticket.finish(null)
  const headers: { [name: string]: string } = {}
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name)
    if (typeof value === 'string') headers[name] = value
  }
  await ticket.finish({ statusCode: reply.statusCode, headers, body: payload })
}

/** The same parts, whose ids begin with the one that the request's Idempotency-Key has reserved, where it has. */
export function withReservedId<Deps extends { newId: NewId }>(deps: Deps, request: FastifyRequest): Deps {
  const { reservesId } = request.routeOptions.config
  const reserved = request.idempotency?.reserved
  if (reserved === undefined || reservesId === undefined) return deps
  let isTaken = false
  const newId: NewId = (prefix) => {
    if (isTaken || prefix !== reservesId) return deps.newId(prefix)
    isTaken = true
    return `${prefix}_${reserved}`
  }
  return { ...deps, newId }
}
