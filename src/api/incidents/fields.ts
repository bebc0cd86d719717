import { type TSchema, Type } from 'typebox'
import { ROOT_CAUSE_CATEGORIES, SEVERITIES, STAGES, UPDATE_STATUSES } from '#domain'

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

function line(maxLength: number, description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: '^(?!\\s*$)[^\\u0000-\\u001f\\u007f]+$',
    expected: `a text of 1 to ${maxLength} characters on one line, not only blanks`,
    description,
    examples: [example],
  })
}

function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Optional(Type.Union([schema, Type.Null()]))
}

const Title = line(200, 'What people call it.', 'Checkout is slow')
const Message = words(5_000, 'What to tell; plain text.', 'We are looking into it.')
const RootCause = words(1_000, 'Why it happened, in a sentence.', 'Database connection timeout')
const Assignee = line(200, 'Who sees to it: a name or an e-mail address.', 'ana@example.com')
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
    monitorIds: orNull(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: MONITORS_MAX,
        description: 'Monitors that it is about; none is fine.',
        examples: [['mon_4f7k2p9x1c8w5z3a']],
      }),
    ),
    status: orNull(Type.Enum(STAGES, { description: 'How far you are with it.', default: 'investigating' })),
    message: orNull(
      Type.Unsafe<string>({ ...Message, description: 'First entry of its timeline. Default: the title.' }),
    ),
    severity: orNull(Type.Unsafe<(typeof SEVERITIES)[number]>({ ...SeverityField, default: 'MEDIUM' })),
    isPublic: orNull(IsPublic),
    rootCause: orNull(RootCause),
    rootCauseCategory: orNull(CategoryField),
    assignee: orNull(Assignee),
    startedAt: orNull(
      Type.String({
        maxLength: 40,
        description: 'When it began, ISO 8601. Default: now.',
        examples: ['2025-01-21T10:00:00Z'],
      }),
    ),
  },
  { title: 'NewIncident', additionalProperties: false },
)

/** So that an answer can be changed and sent back. */
const ReadOnly = Type.Optional(Type.Unknown({ readOnly: true, description: 'Taken and ignored.' }))

export const IncidentChanges = Type.Object(
  {
    title: orNull(Title),
    severity: orNull(SeverityField),
    rootCause: orNull(RootCause),
    rootCauseCategory: orNull(CategoryField),
    assignee: orNull(Assignee),
    postMortem: orNull(PostMortem),
    isPublic: orNull(IsPublic),
    id: ReadOnly,
    incidentNumber: ReadOnly,
    monitorId: ReadOnly,
    monitorName: ReadOnly,
    monitors: ReadOnly,
    startedAt: ReadOnly,
    resolvedAt: ReadOnly,
    duration: ReadOnly,
    isResolved: ReadOnly,
    isManual: ReadOnly,
    status: ReadOnly,
    stage: ReadOnly,
    affectedRegions: ReadOnly,
    checksFailed: ReadOnly,
    checksTotal: ReadOnly,
    mttr: ReadOnly,
    acknowledgedAt: ReadOnly,
    acknowledgedBy: ReadOnly,
    openedBy: ReadOnly,
    resolvedBy: ReadOnly,
    resolution: ReadOnly,
    evidence: ReadOnly,
    updates: ReadOnly,
    warnings: ReadOnly,
  },
  {
    title: 'IncidentChanges',
    additionalProperties: false,
    description: 'Only the given fields change; null gives back what the engine found, or the default.',
  },
)

export const NewUpdate = Type.Object(
  {
    status: orNull(
      Type.Enum(UPDATE_STATUSES, {
        description: 'How far you are; `update` leaves that as it is, `resolved` ends the incident.',
        default: 'update',
      }),
    ),
    message: Message,
    isPublic: orNull(UpdateIsPublic),
  },
  { title: 'NewIncidentUpdate', additionalProperties: false },
)

export const Resolve = Type.Optional(
  Type.Object(
    { message: orNull(Message), isPublic: orNull(UpdateIsPublic) },
    {
      title: 'ResolveIncident',
      additionalProperties: false,
      description: 'Last entry of its timeline; may be left out.',
    },
  ),
)
