import {
  type DayBar,
  type DayCalendar,
  dayBars,
  dayCalendar,
  type MonitorStatus,
  touchesByDay,
  type UptimeWindows,
  uptimeWindows,
} from '#domain'
import type { IncidentTime, StatusPage } from '#storage'
import { statusOf } from '../monitors/present.ts'
import type { RouteDeps } from '../routes.ts'

const DAY_MS = 86_400_000
const DAYS_SHOWN = 90
/** Monitors worked out before others get their turn. */
const MONITORS_AT_ONCE = 50

/** What a page shows of a monitor beside its name. */
export interface ComponentFigures {
  /** The monitor's own. */
  name: string
  status: MonitorStatus
  uptime: UptimeWindows
  days: (Pick<DayBar, 'date' | 'status' | 'uptime'> & { incidents: number })[]
  /** ms; null also where it is not to be shown. */
  avgResponseTime24h: number | null
}

/** The figures of all monitors of a page, with three reads, however many they are. */
export async function pageFigures(
  { store, engine, clock }: Pick<RouteDeps, 'store' | 'engine' | 'clock'>,
  { components }: Pick<StatusPage, 'components'>,
  timezone: string,
): Promise<Map<string, ComponentFigures>> {
  const nowMs = clock.nowMs()
  const calendar = dayCalendar({ timezone, days: DAYS_SHOWN, nowMs })
  const fromMs = Math.min(nowMs - DAYS_SHOWN * DAY_MS, calendar.boundariesMs[0] ?? nowMs)
  const ids = components.map(({ monitorId }) => monitorId)
  const timed = components.flatMap(({ monitorId, showResponseTime }) => (showResponseTime ? [monitorId] : []))
  const [spans, incidents, averages] = await Promise.all([
    store.spans.listMany(ids, { fromMs, toMs: nowMs }),
    store.incidentHistory.during(ids, { fromMs, toMs: nowMs }, { onlyPublic: true }),
    store.results.averages(timed, { fromMs: nowMs - DAY_MS, toMs: nowMs }),
  ])
  const byMonitor = Map.groupBy(incidents, ({ monitorId }) => monitorId)
  const figures = new Map<string, ComponentFigures>()
  for (const [at, id] of ids.entries()) {
    if (at > 0 && at % MONITORS_AT_ONCE === 0) await new Promise<void>((resolve) => setImmediate(resolve))
    const monitor = engine.monitor(id)
    // One that was deleted since the page was read.
    if (monitor === null) continue
    const state = engine.state(id)
    const running = state?.span ?? null
    const ended = spans.get(id) ?? []
    const averageMs = averages.get(id)
    figures.set(id, {
      name: monitor.settings.name,
      status: statusOf(monitor, state),
      uptime: uptimeWindows(ended, running, nowMs),
      days: daysOf(dayBars(ended, running, calendar), byMonitor.get(id) ?? [], calendar),
      avgResponseTime24h: averageMs === undefined ? null : Math.round(averageMs * 10) / 10,
    })
  }
  return figures
}

function daysOf(bars: DayBar[], incidents: IncidentTime[], calendar: DayCalendar): ComponentFigures['days'] {
  const counts = incidents.length === 0 ? [] : touchesByDay(incidents, calendar)
  return bars.map(({ date, status, uptime }, at) => ({ date, status, uptime, incidents: counts[at] ?? 0 }))
}
