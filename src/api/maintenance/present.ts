import { type Static, Type } from 'typebox'
import {
  MAINTENANCE_STATUSES,
  type MaintenanceWindow,
  maintenanceStatus,
  type Occurrence,
  occurrencesAfter,
  type Recurrence,
  runningOccurrence,
} from '#domain'
import { CountFields, OrNull, Removed, Time, TimeOrNull } from '../answer-fields.ts'
import { isoSeconds } from '../http/times.ts'
import { RecurrenceFields } from './bodies.ts'

/** How many occurrences that are to come an answer shows. */
const NEXT_SHOWN = 3

const OccurrenceAnswer = Type.Object(
  { startsAt: Time('When it begins.'), endsAt: Time('When it ends.') },
  { title: 'MaintenanceOccurrence' },
)

const { frequency, interval, weekdays, dayOfMonth, weekOfMonth, weekday, count } = RecurrenceFields
const RecurrenceAnswer = Type.Object(
  {
    frequency,
    interval,
    weekdays: Type.Optional(weekdays),
    dayOfMonth: Type.Optional(dayOfMonth),
    weekOfMonth: Type.Optional(weekOfMonth),
    weekday: Type.Optional(weekday),
    until: TimeOrNull('No occurrence begins later.'),
    count: OrNull(count),
  },
  { title: 'MaintenanceRecurrence' },
)

export const MaintenanceWindowAnswer = Type.Object(
  {
    id: Type.String({ examples: ['mw_4f7k2p9x1c8w5z3a'] }),
    title: Type.String({ description: 'What people call it.', examples: ['Database upgrade'] }),
    description: OrNull(Type.String(), 'What is done.'),
    startsAt: Time('When the first occurrence begins.'),
    endsAt: Time('When the first occurrence ends.'),
    monitorIds: Type.Array(Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }), {
      description: 'Monitors that it is about; empty with `allMonitors`.',
    }),
    allMonitors: Type.Boolean({ description: 'Every monitor of the account, those made later too.' }),
    timezone: Type.String({ description: 'Whose calendar and clocks it follows.', examples: ['Europe/Berlin'] }),
    recurrence: OrNull(RecurrenceAnswer, 'Null: it takes place once.'),
    status: Type.Enum(MAINTENANCE_STATUSES, {
      description: 'SCHEDULED: it has yet to come, or to come again. COMPLETED: it comes no more.',
      examples: ['SCHEDULED'],
    }),
    currentOccurrence: OrNull(OccurrenceAnswer, 'The occurrence that is in progress.'),
    nextOccurrences: Type.Array(OccurrenceAnswer, { description: `The next ${NEXT_SHOWN} that have yet to begin.` }),
    createdAt: Time('When it was made.'),
    updatedAt: Time('When it last changed.'),
  },
  { title: 'MaintenanceWindow' },
)
export const MaintenanceWindowList = Type.Object(
  { maintenanceWindows: Type.Array(MaintenanceWindowAnswer), ...CountFields },
  { title: 'MaintenanceWindowList' },
)
export const CANCELLED_MESSAGE = 'Maintenance window cancelled successfully'
export const CancelledMaintenanceWindow = Removed('CancelledMaintenanceWindow', CANCELLED_MESSAGE)

/** A window as answers show it, with its status as of `nowMs`. */
export function presentWindow(window: MaintenanceWindow, nowMs: number): Static<typeof MaintenanceWindowAnswer> {
  const isCancelled = window.cancelledAtMs !== null
  const current = runningOccurrence(window, nowMs)
  return {
    id: window.id,
    title: window.title,
    description: window.description,
    startsAt: isoSeconds(window.startsAtMs),
    endsAt: isoSeconds(window.endsAtMs),
    monitorIds: [...window.monitorIds],
    allMonitors: window.allMonitors,
    timezone: window.timezone,
    recurrence: window.recurrence === null ? null : presentRecurrence(window.recurrence),
    status: maintenanceStatus(window, nowMs),
    currentOccurrence: current === null ? null : presentOccurrence(current),
    nextOccurrences: isCancelled ? [] : occurrencesAfter(window, nowMs, NEXT_SHOWN).map(presentOccurrence),
    createdAt: isoSeconds(window.createdAtMs),
    updatedAt: isoSeconds(window.updatedAtMs),
  }
}

/** A recurrence as answers show it, which a request can carry back. */
export function presentRecurrence({ untilMs, ...rule }: Recurrence): Static<typeof RecurrenceAnswer> {
  const until = isoSeconds(untilMs)
  return rule.frequency === 'weekly' ? { ...rule, weekdays: [...rule.weekdays], until } : { ...rule, until }
}

function presentOccurrence({ startsAtMs, endsAtMs }: Occurrence): Static<typeof OccurrenceAnswer> {
  return { startsAt: isoSeconds(startsAtMs), endsAt: isoSeconds(endsAtMs) }
}
