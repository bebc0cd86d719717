import { type Static, Type } from 'typebox'
import type { Json } from '#domain'
import { Assertion } from '../assertions/assertion.ts'
import { TlsFields } from '../tls/fields.ts'
import { ApiAuthConfig } from './auth-config.ts'
import { DEFAULT_EXPECTED_STATUS, STATUS_RULE_PATTERN } from './status-rule.ts'

export const DEFAULT_MAX_BODY_BYTES = 1_048_576
export const MAX_REDIRECTS = 10

const Words = (description: string, example: string) =>
  Type.Optional(
    Type.Union(
      [
        Type.String({ minLength: 1, maxLength: 1_000 }),
        Type.Array(Type.String({ minLength: 1, maxLength: 1_000 }), { minItems: 1, maxItems: 50 }),
      ],
      { description, examples: [example] },
    ),
  )

/** The fields that WEBSITE and API share. A field that is left out has its default. */
export const HttpConfig = Type.Object({
  httpMethod: Type.Optional(
    Type.Union(
      [
        Type.Literal('GET'),
        Type.Literal('HEAD'),
        Type.Literal('POST'),
        Type.Literal('PUT'),
        Type.Literal('PATCH'),
        Type.Literal('DELETE'),
        Type.Literal('OPTIONS'),
      ],
      { default: 'GET', description: 'Method of the request.' },
    ),
  ),
  expectedStatusCode: Type.Optional(
    Type.Union(
      [Type.Integer({ minimum: 100, maximum: 999 }), Type.String({ pattern: STATUS_RULE_PATTERN, maxLength: 200 })],
      {
        default: DEFAULT_EXPECTED_STATUS,
        description:
          'Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone.',
        examples: [200, '200-299,301'],
      },
    ),
  ),
  requestHeaders: Type.Optional(
    Type.Union(
      [
        Type.String({ maxLength: 65_536 }),
        Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 16_384 })),
      ],
      {
        secret: true,
        description:
          'Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to.',
        examples: ['{"Accept": "application/json"}', { 'X-Api-Key': '…' }],
      },
    ),
  ),
  requestBody: Type.Optional(
    Type.String({
      maxLength: 1_048_576,
      description:
        'Body of the request, as text. Without a Content-Type header it is sent as application/json when it is JSON, else as text/plain.',
      examples: ['{"query": "ping"}'],
    }),
  ),
  followRedirects: Type.Optional(
    Type.Boolean({
      default: true,
      description: `Follow redirects, at most ${MAX_REDIRECTS}, and judge the last answer. Off: judge the redirect itself.`,
    }),
  ),
  verifySsl: Type.Optional(
    Type.Boolean({
      default: true,
      description:
        'Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts.',
    }),
  ),
  keyword: Words(
    'Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page.',
    'Welcome',
  ),
  keywordAbsent: Words('Text that must not be in the body, or a list of which none may be.', 'Fatal error'),
  keywordCaseSensitive: Type.Optional(
    Type.Boolean({ default: false, description: 'Whether capitals matter in keyword and keywordAbsent.' }),
  ),
  assertions: Type.Optional(
    Type.Array(Assertion, {
      maxItems: 50,
      description:
        'What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2.',
      examples: [[{ source: 'json', path: '$.data.status', comparison: 'equals', target: 'ok' }]],
    }),
  ),
  responseSchema: Type.Optional(
    Type.Record(Type.String(), Type.Unsafe<Json>(Type.Unknown()), {
      description:
        'JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked.',
      examples: [{ type: 'object', required: ['id'] }],
    }),
  ),
  ipVersion: Type.Optional(
    Type.Union([Type.Literal(4), Type.Literal(6), Type.Literal('any')], {
      default: 'any',
      description: 'Connect over this version of IP only.',
    }),
  ),
  maxBodyBytes: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 10_485_760,
      default: DEFAULT_MAX_BODY_BYTES,
      description:
        'How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded.',
    }),
  ),
  apiAuthConfig: Type.Optional(ApiAuthConfig),
  proxyUrl: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2_048,
      description:
        'Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://.',
      examples: ['http://proxy.example:3128', 'socks5h://user:…@proxy.example:1080'],
    }),
  ),
  ...TlsFields,
})

export type HttpConfig = Static<typeof HttpConfig>
