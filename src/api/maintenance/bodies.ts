import { Type } from 'typebox'
import { WEEKDAYS } from '#domain'
import { Nullable, OneLine, readOnly } from '../body-fields.ts'

const MONITORS_MAX = 1_000
const FREQUENCIES = ['daily', 'weekly', 'monthly'] as const
/** So much is counted at once, when a window is read. */
const COUNT_MAX = 1_000

function moment(description: string, example: string) {
  return Type.String({ maxLength: 40, description, examples: [example] })
}

export const RecurrenceFields = {
  frequency: Type.Enum(FREQUENCIES, { description: 'How often it takes place again.', examples: ['weekly'] }),
  interval: Type.Integer({
    minimum: 1,
    maximum: 366,
    default: 1,
    description: 'Every so many days, weeks (from Monday) or months.',
    examples: [1],
  }),
  weekdays: Type.Array(Type.Enum(WEEKDAYS), {
    minItems: 1,
    maxItems: 7,
    description: 'Weekly: on which days. Default: the day of `startsAt`.',
    examples: [['SUN']],
  }),
  dayOfMonth: Type.Integer({
    minimum: -1,
    maximum: 31,
    description:
      'Monthly: on which day; -1 is the last one. A month without that day is left out. Default: that of `startsAt`.',
    examples: [1],
  }),
  weekOfMonth: Type.Integer({
    minimum: -1,
    maximum: 5,
    description: 'Monthly, with `weekday`, instead of `dayOfMonth`: the first to fifth such day; -1 is the last one.',
    examples: [2],
  }),
  weekday: Type.Enum(WEEKDAYS, { description: 'Monthly, with `weekOfMonth`.', examples: ['SUN'] }),
  until: moment('No occurrence begins later; a date counts whole.', '2025-12-31'),
  count: Type.Integer({ minimum: 1, maximum: COUNT_MAX, description: 'So many occurrences in all.', examples: [10] }),
}

const { frequency, ...rest } = RecurrenceFields
const Recurrence = Type.Object(
  {
    frequency,
    interval: Nullable(rest.interval),
    weekdays: Nullable(rest.weekdays),
    dayOfMonth: Nullable(rest.dayOfMonth),
    weekOfMonth: Nullable(rest.weekOfMonth),
    weekday: Nullable(rest.weekday),
    until: Nullable(rest.until),
    count: Nullable(rest.count),
  },
  { additionalProperties: false, title: 'NewMaintenanceRecurrence' },
)

const Title = OneLine(200, { description: 'What people call it.', examples: ['Database upgrade'] })
const StartsAt = moment(
  'When the first occurrence begins, ISO 8601; without a zone of its own by the clocks of `timezone`.',
  '2025-02-02T02:00:00Z',
)
const EndsAt = moment('When the first occurrence ends, likewise.', '2025-02-02T04:00:00Z')
const optionalFields = {
  description: Nullable(
    Type.String({ maxLength: 5_000, description: 'What is done; plain text.', examples: ['New disks.'] }),
  ),
  monitorIds: Nullable(
    Type.Array(Type.String({ maxLength: 64 }), {
      maxItems: MONITORS_MAX,
      description: 'Monitors that it is about. Empty or left out: every monitor of the account.',
      examples: [['mon_4f7k2p9x1c8w5z3a']],
    }),
  ),
  allMonitors: Nullable(
    Type.Boolean({ description: 'Every monitor of the account, those made later too.', examples: [false] }),
  ),
  timezone: Nullable(
    Type.String({
      maxLength: 64,
      default: 'UTC',
      description: 'IANA zone whose calendar and clocks a recurring window follows.',
      examples: ['Europe/Berlin'],
    }),
  ),
  recurrence: Type.Optional(
    Type.Union([Recurrence, Type.Enum(['none', ...FREQUENCIES]), Type.Null()], {
      expected: `an object with a frequency, one of "none", ${FREQUENCIES.map((name) => `"${name}"`).join(', ')}, or null`,
      description: 'Null: it takes place once. A word alone is a frequency with all defaults.',
    }),
  ),
  ...readOnly('id', 'status', 'currentOccurrence', 'nextOccurrences', 'createdAt', 'updatedAt'),
}

export const NewMaintenanceWindow = Type.Object(
  { title: Title, startsAt: StartsAt, endsAt: EndsAt, ...optionalFields },
  { additionalProperties: false, title: 'NewMaintenanceWindow' },
)
export const ChangedMaintenanceWindow = Type.Object(
  {
    title: Type.Optional(Title),
    startsAt: Type.Optional(StartsAt),
    endsAt: Type.Optional(EndsAt),
    ...optionalFields,
  },
  { additionalProperties: false, title: 'MaintenanceWindowChanges' },
)
