import { type MonitorState, measure, type Span, uptimePercent } from '#domain'
import type { RouteDeps } from '../routes.ts'

const DAY_MS = 86_400_000

/** What history says of a monitor; null while nothing is known. */
export interface MonitorFigures {
  /** Percent. */
  uptime90d: number | null
  /** ms. */
  avgResponseTime24h: number | null
}

export const NO_FIGURES: MonitorFigures = { uptime90d: null, avgResponseTime24h: null }

/** The figures of many monitors with two reads. */
export async function figuresOf(
  { store, engine, clock }: Pick<RouteDeps, 'store' | 'engine' | 'clock'>,
  monitorIds: string[],
): Promise<Map<string, MonitorFigures>> {
  if (monitorIds.length === 0) return new Map()
  const toMs = clock.nowMs()
  const [spans, averages] = await Promise.all([
    store.spans.listMany(monitorIds, { fromMs: toMs - 90 * DAY_MS, toMs }),
    store.results.averages(monitorIds, { fromMs: toMs - DAY_MS, toMs }),
  ])
  return new Map(
    monitorIds.map((id) => {
      const averageMs = averages.get(id)
      return [
        id,
        {
          uptime90d: uptime(spans.get(id) ?? [], engine.state(id), toMs),
          avgResponseTime24h: averageMs === undefined ? null : Math.round(averageMs * 10) / 10,
        },
      ]
    }),
  )
}

function uptime(spans: Span[], state: MonitorState | null, toMs: number): number | null {
  return uptimePercent(measure(spans, state?.span ?? null, { fromMs: toMs - 90 * DAY_MS, toMs }))
}
