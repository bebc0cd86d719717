import { type Static, Type } from 'typebox'
import { coverage, type Monitor, measure, uptimePercent } from '#domain'
import { OrNull, Time } from '../answer-fields.ts'
import { isoSeconds } from '../http/times.ts'
import type { RouteDeps } from '../routes.ts'
import { PERIODS, type Period } from './period.ts'
import { presentFigures, ResponseFields } from './response-fields.ts'

const Seconds = (description: string) => Type.Number({ minimum: 0, description: `Seconds ${description}.` })

export const MonitorAnalytics = Type.Object(
  {
    monitorId: Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }),
    period: Type.Enum([...PERIODS, 'custom'], { description: '`custom` where the request says from when.' }),
    from: Time('Begin of the period, included.'),
    to: Time('End of the period, left out.'),
    uptime: OrNull(
      Type.Number({ minimum: 0, maximum: 100, examples: [99.95] }),
      'Percent of the known time in which it was up or degraded; null while nothing is known.',
    ),
    coverage: OrNull(
      Type.Number({ minimum: 0, maximum: 100, examples: [100] }),
      'Percent of the period about which something is known.',
    ),
    time: Type.Object(
      {
        up: Seconds('in which it was up'),
        degraded: Seconds('in which it was up, but slow'),
        down: Seconds('in which it was down'),
        noData: Seconds('about which nothing is known, or that do not count: paused or in maintenance'),
      },
      { description: 'What the uptime is made of; the parts add up to the period.' },
    ),
    ...ResponseFields,
    incidents: Type.Integer({ minimum: 0, description: 'Incidents that touch the period.', examples: [1] }),
    responseTimeByRegion: Type.Array(
      Type.Object({ region: Type.String({ examples: ['us-east-1'] }), ...ResponseFields }),
      {
        description: 'The same figures of each region that checked.',
      },
    ),
  },
  { title: 'MonitorAnalytics' },
)

/** What a monitor did over a period: uptime from its spans, all else from its checks. */
export async function monitorAnalytics(
  { store, engine }: Pick<RouteDeps, 'store' | 'engine'>,
  { id }: Monitor,
  { name, fromMs, toMs }: Period,
): Promise<Static<typeof MonitorAnalytics>> {
  const range = { fromMs, toMs }
  const [spans, { together, byRegion }, incidents] = await Promise.all([
    store.spans.list(id, range),
    store.results.totals(id, range),
    store.incidentHistory.during([id], range),
  ])
  const measured = measure(spans, engine.state(id)?.span ?? null, range)
  return {
    monitorId: id,
    period: name,
    from: isoSeconds(fromMs),
    to: isoSeconds(toMs),
    uptime: uptimePercent(measured),
    coverage: coverage(measured),
    time: {
      up: measured.upMs / 1000,
      degraded: measured.degradedMs / 1000,
      down: measured.downMs / 1000,
      noData: measured.unknownMs / 1000,
    },
    ...presentFigures(together),
    incidents: incidents.length,
    responseTimeByRegion: byRegion.map((figures) => ({ region: figures.region ?? '', ...presentFigures(figures) })),
  }
}
