import { type Static, Type } from 'typebox'
import { type Json, MONITOR_STATUSES, ROOT_CAUSE_CATEGORIES, SEVERITIES, STAGES, UPDATE_STATUSES } from '#domain'
import { CountFields, OrNull, Removed, Time, TimeOrNull } from '../answer-fields.ts'

const RESOLUTIONS = ['recovered', 'monitor paused', 'monitor deleted', 'monitor disabled', 'manual'] as const

const IncidentActor = Type.Object(
  {
    id: Type.String({ description: 'Id of the API key or the member.', examples: ['key_4f7k2p9x1c8w5z3a'] }),
    name: Type.String({ examples: ['ci'] }),
  },
  { title: 'IncidentActor' },
)

const IncidentMonitor = Type.Object(
  {
    id: Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }),
    name: Type.String({ description: 'As it was called when the incident opened.', examples: ['Production API'] }),
    status: OrNull(Type.Enum(MONITOR_STATUSES), 'Its status now; null when it is gone.'),
  },
  { title: 'IncidentMonitor' },
)

const IncidentUpdate = Type.Object(
  {
    id: Type.String({ examples: ['upd_4f7k2p9x1c8w5z3a'] }),
    at: Time('When it was said.'),
    status: Type.Enum(UPDATE_STATUSES, { examples: ['identified'] }),
    message: Type.String({ description: 'Plain text.', examples: ['The database is out of connections.'] }),
    isPublic: Type.Boolean({ description: 'Whether status pages may show it.' }),
    by: OrNull(IncidentActor, 'Who said it; null: StatusApp itself.'),
  },
  { title: 'IncidentUpdate' },
)

const rowFields = {
  id: Type.String({ examples: ['inc_4f7k2p9x1c8w5z3a'] }),
  incidentNumber: Type.String({
    description: "Its number in the account's row of incidents.",
    examples: ['INC-00001'],
  }),
  title: Type.String({ examples: ['Production API is down'] }),
  monitorId: OrNull(
    Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }),
    'The monitor that it is about, the first of several; null for one of no monitor.',
  ),
  monitorName: OrNull(Type.String({ examples: ['Production API'] }), 'As it was called when the incident opened.'),
  monitors: Type.Array(IncidentMonitor, { description: 'All monitors that it is about.' }),
  startedAt: Time('The first failing check, or when people say that it began.'),
  resolvedAt: TimeOrNull('When it ended.'),
  duration: Type.Integer({ minimum: 0, description: 'Seconds; it runs while the incident is open.', examples: [900] }),
  isResolved: Type.Boolean({ examples: [true] }),
  isManual: Type.Boolean({ description: 'Whether people opened it.', examples: [false] }),
  severity: Type.Enum(SEVERITIES, { examples: ['HIGH'] }),
  status: Type.Enum(['active', 'resolved'], { examples: ['resolved'] }),
  stage: Type.Enum(STAGES, { description: 'How far people are with it.', examples: ['identified'] }),
  isPublic: Type.Boolean({ description: 'Whether status pages may show it.' }),
  rootCause: OrNull(Type.String({ examples: ['Database connection timeout'] }), 'Null while nobody knows.'),
  rootCauseCategory: Type.Enum(ROOT_CAUSE_CATEGORIES, { examples: ['DATABASE_ISSUE'] }),
  affectedRegions: Type.Array(Type.String(), { examples: [['us-east-1', 'us-west-2']] }),
  checksFailed: Type.Integer({ minimum: 0, description: 'Checks that confirmed it.', examples: [3] }),
  checksTotal: Type.Integer({ minimum: 0, examples: [3] }),
  mttr: OrNull(Type.Integer({ minimum: 0, examples: [900] }), 'Seconds to the end; null while it is open.'),
  acknowledgedAt: TimeOrNull('When someone took it on.'),
  assignee: OrNull(Type.String({ examples: ['ana@example.com'] }), 'Who sees to it.'),
}

export const IncidentRow = Type.Object(rowFields, { title: 'IncidentRow' })
export type IncidentRow = Static<typeof IncidentRow>

export const Incident = Type.Object(
  {
    ...rowFields,
    acknowledgedBy: OrNull(IncidentActor, 'Who took it on.'),
    openedBy: OrNull(IncidentActor, 'Null: StatusApp itself.'),
    resolvedBy: OrNull(IncidentActor, 'Who resolved it by hand.'),
    resolution: OrNull(Type.Enum(RESOLUTIONS), 'Why it ended; `manual`: people resolved it.'),
    evidence: Type.Unsafe<Json>({
      description:
        'What the failing check saw: status, headers, first 4 KB of the answer, trace. Null for manual ones.',
    }),
    postMortem: OrNull(Type.String(), 'What happened, and what follows from it.'),
    updates: Type.Array(IncidentUpdate, { description: 'The timeline, oldest first.' }),
    warnings: Type.Optional(Type.Array(Type.String(), { description: 'What is worth knowing of this answer.' })),
  },
  { title: 'Incident' },
)
export type IncidentAnswer = Static<typeof Incident>

export const IncidentList = Type.Object(
  { incidents: Type.Array(IncidentRow), ...CountFields },
  { title: 'IncidentList' },
)
export const IncidentRemoved = Removed('IncidentRemoved', 'Incident deleted successfully')
