import type { Contract } from '../../src/api/testing/contract.ts'
import type { HostileRequest } from './request.ts'
import { type Reply, SECRET, STRANGERS } from './victim.ts'

const INSIDE = /node_modules|\bat [\w.<>]+ \(|file:\/\/\/|\.ts:\d+|SQLITE_|sqlite|\bselect .+ from\b|argon2id\$/i
const CODES: { [status: number]: string } = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMIT_EXCEEDED',
}

interface Circumstances {
  /** Tables that are not as they were before the request. */
  changed: readonly string[]
  contract: Contract
  /** Whether the document has this method at this path. */
  documents: (method: string, path: string) => boolean
}

/** What is wrong with an answer to a hostile request: nothing for one that keeps every promise. */
export function faultsOf(
  request: HostileRequest,
  reply: Reply,
  { changed, contract, documents }: Circumstances,
): string[] {
  const { status, text } = reply
  const faults: string[] = []
  if (status >= 500) faults.push(`answered ${status}`)
  if (status >= 400 && status < 500) faults.push(...refusalFaults(request, reply))
  if (status >= 400 || isRead(request)) faults.push(...changed.map((table) => `changed the table ${table}`))
  if (text.includes(SECRET)) faults.push('shows a secret')
  if (text.includes(STRANGERS) && request.sender !== 'stranger') faults.push("shows another account's")
  if (status >= 400 && INSIDE.test(text) && !isEcho(request, text)) faults.push('shows its inside')
  if (isGuarded(request) && status < 300 && request.method !== 'OPTIONS') faults.push('needed no key that holds')
  // A method that the document does not have is refused like any other.
  const isDocumented = documents(request.method, request.path)
  if (isDocumented || status < 400) faults.push(...contract({ ...request, ...reply }))
  return faults
}

function refusalFaults({ method }: HostileRequest, { status, text, headers }: Reply): string[] {
  if (!headers.get('x-request-id')?.startsWith('req_') && headers.get('x-request-id') !== 'mine')
    return ['has no request id']
  if (method === 'HEAD') return text === '' ? [] : ['answers HEAD with a body']
  try {
    const { error, code, statusCode } = JSON.parse(text)
    const isRight = typeof error === 'string' && error.length > 5 && statusCode === status && code === CODES[status]
    return isRight ? [] : ['is not in the format of errors']
  } catch {
    return ['is not JSON']
  }
}

/** A heartbeat is taken by any method. */
function isRead({ method, path }: HostileRequest): boolean {
  if (path.startsWith('/heartbeat/')) return false
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/** A sentence may name what was sent. */
function isEcho({ path, body }: HostileRequest, text: string): boolean {
  const found = INSIDE.exec(text)?.[0] ?? ''
  return (
    decodeURIComponent(path.replace(/%(?![0-9a-f]{2})/gi, '%25')).includes(found) ||
    (body?.toString().includes(found) ?? false)
  )
}

/** Without a key that is known only these answer. */
function isGuarded({ sender, path }: HostileRequest): boolean {
  const isOpen = /^\/(health|heartbeat|openapi\.json|docs|setup|auth|invitations)(\/|\?|$)/.test(path)
  return (sender === 'nobody' || sender === 'guesser') && !isOpen
}
