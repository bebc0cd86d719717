import { Failure } from '../net/failure.ts'
import type { Asking } from './ask.ts'
import type { OAuthGrant } from './oauth-grant.ts'
import { requestToken, type SecretPlace, type Token, tokenFailure } from './oauth-request.ts'

/** A token that may be used now. */
export interface UsableToken {
  value: string
  /** It was kept from before, so that a 401 may mean that it has ended since. */
  isOld: boolean
}

interface Held {
  token: { value: string; goodUntilMs: number } | null
  /** One request at a time: whoever comes meanwhile waits for it. */
  running: Promise<Token | Failure> | null
  /** Where the server wants the client's secret, once it is known. */
  place: SecretPlace | null
  refreshToken: string | null
}

type Request = Omit<Asking, 'seen'>

/** A token is not used in the last part of its life, so that it does not end on the way. */
const MARGIN_SHARE = 0.1
const MARGIN_MAX_MS = 30_000
const MAX_HELD = 5_000

/** The tokens of all grants of this process, by what they are asked with. */
const held = new Map<string, Held>()

/** A token of a grant: the kept one while it is good, else a new one, for which only one request is made at a time. */
export async function tokenFor(grant: OAuthGrant, request: Request): Promise<UsableToken | Failure> {
  const mine = heldOf(grant)
  const { clock } = request.context
  for (;;) {
    if (mine.token !== null && clock.monotonicMs() < mine.token.goodUntilMs) {
      return { value: mine.token.value, isOld: true }
    }
    if (mine.running === null) {
      const outcome = await renew(mine, grant, request)
      return outcome instanceof Failure ? outcome : { value: outcome.value, isOld: false }
    }
    const outcome = await waitFor(mine.running, request)
    if (request.deadline.failure !== null) return tokenFailure(grant, request.deadline.failure)
    if (!(outcome instanceof Failure)) return { value: outcome.value, isOld: false }
    // Another check's deadline or end is none of ours: ask again.
    if (outcome.category !== 'NETWORK_TIMEOUT' && !outcome.unmeasured) return outcome
  }
}

/** The target did not accept the token: the next to ask gets another. Another one that came meanwhile stays. */
export function forgetToken(grant: OAuthGrant, value: string): void {
  const mine = heldOf(grant)
  if (mine.token?.value === value) mine.token = null
}

function heldOf({ key }: OAuthGrant): Held {
  const mine = held.get(key) ?? { token: null, running: null, place: null, refreshToken: null }
  // The newest stands last, and what was not used for longest goes: a renewed refresh token can't be asked for again.
  held.delete(key)
  held.set(key, mine)
  if (held.size > MAX_HELD) for (const oldest of held.keys().take(1)) held.delete(oldest)
  return mine
}

function renew(mine: Held, grant: OAuthGrant, request: Request): Promise<Token | Failure> {
  const running = fetchToken(mine, grant, request).then((outcome) => {
    mine.running = null
    if (outcome instanceof Failure) return outcome
    const margin = Math.min(MARGIN_MAX_MS, outcome.lifetimeMs * MARGIN_SHARE)
    const goodUntilMs = request.context.clock.monotonicMs() + outcome.lifetimeMs - margin
    mine.token = { value: outcome.value, goodUntilMs }
    if (outcome.refreshToken !== null) mine.refreshToken = outcome.refreshToken
    return outcome
  })
  mine.running = running
  return running
}

async function fetchToken(mine: Held, grant: OAuthGrant, request: Request): Promise<Token | Failure> {
  const isRotated = grant.form['grant_type'] === 'refresh_token' && mine.refreshToken !== null
  const form = isRotated ? { ...grant.form, refresh_token: mine.refreshToken ?? '' } : grant.form
  const place = mine.place ?? 'header'
  const first = await requestToken(grant, form, place, request)
  if (!first.clientUnknown || mine.place !== null || grant.clientSecret === '') {
    if (!(first.outcome instanceof Failure)) mine.place = place
    return first.outcome
  }
  const second = await requestToken(grant, form, 'body', request)
  if (second.outcome instanceof Failure) return first.outcome
  mine.place = 'body'
  return second.outcome
}

function waitFor(running: Promise<Token | Failure>, { deadline }: Request): Promise<Token | Failure> {
  return new Promise((settle) => {
    deadline.begin('while waiting for the OAuth 2 token', settle)
    running.then(settle)
  })
}
