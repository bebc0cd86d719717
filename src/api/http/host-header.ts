import type { IncomingMessage } from 'node:http'
import { apiError } from '../errors.ts'

/** HTTP/1.1 asks for a Host (RFC 9112, section 3.2). Throws `ApiError` where there is none. */
export function requireHost({ httpVersion, headers }: Pick<IncomingMessage, 'httpVersion' | 'headers'>): void {
  if (httpVersion === '1.1' && headers.host === undefined)
    throw apiError('BAD_REQUEST', 'The request has no Host header, which HTTP/1.1 asks for.')
}
