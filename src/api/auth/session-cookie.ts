import type { FastifyReply, FastifyRequest } from 'fastify'
import { looksLikeLinkToken } from './link-token.ts'

const NAME = 'statusapp_session'
/** A browser takes this name only over HTTPS and only from this very host. */
const SECURE_NAME = `__Host-${NAME}`

/** The token that a request's cookie carries; null where it can be none of ours. */
export function sessionTokenOf(request: FastifyRequest, isHttps: boolean): string | null {
  const wanted = isHttps ? SECURE_NAME : NAME
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    const value = part.slice(at + 1).trim()
    if (at > 0 && part.slice(0, at).trim() === wanted && looksLikeLinkToken(value)) return value
  }
  return null
}

/** Sends the token to the browser, out of reach for scripts and for posts from other sites. */
export function setSessionCookie(reply: FastifyReply, token: string, maxAgeS: number, isHttps: boolean): void {
  const name = isHttps ? SECURE_NAME : NAME
  const secure = isHttps ? '; Secure' : ''
  reply.header('set-cookie', `${name}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${secure}`)
  reply.header('cache-control', 'no-store')
}

/** Has the browser forget the cookie. */
export function clearSessionCookie(reply: FastifyReply, isHttps: boolean): void {
  setSessionCookie(reply, '', 0, isHttps)
}
