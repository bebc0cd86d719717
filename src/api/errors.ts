/** Every error code of the API and its HTTP status. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMIT_EXCEEDED: 429,
  REQUEST_HEADER_FIELDS_TOO_LARGE: 431,
  INTERNAL_SERVER_ERROR: 500,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** One bad field: where it is and what is wrong with it. */
export interface Problem {
  path: string
  message: string
}

/** What every refused request gets. */
export interface ErrorBody {
  error: string
  code: ErrorCode
  statusCode: number
  details?: Problem[]
  requestId?: string
}

export interface ErrorOptions {
  details?: Problem[]
  headers?: { [name: string]: string }
}

/** A refusal that the error handler turns into the error format. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: ErrorCode
  readonly statusCode: number
  readonly details: Problem[] | undefined
  readonly headers: { [name: string]: string }
  constructor(code: ErrorCode, sentence: string, options: ErrorOptions = {}) {
    super(sentence)
    this.code = code
    this.statusCode = ERROR_STATUS[code]
    this.details = options.details
    this.headers = options.headers ?? {}
  }
}

/** A refusal with a sentence that a person can act on. */
export function apiError(code: ErrorCode, sentence: string, options?: ErrorOptions): ApiError {
  return new ApiError(code, sentence, options)
}

/** A 429 that may be tried again after so many seconds, which the sentence says too. */
export function tooMany(sentence: string, waitS: number): ApiError {
  return apiError('RATE_LIMIT_EXCEEDED', sentence, { headers: { 'retry-after': String(waitS) } })
}

/** A 400 that lists every bad field. */
export function invalid(problems: Problem[]): ApiError {
  const named = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  const more = named.length > 3 ? ` (and ${named.length - 3} more)` : ''
  return apiError('BAD_REQUEST', `${named.slice(0, 3).join('; ')}${more}`, { details: problems })
}

/** The body of a refusal; only what failed on our side names its request. */
export function errorBody(error: ApiError, requestId: string): ErrorBody {
  return {
    error: error.message,
    code: error.code,
    statusCode: error.statusCode,
    ...(error.details === undefined ? {} : { details: error.details }),
    ...(error.code === 'INTERNAL_SERVER_ERROR' ? { requestId } : {}),
  }
}
