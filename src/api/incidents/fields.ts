import { Type } from 'typebox'
import { ROOT_CAUSE_CATEGORIES, SEVERITIES, STAGES, UPDATE_STATUSES } from '#domain'
import { Nullable, OneLine, readOnly } from '../body-fields.ts'

/** At most so many monitors in an incident that people open. */
const MONITORS_MAX = 100

/** A text that says something: not only blanks. */
function words(maxLength: number, description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: '\\S',
    expected: `a text of 1 to ${maxLength.toLocaleString('en')} characters, not only blanks`,
    description,
    examples: [example],
  })
}

const Title = OneLine(200, { description: 'What people call it.', examples: ['Checkout is slow'] })
const Message = words(5_000, 'What to tell; plain text.', 'We are looking into it.')
const RootCause = words(1_000, 'Why it happened, in a sentence.', 'Database connection timeout')
const Assignee = OneLine(200, {
  description: 'Who sees to it: a name or an e-mail address.',
  examples: ['ana@example.com'],
})
const PostMortem = words(50_000, 'What happened, and what follows from it; plain text or Markdown.', 'At 10:00 …')
const SeverityField = Type.Enum(SEVERITIES, { description: 'How bad it is.', examples: ['HIGH'] })
const CategoryField = Type.Enum(ROOT_CAUSE_CATEGORIES, {
  description: 'What kind of cause it has.',
  examples: ['DATABASE_ISSUE'],
})
const IsPublic = Type.Boolean({ description: 'Whether status pages may show it. Default: true.' })
const UpdateIsPublic = Type.Boolean({
  description: 'Whether status pages may show this entry. Default: as the incident.',
})

export const NewIncident = Type.Object(
  {
    title: Title,
    monitorIds: Nullable(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: MONITORS_MAX,
        description: 'Monitors that it is about; none is fine.',
        examples: [['mon_4f7k2p9x1c8w5z3a']],
      }),
    ),
    status: Nullable(Type.Enum(STAGES, { description: 'How far you are with it.', default: 'investigating' })),
    message: Nullable(
      Type.Unsafe<string>({ ...Message, description: 'First entry of its timeline. Default: the title.' }),
    ),
    severity: Nullable(Type.Unsafe<(typeof SEVERITIES)[number]>({ ...SeverityField, default: 'MEDIUM' })),
    isPublic: Nullable(IsPublic),
    rootCause: Nullable(RootCause),
    rootCauseCategory: Nullable(CategoryField),
    assignee: Nullable(Assignee),
    startedAt: Nullable(
      Type.String({
        maxLength: 40,
        description: 'When it began, ISO 8601. Default: now.',
        examples: ['2025-01-21T10:00:00Z'],
      }),
    ),
  },
  { title: 'NewIncident', additionalProperties: false },
)

export const IncidentChanges = Type.Object(
  {
    title: Nullable(Title),
    severity: Nullable(SeverityField),
    rootCause: Nullable(RootCause),
    rootCauseCategory: Nullable(CategoryField),
    assignee: Nullable(Assignee),
    postMortem: Nullable(PostMortem),
    isPublic: Nullable(IsPublic),
    ...readOnly(
      'id',
      'incidentNumber',
      'monitorId',
      'monitorName',
      'monitors',
      'startedAt',
      'resolvedAt',
      'duration',
      'isResolved',
      'isManual',
      'status',
      'stage',
      'affectedRegions',
      'checksFailed',
      'checksTotal',
      'mttr',
      'acknowledgedAt',
      'acknowledgedBy',
      'openedBy',
      'resolvedBy',
      'resolution',
      'evidence',
      'updates',
      'warnings',
    ),
  },
  {
    title: 'IncidentChanges',
    additionalProperties: false,
    description: 'Only the given fields change; null gives back what the engine found, or the default.',
  },
)

export const NewUpdate = Type.Object(
  {
    status: Nullable(
      Type.Enum(UPDATE_STATUSES, {
        description: 'How far you are; `update` leaves that as it is, `resolved` ends the incident.',
        default: 'update',
      }),
    ),
    message: Message,
    isPublic: Nullable(UpdateIsPublic),
  },
  { title: 'NewIncidentUpdate', additionalProperties: false },
)

export const Resolve = Type.Optional(
  Type.Object(
    { message: Nullable(Message), isPublic: Nullable(UpdateIsPublic) },
    {
      title: 'ResolveIncident',
      additionalProperties: false,
      description: 'Last entry of its timeline; may be left out.',
    },
  ),
)
