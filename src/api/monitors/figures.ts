import { type MonitorState, measure, type Span, uptimePercent } from '#domain'
import type { RouteDeps } from '../routes.ts'

const DAY_MS = 86_400_000
/** While a monitor's state stands, time alone changes its figures, and in so long a time by less than is shown. */
const FRESH_MS = 30_000

/** What history says of a monitor; null while nothing is known. */
export interface MonitorFigures {
  /** Percent. */
  uptime90d: number | null
  /** ms. */
  avgResponseTime24h: number | null
}

export const NO_FIGURES: MonitorFigures = { uptime90d: null, avgResponseTime24h: null }

/** The figures of monitors, and for a while what was read for those that stand as they did. */
export class FiguresReader {
  readonly #deps: Pick<RouteDeps, 'store' | 'engine' | 'clock'>
  /** By state object: the engine makes a new one with each check, so an old one's figures go with it. */
  readonly #known = new WeakMap<MonitorState, { readAtMs: number; figures: MonitorFigures }>()

  constructor(deps: Pick<RouteDeps, 'store' | 'engine' | 'clock'>) {
    this.#deps = deps
  }

  /** Of many monitors, with two reads for those that are not known. */
  async read(monitorIds: readonly string[]): Promise<Map<string, MonitorFigures>> {
    const { engine, clock } = this.#deps
    const figures = new Map<string, MonitorFigures>()
    const unknown: { id: string; state: MonitorState | null }[] = []
    for (const id of monitorIds) {
      const state = engine.state(id)
      const known = state === null ? undefined : this.#known.get(state)
      if (known !== undefined && clock.monotonicMs() - known.readAtMs < FRESH_MS) figures.set(id, known.figures)
      else unknown.push({ id, state })
    }
    if (unknown.length > 0) await this.#readInto(figures, unknown)
    return figures
  }

  async #readInto(figures: Map<string, MonitorFigures>, unknown: { id: string; state: MonitorState | null }[]) {
    const { store, clock } = this.#deps
    const readAtMs = clock.monotonicMs()
    const toMs = clock.nowMs()
    const ids = unknown.map(({ id }) => id)
    const [spans, averages] = await Promise.all([
      store.spans.listMany(ids, { fromMs: toMs - 90 * DAY_MS, toMs }),
      store.results.averages(ids, { fromMs: toMs - DAY_MS, toMs }),
    ])
    for (const { id, state } of unknown) {
      const averageMs = averages.get(id)
      const read: MonitorFigures = {
        uptime90d: uptime(spans.get(id) ?? [], state, toMs),
        avgResponseTime24h: averageMs === undefined ? null : Math.round(averageMs * 10) / 10,
      }
      figures.set(id, read)
      if (state !== null) this.#known.set(state, { readAtMs, figures: read })
    }
  }
}

function uptime(spans: Span[], state: MonitorState | null, toMs: number): number | null {
  return uptimePercent(measure(spans, state?.span ?? null, { fromMs: toMs - 90 * DAY_MS, toMs }))
}
