import { type Static, Type } from 'typebox'

const Text = (description: string, example: string, maxLength = 8_192) =>
  Type.Optional(Type.String({ maxLength, description, examples: [example] }))
const Secret = (description: string, maxLength = 8_192) =>
  Type.Optional(Type.String({ maxLength, description, secret: true }))

/** Credentials of a request. One flat object, so that a form can switch between types; the rest is `authProblems`. */
export const ApiAuthConfig = Type.Object(
  {
    type: Type.Union(
      [
        Type.Literal('none'),
        Type.Literal('bearer'),
        Type.Literal('basic'),
        Type.Literal('api_key'),
        Type.Literal('oauth2'),
        Type.Literal('jwt'),
      ],
      { description: 'How the request proves who it is.' },
    ),
    token: Secret('bearer: the token.', 16_384),
    username: Text('basic: the user name.', 'monitor', 1_000),
    password: Secret('basic: the password; may be empty.', 1_000),
    apiKey: Secret('api_key: the key.', 16_384),
    apiKeyName: Text('api_key: name of the header or query parameter. Default: X-API-Key.', 'X-API-Key', 200),
    apiKeyHeader: Text('api_key: another word for apiKeyName, for a header.', 'X-API-Key', 200),
    apiKeyLocation: Type.Optional(
      Type.Union([Type.Literal('header'), Type.Literal('query')], {
        description: 'api_key: where the key is sent. Default: header.',
      }),
    ),
    oauth2TokenUrl: Text('oauth2: where tokens are requested.', 'https://login.example.com/oauth/token', 2_048),
    oauth2ClientId: Text('oauth2: id of the client.', 'status-monitor', 1_000),
    oauth2ClientSecret: Secret('oauth2: secret of the client; none for a public one.'),
    oauth2Scope: Text('oauth2: scopes asked for, with blanks between.', 'read:health', 2_000),
    oauth2GrantType: Type.Optional(
      Type.Union([Type.Literal('client_credentials'), Type.Literal('password'), Type.Literal('refresh_token')], {
        description: 'oauth2: the grant. Default: client_credentials.',
      }),
    ),
    oauth2Username: Text('oauth2 with the grant password: the user name.', 'monitor@example.com', 1_000),
    oauth2Password: Secret('oauth2 with the grant password: the password.', 1_000),
    oauth2RefreshToken: Secret(
      'oauth2 with the grant refresh_token: the token. A new one that the server sends with an answer is used from then on, until the next restart; then this one again.',
      16_384,
    ),
    jwtToken: Secret('jwt: the signed token.', 16_384),
    jwtHeader: Text('jwt: the header that carries it. Default: Authorization.', 'Authorization', 200),
    jwtPrefix: Text('jwt: what stands before the token; may be empty. Default: Bearer.', 'Bearer', 100),
  },
  {
    title: 'ApiAuth',
    additionalProperties: false,
    description:
      'Credentials of the request. They are sent to the origin of the monitor only. OAuth 2 tokens are kept until shortly before they expire, and asked for anew once when the target answers 401.',
    examples: [
      { type: 'bearer', token: '…' },
      { type: 'basic', username: 'monitor', password: '…' },
      { type: 'api_key', apiKey: '…', apiKeyName: 'X-API-Key', apiKeyLocation: 'header' },
      {
        type: 'oauth2',
        oauth2TokenUrl: 'https://login.example.com/oauth/token',
        oauth2ClientId: 'status-monitor',
        oauth2ClientSecret: '…',
      },
    ],
  },
)
export type ApiAuthConfig = Static<typeof ApiAuthConfig>
export type AuthType = ApiAuthConfig['type']
