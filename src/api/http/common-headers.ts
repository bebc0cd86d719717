import type { FastifyReply } from 'fastify'

const ALLOWED_METHODS = 'GET, HEAD, POST, PUT, DELETE, OPTIONS'
const ALLOWED_HEADERS =
  'Authorization, X-API-Key, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Request-Id'
const EXPOSED_HEADERS =
  'X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, ETag, Location, Retry-After, X-Request-Id, Idempotency-Replayed'

/** What every response carries: request id and the CORS grants. */
export function setCommonHeaders(reply: FastifyReply, requestId: string): void {
  reply.header('x-request-id', requestId)
  reply.header('access-control-allow-origin', '*')
  reply.header('access-control-expose-headers', EXPOSED_HEADERS)
  reply.header('x-content-type-options', 'nosniff')
}

/** Answers a CORS preflight, which a browser sends without a key. */
export function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', ALLOWED_METHODS)
    .header('access-control-allow-headers', ALLOWED_HEADERS)
    .header('access-control-max-age', '86400')
    .header('allow', ALLOWED_METHODS)
    .send()
}
