import type { ApiAuthConfig, AuthType } from './auth-config.ts'
import { headerProblem } from './request-headers.ts'

type Field = keyof ApiAuthConfig

/** The fields of each type; the first list is required. An empty text counts as absent, but for a password. */
const FIELDS: { readonly [type in AuthType]: readonly [required: readonly Field[], optional: readonly Field[]] } = {
  none: [[], []],
  bearer: [['token'], []],
  basic: [['username'], ['password']],
  api_key: [['apiKey'], ['apiKeyName', 'apiKeyHeader', 'apiKeyLocation']],
  oauth2: [
    ['oauth2TokenUrl', 'oauth2ClientId'],
    ['oauth2ClientSecret', 'oauth2Scope', 'oauth2GrantType', 'oauth2Username', 'oauth2Password', 'oauth2RefreshToken'],
  ],
  jwt: [['jwtToken'], ['jwtHeader', 'jwtPrefix']],
}

/** What a schema can't say about credentials. */
export function authProblems(auth: ApiAuthConfig): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = []
  const add = (field: Field, message: string | null) => {
    if (message !== null) problems.push({ path: `apiAuthConfig.${field}`, message })
  }
  const [required, optional] = FIELDS[auth.type]
  for (const field of required) {
    if ((auth[field] ?? '') === '') add(field, `is required for the type ${auth.type}`)
  }
  for (const field of Object.keys(auth) as Field[]) {
    const fits = field === 'type' || required.includes(field) || optional.includes(field)
    if (!fits && auth[field] !== '') add(field, `does not belong to the type ${auth.type}`)
  }
  if (problems.length > 0) return problems
  switch (auth.type) {
    case 'bearer':
      add('token', headerProblem('Authorization', `Bearer ${auth.token}`))
      break
    case 'basic':
      if (auth.username?.includes(':')) add('username', 'must not have a colon in it: it ends the user name (RFC 7617)')
      break
    case 'api_key':
      apiKeyProblems(auth, add)
      break
    case 'jwt':
      add('jwtToken', headerProblem(auth.jwtHeader || 'Authorization', jwtValue(auth)))
      break
    case 'oauth2':
      oauthProblems(auth, add)
  }
  return problems
}

/** `Bearer eyJ…` */
export function jwtValue({ jwtPrefix = 'Bearer', jwtToken = '' }: ApiAuthConfig): string {
  const prefix = jwtPrefix.trim()
  return prefix === '' ? jwtToken : `${prefix} ${jwtToken}`
}

export function apiKeyName({ apiKeyName: name, apiKeyHeader }: ApiAuthConfig): string {
  return name || apiKeyHeader || 'X-API-Key'
}

function apiKeyProblems(auth: ApiAuthConfig, add: (field: Field, message: string | null) => void): void {
  if (auth.apiKeyName && auth.apiKeyHeader && auth.apiKeyName !== auth.apiKeyHeader) {
    add('apiKeyHeader', 'says something else than apiKeyName; send one of them')
  } else if (auth.apiKeyLocation !== 'query') {
    add('apiKey', headerProblem(apiKeyName(auth), auth.apiKey ?? ''))
  }
}

function oauthProblems(auth: ApiAuthConfig, add: (field: Field, message: string | null) => void): void {
  const example = 'expected a URL such as https://login.example.com/oauth/token'
  const url = URL.parse(auth.oauth2TokenUrl ?? '')
  if (url === null || !/^https?:$/.test(url.protocol) || url.port === '0') add('oauth2TokenUrl', example)
  const grant = auth.oauth2GrantType ?? 'client_credentials'
  const needs: { readonly [grant: string]: readonly Field[] } = {
    password: ['oauth2Username', 'oauth2Password'],
    refresh_token: ['oauth2RefreshToken'],
  }
  for (const field of needs[grant] ?? []) {
    if ((auth[field] ?? '') === '') add(field, `is required for the grant ${grant}`)
  }
}
