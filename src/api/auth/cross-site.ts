import type { FastifyRequest } from 'fastify'
import { apiError } from '../errors.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change that another site's page asks for with our cookie. Browsers say where a request comes from in
 * `Sec-Fetch-Site`, older ones in `Origin`; what sends neither is no browser, so nobody's cookie is in it unasked.
 * Throws `ApiError`.
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  const { origin, host } = request.headers
  if (site === undefined && (origin === undefined || isOwn(origin, host, publicUrl))) return
  throw apiError('FORBIDDEN', 'This was asked for by a page of another site, so it was not done.')
}

function isOwn(origin: string, host: string | undefined, publicUrl: string): boolean {
  const from = URL.parse(origin)
  return from !== null && (from.origin === URL.parse(publicUrl)?.origin || from.host === host)
}
