import { Type } from 'typebox'
import { type MonitorType, SEVERITIES } from '#domain'
import { OneLine } from '../body-fields.ts'

/** Longest interval in seconds; jobs may run once in 400 days. */
const INTERVAL_MAX_S = 86_400
const CRON_INTERVAL_MAX_S = 34_560_000
export const DEFAULT_INTERVAL_S = 300
export const DEFAULT_TIMEOUT_S = 30
export const DEFAULT_CRON_INTERVAL_S = 86_400

const MonitorId = Type.String({ pattern: '^mon_[a-z0-9]{16}$', expected: 'a monitor id such as mon_4f7k2p9x1c8w5z3a' })
const ChannelId = Type.String({ pattern: '^nc_[a-z0-9]{16}$', expected: 'a channel id such as nc_4f7k2p9x1c8w5z3a' })
/** No control characters: these texts reach subjects, headers and log lines. */
const LINE = '^[^\\u0000-\\u001f\\u007f]*$'

/** The fields that every type has, in the units of the API. Those of a type itself come from its probe. */
export const CommonFields = {
  name: OneLine(200, { description: 'What people call it. Need not be unique.' }),
  url: Type.String({
    minLength: 1,
    maxLength: 2048,
    pattern: '^[^\\s\\u0000-\\u001f\\u007f]+$',
    expected: 'a URL or host of at most 2048 characters, without blanks',
    description: 'What is watched. Not needed for CRON.',
  }),
  description: Type.String({ maxLength: 2000, description: 'Notes for people.' }),
  tags: Type.Array(
    Type.String({ minLength: 1, maxLength: 50, pattern: LINE, expected: 'a text of 1 to 50 characters' }),
    {
      maxItems: 50,
      description: 'Labels to filter by.',
    },
  ),
  interval: Type.Integer({
    minimum: 5,
    maximum: INTERVAL_MAX_S,
    description: 'Seconds between checks; the plan sets the shortest.',
    default: DEFAULT_INTERVAL_S,
  }),
  timeout: Type.Integer({
    minimum: 1,
    maximum: 300,
    description: 'Seconds within which a check must end; never longer than the interval.',
    default: DEFAULT_TIMEOUT_S,
  }),
  enabledRegions: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
    minItems: 1,
    maxItems: 100,
    description: 'Regions that check it, by code or id. Default: every active region.',
  }),
  confirmationChecks: Type.Integer({
    minimum: 1,
    maximum: 10,
    description: 'Failures in a row that confirm an outage.',
    default: 3,
  }),
  recoveryChecks: Type.Integer({
    minimum: 1,
    maximum: 10,
    description: 'Successes in a row that confirm a recovery.',
    default: 1,
  }),
  regionQuorum: Type.Union(
    [Type.Literal('any'), Type.Literal('majority'), Type.Literal('all'), Type.Integer({ minimum: 1, maximum: 100 })],
    { description: 'How many regions must fail before it is DOWN.', default: 'majority' },
  ),
  degradedThreshold: Type.Integer({
    minimum: 1,
    maximum: 300_000,
    description: 'A success slower than this many ms is DEGRADED.',
  }),
  upsideDown: Type.Boolean({ description: 'A failing check is the good state.', default: false }),
  severity: Type.Enum(SEVERITIES, { description: 'Severity of its incidents. Default: by the extent of the outage.' }),
  notificationChannelIds: Type.Array(ChannelId, { maxItems: 100, description: 'Channels that are told.', default: [] }),
  dependsOn: Type.Array(MonitorId, {
    maxItems: 50,
    description: 'Monitors whose outage holds the alerts of this one.',
    default: [],
  }),
  regressionEnabled: Type.Boolean({ description: 'Watch for slower responses than usual.', default: false }),
  regressionThreshold: Type.Number({ minimum: 25, maximum: 200, description: 'Percent.', default: 50 }),
  regressionPeriod: Type.Integer({ minimum: 1, maximum: 30, description: 'Days of the baseline.', default: 7 }),
  isActive: Type.Boolean({ description: 'Switched off monitors are not checked.', default: true }),
}

export type CommonField = keyof typeof CommonFields

const CronInterval = Type.Integer({
  minimum: 5,
  maximum: CRON_INTERVAL_MAX_S,
  description: 'Seconds between beats, unless a schedule is given.',
  default: DEFAULT_CRON_INTERVAL_S,
})

/** The common fields as a type takes them. */
export function commonFieldsFor(type: MonitorType): typeof CommonFields {
  return type === 'CRON' ? { ...CommonFields, interval: CronInterval } : CommonFields
}

/** What answers show and requests may carry back unread. */
export const READ_ONLY_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'status',
  'isPaused',
  'createdAt',
  'updatedAt',
  'lastCheckedAt',
  'avgResponseTime24h',
  'uptime90d',
  'certificate',
  'heartbeatUrl',
  'nextExpectedAt',
  'lastPingAt',
  'statusSince',
  'statusReason',
  'warnings',
])

/** Other names that documents of users have. */
export const FIELD_ALIASES: ReadonlyMap<string, CommonField> = new Map([['enabledWorkerRegionIds', 'enabledRegions']])
/** Taken and not needed: phases are always kept. */
export const IGNORED_FIELDS: ReadonlySet<string> = new Set(['performanceTimings'])
export const TYPE_ALIASES: ReadonlyMap<string, MonitorType> = new Map([
  ['HTTP', 'WEBSITE'],
  ['HTTPS', 'WEBSITE'],
])
