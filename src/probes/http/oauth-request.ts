import { Buffer } from 'node:buffer'
import type { RootCauseCategory } from '#domain'
import { Failure, type FailureFacts } from '../net/failure.ts'
import { type Asking, ask } from './ask.ts'
import { maskUrl } from './credentials.ts'
import { decompress } from './decompress.ts'
import { makeHop } from './hop.ts'
import type { OAuthGrant } from './oauth-grant.ts'
import { basicPair } from './proxy.ts'
import { headerProblem } from './request-headers.ts'
import { type Head, nothingSeen } from './sighting.ts'

export interface Token {
  value: string
  /** How long it is good from now, in ms. */
  lifetimeMs: number
  /** A new refresh token, which takes the place of the one that was used (RFC 6749, section 6); null when there is none. */
  refreshToken: string | null
}

/** Where a client's secret stands: RFC 6749, section 2.3.1 prefers the header, some servers know the body only. */
export type SecretPlace = 'header' | 'body'

export interface TokenAnswer {
  outcome: Token | Failure
  /** The server did not know the client by where its secret stood. */
  clientUnknown: boolean
}

/** Used where the server does not say (`expires_in`): short enough to be right, and a 401 ends it sooner. */
const USUAL_LIFETIME_MS = 300_000
const MAX_ANSWER_BYTES = 65_536
/** A server that takes each refresh token once refuses the stored one after a restart. */
const NEW_TOKEN = 'the refresh token is not accepted (any more), so the monitor needs a new oauth2RefreshToken'

/** Asks for a token once, within the check's deadline and by its route and target policy. */
export async function requestToken(
  grant: OAuthGrant,
  form: OAuthGrant['form'],
  place: SecretPlace,
  asking: Omit<Asking, 'seen'>,
): Promise<TokenAnswer> {
  const seen = nothingSeen()
  const hop = makeHop({
    url: grant.tokenUrl,
    method: 'POST',
    ...credentialsAt(place, grant, form),
    isOwn: true,
    cookies: '',
    userAgent: asking.context.userAgent,
  })
  const failure = await ask(hop, { ...asking, seen }, () => ({ read: MAX_ANSWER_BYTES, keep: MAX_ANSWER_BYTES }))
  if (failure !== null) return { outcome: tokenFailure(grant, failure), clientUnknown: false }
  const { head } = seen
  if (head === null) return failed(grant, 'it got no answer', 'THIRD_PARTY_SERVICE')
  const body = await decompress(seen, MAX_ANSWER_BYTES, asking.deadline)
  const answer = body instanceof Failure ? {} : objectOf(body.bytes)
  if (head.statusCode !== 200 && head.statusCode !== 201) return refused(grant, head, answer)
  const token = readToken(answer)
  if (typeof token === 'string') return failed(grant, token, 'CONFIGURATION_ERROR')
  return { outcome: token, clientUnknown: false }
}

function credentialsAt(place: SecretPlace, { clientId, clientSecret }: OAuthGrant, form: OAuthGrant['form']) {
  const inHeader = place === 'header' && clientSecret !== ''
  const fields = new URLSearchParams(form)
  if (!inHeader) {
    fields.set('client_id', clientId)
    if (clientSecret !== '') fields.set('client_secret', clientSecret)
  }
  const ownHeaders: [string, string][] = [
    ['Accept', 'application/json'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ]
  if (inHeader) {
    ownHeaders.push(['Authorization', `Basic ${basicPair(formEncoded(clientId), formEncoded(clientSecret))}`])
  }
  return { ownHeaders, body: Buffer.from(fields.toString()) }
}

/** RFC 6749, appendix B. */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

function refused(grant: OAuthGrant, { statusCode, statusMessage }: Head, answer: { [name: string]: unknown }) {
  const { error } = answer
  // RFC 6749, section 5.2; only a word is shown: servers put whatever they like there.
  const word = typeof error === 'string' && /^[\w.-]{1,60}$/.test(error) ? error : statusMessage.slice(0, 60)
  const isTheirs = statusCode >= 500 || statusCode === 429
  const category = isTheirs ? 'THIRD_PARTY_SERVICE' : 'CONFIGURATION_ERROR'
  const clientUnknown = statusCode === 401 || (statusCode === 400 && /^invalid_(client|request)$/.test(word))
  const advice = word === 'invalid_grant' && grant.form['grant_type'] === 'refresh_token' ? `: ${NEW_TOKEN}` : ''
  return { ...failed(grant, `${statusCode} ${word}`.trim() + advice, category), clientUnknown }
}

function failed(grant: OAuthGrant, sentence: string, category: RootCauseCategory): TokenAnswer {
  return { outcome: tokenFailure(grant, { sentence, category }), clientUnknown: false }
}

/** A failure on the way to a token, which names where it was asked for. */
export function tokenFailure({ tokenUrl }: OAuthGrant, facts: FailureFacts): Failure {
  const { sentence, category, localFault = false, unmeasured = false } = facts
  const told = unmeasured ? sentence : `token request to ${maskUrl(tokenUrl.href)} failed: ${sentence}`
  return new Failure({ sentence: told, category, localFault, unmeasured })
}

function objectOf(bytes: Buffer): { [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function readToken({ access_token, expires_in, refresh_token }: { [name: string]: unknown }): Token | string {
  if (typeof access_token !== 'string' || access_token === '') {
    return 'expected a JSON answer with an access_token, got one without'
  }
  if (headerProblem('Authorization', `Bearer ${access_token}`) !== null) {
    return 'its access_token has characters that no header can carry'
  }
  const seconds = Number(expires_in)
  return {
    value: access_token,
    lifetimeMs: expires_in !== undefined && seconds > 0 ? seconds * 1_000 : USUAL_LIFETIME_MS,
    refreshToken: typeof refresh_token === 'string' && refresh_token !== '' ? refresh_token : null,
  }
}
