import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { apiError } from '../errors.ts'

/**
 * An entity tag has two parts: the state that a PUT replaces, and the bytes of the answer. `If-None-Match` compares the
 * whole tag; `If-Match` only the first part, so that a check that ran meanwhile does not make an edit stale.
 */
const revisions = new WeakMap<FastifyReply, string>()

/** Names the state that a PUT on this resource would replace. */
export function setRevision(reply: FastifyReply, revision: string): void {
  revisions.set(reply, revision)
}

/** A revision for what has no version of its own: of all its fields, in whatever order they came together. */
export function revisionOf(value: object): string {
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return hash('sha1', JSON.stringify(fields), 'base64url').slice(0, 12)
}

/** Sets `ETag`, and answers 304 to a GET whose `If-None-Match` names it. For `onSend`. */
export function applyETag(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const revision = revisions.get(reply)
  if (typeof payload !== 'string' || reply.statusCode >= 300 || !(isRead || revision !== undefined)) return payload
  const tag = `"${revision === undefined ? '' : `${revision}.`}${hash('sha1', payload, 'base64url').slice(0, 16)}"`
  reply.header('etag', tag)
  if (!isRead) return payload
  reply.header('cache-control', 'private, no-cache')
  if (!namesTag(request.headers['if-none-match'], tag)) return payload
  reply.code(304)
  // The answer to a HEAD has the length of what a GET would get (RFC 9110, section 8.6), which is counted from it.
  if (request.method === 'HEAD') return payload
  reply.removeHeader('content-type').removeHeader('content-length')
  return null
}

function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((given) => given.trim() === '*' || given.trim().replace(/^W\//, '') === tag)
}

/** Refuses with 412 when `If-Match` names another state than the current one (RFC 9110, section 13.1.1). */
export function requireMatch(request: FastifyRequest, revision: string): void {
  const header = request.headers['if-match']
  if (header === undefined) return
  const matches = header.split(',').some((given) => {
    const tag = given.trim()
    return tag === '*' || tag === `"${revision}"` || tag.startsWith(`"${revision}.`)
  })
  if (!matches)
    throw apiError('PRECONDITION_FAILED', 'This was changed since you read it. Read it again, and repeat your change.')
}
