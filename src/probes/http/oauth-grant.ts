import type { ApiAuthConfig } from './auth-config.ts'

/** What a token is asked with (RFC 6749). */
export interface OAuthGrant {
  tokenUrl: URL
  clientId: string
  clientSecret: string
  /** Body of the token request, without what identifies the client. */
  form: { [name: string]: string }
  /** The same for grants that are the same. */
  key: string
}

/** The grant of a configuration; null when it is none of OAuth 2. It is valid by `authProblems`. */
export function oauthGrant(auth: ApiAuthConfig | undefined): OAuthGrant | null {
  if (auth?.type !== 'oauth2') return null
  const tokenUrl = new URL(auth.oauth2TokenUrl ?? '')
  const clientId = auth.oauth2ClientId ?? ''
  const clientSecret = auth.oauth2ClientSecret ?? ''
  const form = formOf(auth)
  return { tokenUrl, clientId, clientSecret, form, key: JSON.stringify([tokenUrl.href, clientId, clientSecret, form]) }
}

/** Texts of a grant that must not be shown. */
export function grantSecrets({ tokenUrl, clientSecret, form }: OAuthGrant): string[] {
  const { password = '', refresh_token = '' } = form
  return [clientSecret, password, refresh_token, tokenUrl.password]
}

function formOf(auth: ApiAuthConfig): { [name: string]: string } {
  const scope: { scope?: string } = auth.oauth2Scope ? { scope: auth.oauth2Scope } : {}
  switch (auth.oauth2GrantType ?? 'client_credentials') {
    case 'client_credentials':
      return { grant_type: 'client_credentials', ...scope }
    case 'password':
      return {
        grant_type: 'password',
        username: auth.oauth2Username ?? '',
        password: auth.oauth2Password ?? '',
        ...scope,
      }
    case 'refresh_token':
      return { grant_type: 'refresh_token', refresh_token: auth.oauth2RefreshToken ?? '', ...scope }
  }
}
