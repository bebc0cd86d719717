import { type Static, Type } from 'typebox'

export const SOURCES = ['status', 'header', 'body', 'json', 'responseTime', 'certificateDays'] as const
export type Source = (typeof SOURCES)[number]

export const COMPARISONS = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'exists',
  'not_exists',
  'is_empty',
  'is_not_empty',
  'matches',
  'gt',
  'lt',
] as const
export type ComparisonName = (typeof COMPARISONS)[number]

/** One thing that must be true of an answer. */
export const Assertion = Type.Object(
  {
    source: Type.Union(
      SOURCES.map((source) => Type.Literal(source)),
      {
        description:
          'What is looked at. `responseTime` is in ms, `certificateDays` the days that the certificate is valid for.',
      },
    ),
    path: Type.Optional(
      Type.String({
        maxLength: 1_000,
        description:
          'Of `json`: a JSONPath query (RFC 9535); of `header`: its name. A query that finds several values must hold for each of them.',
        examples: ['$.data.status', 'content-type'],
      }),
    ),
    comparison: Type.Union(
      COMPARISONS.map((comparison) => Type.Literal(comparison)),
      { description: 'How it is compared. On what is missing, only `not_exists` and `is_empty` are true.' },
    ),
    target: Type.Optional(
      Type.Union(
        [
          Type.String({ maxLength: 10_000 }),
          Type.Number(),
          Type.Boolean(),
          Type.Null(),
          Type.Array(Type.Unknown(), { maxItems: 1_000 }),
          Type.Record(Type.String(), Type.Unknown()),
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
  { additionalProperties: false },
)

export type Assertion = Static<typeof Assertion>
