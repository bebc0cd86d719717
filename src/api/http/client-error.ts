import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import { apiError, ERROR_STATUS, type ErrorCode, errorBody } from '../errors.ts'

const REASONS: { readonly [status in 400 | 408 | 431]: string } = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/** Answers what could not even be parsed as HTTP, in the error format, and ends the connection. */
export function answerClientError(error: ConnectionError, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const [code, sentence] = explain(error.code)
  const body = JSON.stringify(errorBody(apiError(code, sentence), requestId))
  const status = ERROR_STATUS[code]
  const reason = status === 408 || status === 431 ? REASONS[status] : REASONS[400]
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nx-request-id: ${requestId}\r\n` +
      `access-control-allow-origin: *\r\nconnection: close\r\n\r\n${body}`,
  )
}

function explain(code: string | undefined): [ErrorCode, string] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return ['REQUEST_HEADER_FIELDS_TOO_LARGE', 'The request headers may have at most 16 KiB together.']
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['REQUEST_TIMEOUT', 'The request did not arrive in time.']
  return ['BAD_REQUEST', 'This is not a valid HTTP request.']
}
