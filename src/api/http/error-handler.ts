import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { StorageError } from '#storage'
import { ApiError, apiError, type ErrorCode, errorBody } from '../errors.ts'

/** Fastify's own refusals, in our words. */
const FRAMEWORK_ERRORS: { readonly [code: string]: { code: ErrorCode; sentence: string } } = {
  FST_ERR_BAD_URL: { code: 'BAD_REQUEST', sentence: 'The address has a bad percent escape; encode it as UTF-8.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'NOT_FOUND', sentence: 'There is nothing at this address.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'PAYLOAD_TOO_LARGE', sentence: 'The body may have at most 1 MiB.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    sentence: 'Send the body as JSON, with Content-Type: application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'BAD_REQUEST',
    sentence: 'The body is shorter or longer than its Content-Length says.',
  },
}

/** Turns whatever was thrown into a refusal; what is not known becomes a 500 without particulars. */
function asApiError(thrown: unknown, requestId: string): ApiError {
  if (thrown instanceof ApiError) return thrown
  if (thrown instanceof StorageError) return storageRefusal(thrown, requestId)
  if (isFrameworkError(thrown)) {
    const known = FRAMEWORK_ERRORS[thrown.code]
    if (known !== undefined) return apiError(known.code, known.sentence)
    const status = thrown.statusCode ?? 500
    if (status === 415) return apiError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as JSON.')
    if (status === 413) return apiError('PAYLOAD_TOO_LARGE', 'The body may have at most 1 MiB.')
    if (status >= 400 && status < 500) return apiError('BAD_REQUEST', 'The request could not be read to its end.')
  }
  return apiError('INTERNAL_SERVER_ERROR', `Something failed on our side. Try again, or report request ${requestId}.`)
}

function storageRefusal(error: StorageError, requestId: string): ApiError {
  if (error.reason === 'conflict')
    return apiError('CONFLICT', 'Somebody changed this at the same time. Read it again and retry.')
  const passes = error.reason === 'busy' || error.reason === 'full'
  return apiError(
    'INTERNAL_SERVER_ERROR',
    `The database can't take this now. Nothing was changed; try again, or report request ${requestId}.`,
    passes ? { headers: { 'retry-after': '5' } } : {},
  )
}

function isFrameworkError(thrown: unknown): thrown is FastifyError {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
}

/** The one way out for errors of handlers, hooks, parsers and the router. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = asApiError(thrown, request.id)
  if (error.statusCode >= 500) request.log.error({ err: thrown, requestId: request.id }, 'request failed')
  for (const [name, value] of Object.entries(error.headers)) reply.header(name, value)
  if (error.code === 'UNAUTHORIZED') reply.header('www-authenticate', 'Bearer realm="StatusApp API"')
  // A refusal holds for now: a cache must not repeat it.
  reply.header('cache-control', 'no-store')
  reply.code(error.statusCode).type('application/json; charset=utf-8').send(errorBody(error, request.id))
}
