import { type Static, Type } from 'typebox'
import { CHECK_STATUSES, type Json, MONITOR_STATUSES, ROOT_CAUSE_CATEGORIES } from '#domain'
import { MONITOR_TYPES } from '#probes'
import { CountFields, OrNull, Removed, Time, TimeOrNull } from '../answer-fields.ts'

const MonitorIdField = Type.String({ description: 'Id of the monitor.', examples: ['mon_4f7k2p9x1c8w5z3a'] })
const Status = Type.Enum(MONITOR_STATUSES, {
  description: '`PENDING`: not yet known, or not to be measured now; `statusReason` says why.',
  examples: ['UP'],
})
const HeartbeatUrl = Type.String({
  description: 'Of CRON: where the job reports. Masked once the monitor has an address of its own.',
  examples: ['https://statusapp.io/api/v1/heartbeat/mon_4f7k2p9x1c8w5z3a'],
})
const Milliseconds = OrNull(Type.Number({ minimum: 0 }))

/** What lists show of a monitor. */
export const RowFields = {
  id: MonitorIdField,
  name: Type.String({ description: 'What people call it.', examples: ['Production API'] }),
  url: OrNull(Type.String({ examples: ['https://api.example.com'] }), 'What is watched; passwords are masked.'),
  type: Type.Unsafe<string>(Type.Enum(MONITOR_TYPES, { description: 'What kind of check it is.', examples: ['API'] })),
  status: Status,
  interval: Type.Number({ description: 'Seconds between checks.', examples: [300] }),
  timeout: Type.Number({ description: 'Seconds within which a check must end.', examples: [30] }),
  isActive: Type.Boolean({ description: 'Switched off monitors are not checked.', examples: [true] }),
  isPaused: Type.Boolean({ description: 'Whether it is paused.', examples: [false] }),
  tags: Type.Array(Type.String(), { description: 'Labels to filter by.', examples: [['production']] }),
  lastCheckedAt: TimeOrNull('When it was last checked.'),
  avgResponseTime24h: OrNull(
    Type.Number({ minimum: 0, examples: [250] }),
    'Mean response time of the last 24 hours in ms; null while nothing is known.',
  ),
  uptime90d: OrNull(
    Type.Number({ minimum: 0, maximum: 100, examples: [99.95] }),
    'Percent of the last 90 days; null while nothing is known.',
  ),
  createdAt: Time('When it was made.'),
  updatedAt: Time('When its configuration last changed.'),
}

/** A row of the list. */
const MonitorRow = Type.Object(
  { ...RowFields, heartbeatUrl: Type.Optional(HeartbeatUrl) },
  { title: 'MonitorRow', description: 'A monitor as lists show it.' },
)

export const MonitorList = Type.Object({ monitors: Type.Array(MonitorRow), ...CountFields }, { title: 'MonitorList' })

/** What a single monitor shows beside its row and its configuration. */
export const StateFields = {
  statusSince: TimeOrNull('Since when it has its status.'),
  statusReason: OrNull(Type.String(), 'Why its status is not known.'),
  warnings: Type.Array(Type.String(), {
    description: 'What is allowed but will not do what it seems to.',
    examples: [[]],
  }),
}

/** What a CRON monitor shows of its job. */
export const HeartbeatFields = {
  heartbeatUrl: HeartbeatUrl,
  lastPingAt: TimeOrNull('When the job last reported.'),
  nextExpectedAt: TimeOrNull('When it is expected next.'),
}

/** The certificate that a check saw last. */
export const CertificateField = OrNull(
  Type.Object(
    {
      subject: Type.String({ examples: ['CN=example.com'] }),
      issuer: Type.String({ examples: ['CN=Example CA'] }),
      validTo: Time('When it ends.'),
      daysLeft: Type.Integer({ description: 'Whole days until then.', examples: [42] }),
      fingerprint256: Type.String({ description: 'SHA-256 of the certificate.' }),
    },
    { title: 'Certificate', description: 'The certificate that a check saw last.' },
  ),
)

export const PauseState = Type.Object(
  { id: MonitorIdField, isPaused: Type.Boolean({ examples: [true] }), status: Status },
  { title: 'PauseState' },
)
export const RemovedMonitor = Removed('RemovedMonitor', 'Monitor deleted successfully')
export const NewHeartbeatUrl = Type.Object(
  { id: MonitorIdField, heartbeatUrl: HeartbeatUrl },
  { title: 'NewHeartbeatUrl' },
)

/** A check: run now, tried out or saved. */
export const Check = Type.Object(
  {
    region: Type.String({ description: 'Where it ran.', examples: ['us-east-1'] }),
    status: Type.Enum(CHECK_STATUSES, {
      description: 'What this one check found. `UNKNOWN`: it could not be measured, and the target is not to blame.',
      examples: ['DOWN'],
    }),
    checkedAt: Type.String({
      format: 'date-time',
      description: 'When it started, with milliseconds.',
      examples: ['2025-01-21T10:30:00.123Z'],
    }),
    statusCode: OrNull(Type.Number({ examples: [500] }), 'HTTP status, or a number that the type has in its place.'),
    responseTime: OrNull(
      Type.Number({ minimum: 0, examples: [1250] }),
      'Duration in ms; null when nothing was measured.',
    ),
    phases: Type.Object(
      { dns: Milliseconds, connect: Milliseconds, tls: Milliseconds, firstByte: Milliseconds, download: Milliseconds },
      { description: 'Where the time went, in ms; null for what did not happen.' },
    ),
    error: OrNull(Type.String({ examples: ['expected status 200, got 500'] }), 'What was expected and what came.'),
    rootCauseCategory: OrNull(Type.Unsafe<string>(Type.Enum(ROOT_CAUSE_CATEGORIES)), 'The kind of failure.'),
    details: Type.Unsafe<Json>(
      Type.Unknown({ description: 'Facts of the type: certificate, DNS answers, loss and round trips.' }),
    ),
  },
  { title: 'Check' },
)
export type Check = Static<typeof Check>

export const CheckResults = Type.Object(
  { results: Type.Array(Check, { description: 'One per region.' }) },
  { title: 'CheckResults' },
)
export const CheckList = Type.Object({ checks: Type.Array(Check), ...CountFields }, { title: 'CheckList' })

const Heartbeat = Type.Object(
  {
    at: Time('When it came.'),
    kind: Type.Enum(['success', 'fail', 'start', 'log'], { description: 'What it said.' }),
    duration: OrNull(Type.Number({ minimum: 0, examples: [12.5] }), 'Seconds since its start, where that was told.'),
    message: OrNull(Type.String(), 'What it said in words.'),
    exitStatus: OrNull(Type.Integer({ minimum: 0, maximum: 255 }), 'Exit status of the job.'),
    source: OrNull(Type.String(), 'Address and user agent of the sender.'),
    rid: OrNull(Type.String(), 'The run that it belongs to.'),
  },
  { title: 'Heartbeat' },
)
export const HeartbeatList = Type.Object(
  { heartbeats: Type.Array(Heartbeat), ...CountFields },
  { title: 'HeartbeatList' },
)
