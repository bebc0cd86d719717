/** A bad field of a request: where it is and what is wrong with it. */
export interface FieldProblem {
  path: string
  message: string
}

/** The server refused a request. `message` is a sentence for people, `code` a word for programs. */
export class StatusAppError extends Error {
  override name = 'StatusAppError'
  /** Such as `NOT_FOUND`; `UNREADABLE_ANSWER` where the answer was none of the API's. */
  readonly code: string
  /** The HTTP status. */
  readonly status: number
  /** Every bad field of a 400. */
  readonly details: FieldProblem[]
  /** What to name when you report it. */
  readonly requestId: string | null
  /** Seconds to wait, where the server said so. */
  readonly retryAfterS: number | null

  constructor(about: {
    message: string
    code: string
    status: number
    details?: FieldProblem[]
    requestId: string | null
    retryAfterS: number | null
  }) {
    super(about.message)
    this.code = about.code
    this.status = about.status
    this.details = about.details ?? []
    this.requestId = about.requestId
    this.retryAfterS = about.retryAfterS
  }
}

/** What a refusal says; one that is not in the API's format comes from something before the server. */
export async function errorOf(response: Response, retryAfterS: number | null): Promise<StatusAppError> {
  const text = await response.text()
  const { error, code, details } = parse(text)
  const isOurs = typeof error === 'string' && typeof code === 'string'
  return new StatusAppError({
    message: isOurs ? error : `The answer is not one of StatusApp's (${response.status}): ${text.slice(0, 200)}`,
    code: isOurs ? code : 'UNREADABLE_ANSWER',
    status: response.status,
    ...(Array.isArray(details) ? { details } : {}),
    requestId: response.headers.get('x-request-id'),
    retryAfterS,
  })
}

function parse(text: string): { [field: string]: unknown } {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
