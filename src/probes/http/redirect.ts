import { Buffer } from 'node:buffer'
import { Failure } from '../net/failure.ts'
import { MAX_REDIRECTS } from './config.ts'
import type { CookieJar } from './cookie-jar.ts'
import { maskUrl } from './credentials.ts'
import type { QueryParameter } from './credentials-of.ts'
import { type Hop, makeHop } from './hop.ts'
import type { HttpPlan } from './plan.ts'
import { type Head, headerValue, type Sighting } from './sighting.ts'

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Where an answer redirects to, as it came; null when it is no redirect that can be followed. */
export function locationOf(head: Head): string | null {
  if (!REDIRECTS.has(head.statusCode)) return null
  const location = headerValue(head, 'location')
  if (location === null || location === '') return null
  // Headers are read a character per byte; a Location beyond ASCII is UTF-8 in practice, as in browsers.
  return Buffer.from(location, 'latin1').toString()
}

/**
 * The next request after a redirect. The monitor's headers, credentials and body go to its own origin only, and no
 * more once the chain has left it; cookies that servers set on the way go back to them.
 */
export function follow(plan: HttpPlan, hop: Hop, location: string, jar: CookieJar, seen: Sighting): Hop | Failure {
  const url = URL.parse(location, hop.url)
  const { query } = plan.credentials
  // Servers copy the query of a request into their redirect; ours goes where it belongs only.
  if (url !== null && query !== null) withoutParameter(url, query)
  const statusCode = seen.head?.statusCode ?? 0
  const shown = maskUrl(url?.href ?? location).slice(0, 500)
  seen.redirects.push({ statusCode, url: shown })
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return astray(`expected a redirect to an http or https URL, got one to ${shown}`)
  }
  if (seen.redirects.length > MAX_REDIRECTS) {
    return astray(`more than ${MAX_REDIRECTS} redirects: ${chain(plan, seen)}`)
  }
  const stays = hop.isOwn && url.origin === plan.firstHop.url.origin
  url.username = stays ? plan.firstHop.url.username : ''
  url.password = stays ? plan.firstHop.url.password : ''
  const asGet = statusCode === 303 ? hop.method !== 'HEAD' : statusCode < 303 && hop.method === 'POST'
  const body = asGet ? null : hop.body
  if (body !== null && !stays) return astray(`the redirect would repeat the request's body at another origin, ${shown}`)
  return makeHop({
    url,
    method: asGet ? 'GET' : hop.method,
    body,
    ownHeaders: stays ? (asGet ? withoutBodyHeaders(plan) : plan.ownHeaders) : [],
    isOwn: stays,
    cookies: jar.header(url),
    userAgent: plan.userAgent,
    query: stays ? query : null,
  })
}

function withoutParameter(url: URL, [name, value]: QueryParameter): void {
  if (url.searchParams.has(name, value)) url.searchParams.delete(name, value)
}

/** A request that became a GET has no body for these to describe. */
function withoutBodyHeaders(plan: HttpPlan) {
  return plan.ownHeaders.filter(([name]) => !/^content-/i.test(name))
}

/** Every place once, in order, at most six. */
function chain(plan: HttpPlan, { redirects }: Sighting): string {
  const places = [...new Set([maskUrl(plan.firstHop.url.href), ...redirects.map(({ url }) => url)])]
  return places.length > 6 ? `${places.slice(0, 6).join(' → ')} → …` : places.join(' → ')
}

function astray(sentence: string): Failure {
  return new Failure({ sentence, category: 'CONFIGURATION_ERROR' })
}
