import { Type } from 'typebox'
import { ERROR_STATUS, type ErrorCode } from '../errors.ts'
import type { DocumentedRoute } from './documented-route.ts'
import { type Components, type JsonSchema, plainSchema } from './plain-schema.ts'

const ErrorSchema = Type.Object(
  {
    error: Type.String({ description: 'What went wrong, as a sentence that a person can act on.' }),
    code: Type.Enum(Object.keys(ERROR_STATUS), { description: 'What went wrong, for programs.' }),
    statusCode: Type.Integer({ description: 'The HTTP status again.' }),
    details: Type.Optional(
      Type.Array(
        Type.Object({
          path: Type.String({ description: 'Where it is, such as `interval` or `assertions[0].path`.' }),
          message: Type.String({ description: 'What is wrong with it.' }),
        }),
        { description: 'Of a 400: every bad field.' },
      ),
    ),
    requestId: Type.Optional(Type.String({ description: 'Of a 500: what to name when you report it.' })),
  },
  { title: 'Error', description: 'What every refused request gets.' },
)

interface ErrorAnswer {
  name: string
  description: string
  /** A sentence as the server says it. */
  sentence: string
  details?: { path: string; message: string }[]
  headers?: string[]
}

/** The refusals of the API, by the names that the document gives them. */
const ERROR_ANSWERS: { readonly [code in ErrorCode]?: ErrorAnswer } = {
  BAD_REQUEST: {
    name: 'BadRequest',
    description: 'Something in the request is not as it should be; `details` lists every bad field at once.',
    sentence: 'interval: expected a whole number of at least 5, got 1',
    details: [{ path: 'interval', message: 'expected a whole number of at least 5, got 1' }],
  },
  UNAUTHORIZED: {
    name: 'Unauthorized',
    description: 'No API key was sent, or one that is unknown, revoked or expired; or a password is wrong.',
    sentence: 'No API key was sent. Send it in the X-API-Key header, or as Authorization: Bearer.',
    headers: ['WWW-Authenticate'],
  },
  FORBIDDEN: {
    name: 'Forbidden',
    description: 'The key lacks the permission, a limit of the plan is reached, or the account is suspended.',
    sentence: 'This API key lacks the "write" permission.',
  },
  NOT_FOUND: {
    name: 'NotFound',
    description: 'There is nothing of this id in your account.',
    sentence: 'There is no monitor of this id.',
  },
  METHOD_NOT_ALLOWED: {
    name: 'MethodNotAllowed',
    description: 'The address is right, the method is not; `Allow` lists those that are.',
    sentence: 'PATCH is not possible here; DELETE, GET, HEAD, PUT is.',
    headers: ['Allow'],
  },
  CONFLICT: {
    name: 'Conflict',
    description: 'It does not go together with what is there, or the `Idempotency-Key` was used with another body.',
    sentence: 'This Idempotency-Key was used with another body. Use a new one for a new request.',
  },
  PRECONDITION_FAILED: {
    name: 'PreconditionFailed',
    description: '`If-Match` names another state than the current one: somebody changed it since you read it.',
    sentence: 'This was changed since you read it. Read it again, and repeat your change.',
  },
  PAYLOAD_TOO_LARGE: {
    name: 'PayloadTooLarge',
    description: 'The body is longer than 1 MiB.',
    sentence: 'The body may have at most 1 MiB.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    name: 'UnsupportedMediaType',
    description: 'The body is not JSON, or is compressed.',
    sentence: 'Send the body as JSON, with Content-Type: application/json.',
  },
  RATE_LIMIT_EXCEEDED: {
    name: 'RateLimitExceeded',
    description: 'Too many requests. Wait for `Retry-After` seconds, or until `X-RateLimit-Reset`.',
    sentence: 'The STARTER plan allows 1000 requests an hour. Wait 120 s, or raise the plan.',
    headers: ['Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'],
  },
  INTERNAL_SERVER_ERROR: {
    name: 'InternalServerError',
    description: 'Something failed on our side; nothing was changed.',
    sentence: 'Something failed on our side. Try again, or report request req_4f7k2p9x1c8w5z3a.',
  },
}

/** The refusals that a route can answer, as references by status. */
export function errorAnswersOf(route: DocumentedRoute): { [status: string]: JsonSchema } {
  const { method, url, schema, config, isVersioned } = route
  const isOpen = config.open === true
  const writes = method !== 'GET'
  // An open route with a body judges a password or the token of a link.
  const judges = !isOpen || schema.body !== undefined
  const takesPart = schema.params !== undefined || schema.querystring !== undefined || schema.body !== undefined
  const possible: [ErrorCode, boolean][] = [
    ['BAD_REQUEST', takesPart || writes],
    ['UNAUTHORIZED', judges],
    ['FORBIDDEN', judges],
    ['NOT_FOUND', url.includes('/:')],
    ['CONFLICT', writes && judges],
    ['PRECONDITION_FAILED', isVersioned === true],
    ['PAYLOAD_TOO_LARGE', schema.body !== undefined],
    ['UNSUPPORTED_MEDIA_TYPE', writes && judges],
    ['RATE_LIMIT_EXCEEDED', judges || schema.params !== undefined],
    ['INTERNAL_SERVER_ERROR', true],
  ]
  const answers: { [status: string]: JsonSchema } = {}
  for (const [code, can] of possible) {
    const answer = ERROR_ANSWERS[code]
    if (can && answer !== undefined) answers[ERROR_STATUS[code]] = { $ref: `#/components/responses/${answer.name}` }
  }
  return answers
}

/** The shared answers that `errorAnswersOf` refers to. */
export function errorComponents(components: Components): { [name: string]: JsonSchema } {
  const schema = plainSchema(ErrorSchema, components)
  const answers = Object.entries(ERROR_STATUS).flatMap(([code, statusCode]) => {
    const answer = ERROR_ANSWERS[code as ErrorCode]
    if (answer === undefined) return []
    const { name, description, sentence, details, headers = [] } = answer
    const isInternal = statusCode === 500
    const example = {
      error: sentence,
      code,
      statusCode,
      ...(details === undefined ? {} : { details }),
      ...(isInternal ? { requestId: 'req_4f7k2p9x1c8w5z3a' } : {}),
    }
    const shown = ['X-Request-Id', ...headers].map((header) => [header, { $ref: `#/components/headers/${header}` }])
    return [
      [
        name,
        { description, headers: Object.fromEntries(shown), content: { 'application/json': { schema, example } } },
      ] as const,
    ]
  })
  return Object.fromEntries(answers)
}
