import { type Static, Type } from 'typebox'
import { dayBars, dayCalendar, type Monitor, touchesByDay } from '#domain'
import { OrNull } from '../answer-fields.ts'
import type { RouteDeps } from '../routes.ts'
import { timezoneOf } from '../timezone.ts'

const DAYS = 90

const MonitorDay = Type.Object(
  {
    date: Type.String({ format: 'date', examples: ['2025-01-21'] }),
    status: Type.Enum(['UP', 'DEGRADED', 'DOWN', 'MAINTENANCE', 'PAUSED', 'UNKNOWN', 'NO_DATA'], {
      description: 'The worst of DOWN, DEGRADED and UP that happened; where none did, why.',
    }),
    uptime: OrNull(Type.Number({ minimum: 0, maximum: 100, examples: [100] }), 'Percent of its known time.'),
    down: Type.Number({ minimum: 0, description: 'Seconds in which it was down.', examples: [0] }),
    incidents: Type.Integer({ minimum: 0, description: 'Incidents that touch the day.', examples: [0] }),
  },
  { title: 'MonitorDay' },
)

export const MonitorDays = Type.Object(
  {
    monitorId: Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }),
    timezone: Type.String({ description: 'Whose midnights part the days.', examples: ['UTC'] }),
    days: Type.Array(MonitorDay, { description: `The last ${DAYS} days, oldest first, today last.` }),
  },
  { title: 'MonitorDays' },
)

/** The last days of a monitor, one by one, in the time zone of its account. */
export async function monitorDays(
  { store, engine, clock }: Pick<RouteDeps, 'store' | 'engine' | 'clock'>,
  { id }: Monitor,
  accountId: string,
): Promise<Static<typeof MonitorDays>> {
  const nowMs = clock.nowMs()
  const timezone = await timezoneOf(store, accountId)
  const calendar = dayCalendar({ timezone, days: DAYS, nowMs })
  const range = { fromMs: calendar.boundariesMs[0] ?? nowMs, toMs: nowMs }
  const [spans, incidents] = await Promise.all([store.spans.list(id, range), store.incidentHistory.during([id], range)])
  const counts = touchesByDay(incidents, calendar)
  const bars = dayBars(spans, engine.state(id)?.span ?? null, calendar)
  return {
    monitorId: id,
    timezone,
    days: bars.map(({ date, status, uptime, measured }, at) => ({
      date,
      status,
      uptime,
      down: measured.downMs / 1000,
      incidents: counts[at] ?? 0,
    })),
  }
}
