import { Buffer } from 'node:buffer'
import type { ApiAuthConfig } from './auth-config.ts'
import { apiKeyName, jwtValue } from './auth-problems.ts'
import type { HeaderList } from './request-headers.ts'

/** What credentials add to a request of the monitor's own origin. */
export interface Credentials {
  headers: HeaderList
  /** A query parameter; it is sent, but is in no URL that is shown. */
  query: QueryParameter | null
  /** Texts that must not be shown, wherever they turn up. */
  secrets: string[]
}

export type QueryParameter = readonly [name: string, value: string]

const NONE: Credentials = { headers: [], query: null, secrets: [] }

/** The credentials that need no one to be asked; those of OAuth 2 are fetched when a check is made. */
export function credentialsOf(auth: ApiAuthConfig | undefined): Credentials {
  switch (auth?.type) {
    case 'bearer':
      return inHeader('Authorization', `Bearer ${auth.token}`, auth.token)
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password ?? ''}`).toString('base64')
      return inHeader('Authorization', `Basic ${pair}`, pair, auth.password)
    }
    case 'jwt':
      return inHeader(auth.jwtHeader || 'Authorization', jwtValue(auth), auth.jwtToken)
    case 'api_key': {
      const name = apiKeyName(auth)
      const key = auth.apiKey ?? ''
      if (auth.apiKeyLocation !== 'query') return inHeader(name, key, key)
      return { headers: [], query: [name, key], secrets: [key, encodeURIComponent(key)] }
    }
  }
  return NONE
}

function inHeader(name: string, value: string, ...secrets: (string | undefined)[]): Credentials {
  return { headers: [[name, value]], query: null, secrets: secrets.filter((secret) => secret !== undefined) }
}
