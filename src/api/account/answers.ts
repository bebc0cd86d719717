import { Type } from 'typebox'
import { PLANS } from '#domain'
import { OrNull, Time } from '../answer-fields.ts'

/** Null where the plan sets no limit. */
const Most = (description: string, example: number) =>
  OrNull(Type.Integer({ examples: [example] }), `${description} Null: as many as you like.`)

const Limits = Type.Object(
  {
    requestsPerHour: Type.Integer({ description: 'API requests an hour.', examples: [1_000] }),
    shortestInterval: Type.Integer({ description: 'Shortest interval of a monitor in seconds.', examples: [60] }),
    rawRetentionDays: Most('Days for which single check results are kept.', 30),
    monitors: Most('Monitors.', 50),
    statusPages: Most('Status pages.', 3),
    seats: Most('Members, with open invitations.', 3),
  },
  { title: 'PlanLimits', description: 'What the plan gives.' },
)

export const ShownAccount = Type.Object(
  {
    id: Type.String({ examples: ['acc_k3v9x0q2m7c1w8ta'] }),
    email: OrNull(Type.String({ examples: ['ada@example.com'] }), 'Where its owner is reached.'),
    name: Type.String({ examples: ['Example Ltd'] }),
    accountStatus: Type.Enum(['active', 'suspended'], { examples: ['active'] }),
    plan: Type.Enum(PLANS, { examples: ['STARTER'] }),
    language: Type.String({ description: 'BCP 47.', examples: ['en'] }),
    timezone: Type.String({ description: 'IANA name.', examples: ['Europe/Berlin'] }),
    createdAt: Time('When it was made.'),
    limits: Limits,
  },
  { title: 'Account' },
)

export const Usage = Type.Object(
  {
    totalRequests: Type.Integer({ description: 'Requests of the period, by API keys.', examples: [1_204] }),
    requestsByEndpoint: Type.Record(Type.String(), Type.Integer(), {
      description: 'The same by method and path, the busiest first.',
      examples: [{ 'GET /monitors': 1_200, 'PUT /monitors/{monitorId}': 4 }],
    }),
    period: Type.Object(
      { from: Time('First moment counted.'), to: Time('Until now.') },
      { description: 'The last 30 days, whole days in UTC.' },
    ),
    rateLimit: Type.Object(
      {
        limit: Type.Integer({ examples: [1_000] }),
        used: Type.Integer({ examples: [144] }),
        remaining: Type.Integer({ examples: [856] }),
        resetAt: Time('When the next hour begins.'),
      },
      { description: 'Where the running hour stands, this request included.' },
    ),
    monitors: Type.Object({
      limit: Most('Monitors of the plan.', 50),
      used: Type.Integer({ examples: [12] }),
    }),
  },
  { title: 'AccountUsage' },
)
