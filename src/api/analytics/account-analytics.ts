import { type Static, Type } from 'typebox'
import { calendarStarts, type MonitorStatus } from '#domain'
import { OrNull } from '../answer-fields.ts'
import { statusOf } from '../monitors/present.ts'
import type { RouteDeps } from '../routes.ts'
import { timezoneOf } from '../timezone.ts'
import type { AccountPerformanceReader } from './account-performance.ts'
import { PERIODS, type Period } from './period.ts'
import { tenths } from './response-fields.ts'

const Count = (description: string, example: number) => Type.Integer({ minimum: 0, description, examples: [example] })

export const AccountAnalytics = Type.Object(
  {
    period: Type.Enum(PERIODS, { description: 'What `avgMttr` and `performance` are over.' }),
    timezone: Type.String({ description: 'Whose midnight begins today and this week.', examples: ['UTC'] }),
    monitors: Type.Object({
      total: Count('All monitors.', 12),
      active: Count('Those that are checked.', 11),
      paused: Count('Those that are paused or switched off.', 1),
      up: Count('Those that are up.', 9),
      down: Count('Those that are down.', 1),
      degraded: Count('Those that are up, but slow.', 1),
      pending: Count('Those of which nothing is known yet.', 0),
      maintenance: Count('Those in maintenance.', 0),
    }),
    incidents: Type.Object({
      open: Count('Open now.', 1),
      resolvedToday: Count('That ended since midnight.', 2),
      resolvedThisWeek: Count('That ended since Monday.', 5),
      avgMttr: OrNull(
        Type.Number({ minimum: 0, examples: [840] }),
        'Mean seconds from start to end of those that ended in the period; null of none.',
      ),
    }),
    performance: Type.Object({
      avgResponseTime: OrNull(Type.Number({ minimum: 0, examples: [250] }), 'Mean over all checks, ms.'),
      p95ResponseTime: OrNull(Type.Number({ minimum: 0, examples: [350] }), '95 in 100 are at most this, ms.'),
      overallUptime: OrNull(
        Type.Number({ minimum: 0, maximum: 100, examples: [99.95] }),
        'Percent of the known time of all monitors together.',
      ),
    }),
  },
  { title: 'AccountAnalytics' },
)

/** How an account's monitors stand now, and what they did over a period. */
export async function accountAnalytics(
  { store, engine }: Pick<RouteDeps, 'store' | 'engine'>,
  performance: AccountPerformanceReader,
  accountId: string,
  period: Period,
): Promise<Static<typeof AccountAnalytics>> {
  const timezone = await timezoneOf(store, accountId)
  const { todayMs, weekMs } = calendarStarts(period.toMs, timezone)
  // The moment itself is past once it is asked about.
  const toMs = period.toMs + 1
  const ids = await store.monitors.ids(accountId)
  const [open, today, week, resolved, found] = await Promise.all([
    store.incidentHistory.openCount(accountId),
    store.incidentHistory.resolved(accountId, { fromMs: todayMs, toMs }),
    store.incidentHistory.resolved(accountId, { fromMs: weekMs, toMs }),
    store.incidentHistory.resolved(accountId, { fromMs: period.fromMs, toMs }),
    performance.read(accountId, ids, period),
  ])
  return {
    period: period.name === 'custom' ? '24h' : period.name,
    timezone,
    monitors: countByStatus(engine, ids),
    incidents: {
      open,
      resolvedToday: today.count,
      resolvedThisWeek: week.count,
      avgMttr: resolved.averageDurationMs === null ? null : Math.round(resolved.averageDurationMs / 1000),
    },
    performance: {
      avgResponseTime: tenths(found.averageMs),
      p95ResponseTime: tenths(found.p95Ms),
      overallUptime: found.uptime,
    },
  }
}

function countByStatus(engine: RouteDeps['engine'], ids: string[]) {
  const counts: { [status in MonitorStatus]: number } = {
    UP: 0,
    DOWN: 0,
    DEGRADED: 0,
    PENDING: 0,
    PAUSED: 0,
    MAINTENANCE: 0,
  }
  let total = 0
  for (const id of ids) {
    const monitor = engine.monitor(id)
    // One that was deleted since the ids were read.
    if (monitor === null) continue
    counts[statusOf(monitor, engine.state(id))]++
    total++
  }
  return {
    total,
    active: total - counts.PAUSED,
    paused: counts.PAUSED,
    up: counts.UP,
    down: counts.DOWN,
    degraded: counts.DEGRADED,
    pending: counts.PENDING,
    maintenance: counts.MAINTENANCE,
  }
}
