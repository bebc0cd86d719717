import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '#domain'
import { accountOf } from '../auth/caller.ts'
import { apiError } from '../errors.ts'
import type { IdempotencyStore } from './idempotency-store.ts'

const KEPT_HEADERS = ['location', 'etag', 'content-type']

/**
 * For `preHandler`: a repeated creating POST gets the first answer again (with `Idempotency-Replayed: true`), one with
 * another body a 409. True when the request was answered here.
 */
export async function answerRepeat(
  request: FastifyRequest,
  reply: FastifyReply,
  { store, clock }: { store: IdempotencyStore; clock: Clock },
): Promise<boolean> {
  const key = request.headers['idempotency-key']
  if (key === undefined || request.routeOptions.config.creates !== true) return false
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw apiError('BAD_REQUEST', 'Idempotency-Key takes 1 to 255 visible ASCII characters.')
  const scope = `${accountOf(request).id} ${request.routeOptions.url}`
  const fingerprint = hash('sha256', JSON.stringify(request.body ?? null), 'base64url')
  const verdict = await store.begin(scope, key, fingerprint, clock.nowMs())
  if (verdict.kind === 'mismatch')
    throw apiError('CONFLICT', 'This Idempotency-Key was used with another body. Use a new one for a new request.')
  if (verdict.kind === 'first') {
    request.idempotency = verdict.ticket
    return false
  }
  const { statusCode, headers, body } = verdict.answer
  reply.code(statusCode).headers(headers).header('idempotency-replayed', 'true').send(body)
  return true
}

/** For `onSend`: keeps the answer of a creation that worked; a refused one may be tried again with the same key. */
export function keepAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
  const ticket = request.idempotency
  if (ticket === null) return
  request.idempotency = null
  if (typeof payload !== 'string' || reply.statusCode >= 300) {
    ticket.finish(null)
    return
  }
  const headers: { [name: string]: string } = {}
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name)
    if (typeof value === 'string') headers[name] = value
  }
  ticket.finish({ statusCode: reply.statusCode, headers, body: payload })
}
