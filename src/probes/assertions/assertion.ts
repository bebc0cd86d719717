import { type Static, Type } from 'typebox'
import type { Json } from '#domain'

/** Any JSON value, in a list or an object. */
const Anything = Type.Unsafe<Json>(Type.Unknown())

/** An object of JSON's. */
export const JsonObject = Type.Record(Type.String(), Anything)

const Source = Type.Union(
  [
    Type.Literal('status'),
    Type.Literal('header'),
    Type.Literal('body'),
    Type.Literal('json'),
    Type.Literal('responseTime'),
    Type.Literal('certificateDays'),
  ],
  {
    description:
      'What is looked at. `responseTime` is in ms, `certificateDays` the days that the certificate is valid for.',
  },
)
export type Source = Static<typeof Source>

const ComparisonName = Type.Union(
  [
    Type.Literal('equals'),
    Type.Literal('not_equals'),
    Type.Literal('contains'),
    Type.Literal('not_contains'),
    Type.Literal('exists'),
    Type.Literal('not_exists'),
    Type.Literal('is_empty'),
    Type.Literal('is_not_empty'),
    Type.Literal('matches'),
    Type.Literal('gt'),
    Type.Literal('lt'),
  ],
  { description: 'How it is compared. On what is missing, only `not_exists` and `is_empty` are true.' },
)
export type ComparisonName = Static<typeof ComparisonName>

/** One thing that must be true of an answer. */
export const Assertion = Type.Object(
  {
    source: Source,
    path: Type.Optional(
      Type.String({
        maxLength: 1_000,
        description:
          'Of `json`: a JSONPath query (RFC 9535); of `header`: its name. A query that finds several values must hold for each of them.',
        examples: ['$.data.status', 'content-type'],
      }),
    ),
    comparison: ComparisonName,
    target: Type.Optional(
      Type.Union(
        [
          Type.String({ maxLength: 10_000 }),
          Type.Number(),
          Type.Boolean(),
          Type.Null(),
          Type.Array(Anything, { maxItems: 1_000 }),
          JsonObject,
        ],
        {
          takes: 'any JSON value',
          description:
            'What it is compared with. In JSON, "5" and 5 are not equal. A whole number beyond 9007199254740991, which JSON numbers round, is given as text.',
          examples: ['ok', 200],
        },
      ),
    ),
  },
  { title: 'Assertion', additionalProperties: false, description: 'One thing that must be true of an answer.' },
)

export type Assertion = Static<typeof Assertion>
