import { type Clock, type Measured, measure, uptimePercent } from '#domain'
import type { Engine } from '#engine'
import type { ResultRepository, SpanRepository } from '#storage'
import type { Period } from './period.ts'

/** Monitors whose spans are read before others get their turn. */
const MONITORS_AT_ONCE = 200
/** Figures are kept for so many times as long as they took, so that asking all the time takes a twentieth of a core. */
const KEPT_FACTOR = 20

export interface AccountPerformance {
  averageMs: number | null
  p95Ms: number | null
  /** Percent. */
  uptime: number | null
}

interface Deps {
  store: { results: Pick<ResultRepository, 'totalsOf'>; spans: Pick<SpanRepository, 'listMany'> }
  engine: Pick<Engine, 'state'>
  clock: Clock
}

/** Adds up all monitors of an account. With very many of them this takes seconds, so what was found is kept a while. */
export class AccountPerformanceReader {
  readonly #deps: Deps
  readonly #known = new Map<string, { found: Promise<AccountPerformance>; untilMs: number }>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async read(accountId: string, monitorIds: string[], period: Period): Promise<AccountPerformance> {
    const { clock } = this.#deps
    const name = `${accountId} ${period.name}`
    const startedMs = clock.monotonicMs()
    for (const [old, { untilMs }] of this.#known) if (untilMs <= startedMs) this.#known.delete(old)
    const known = this.#known.get(name)
    if (known !== undefined) return await known.found
    const entry = { found: this.#addUp(monitorIds, period), untilMs: Number.POSITIVE_INFINITY }
    this.#known.set(name, entry)
    try {
      const found = await entry.found
      const tookMs = clock.monotonicMs() - startedMs
      entry.untilMs = startedMs + tookMs * (KEPT_FACTOR + 1)
      return found
    } catch (error) {
      this.#known.delete(name)
      throw error
    }
  }

  async #addUp(monitorIds: string[], { fromMs, toMs }: Period): Promise<AccountPerformance> {
    const range = { fromMs, toMs }
    const [figures, measured] = await Promise.all([
      this.#deps.store.results.totalsOf(monitorIds, range),
      this.#measure(monitorIds, range),
    ])
    return { averageMs: figures.averageMs, p95Ms: figures.p95Ms, uptime: uptimePercent(measured) }
  }

  async #measure(monitorIds: string[], range: { fromMs: number; toMs: number }): Promise<Measured> {
    const { store, engine } = this.#deps
    const total: Measured = { upMs: 0, degradedMs: 0, downMs: 0, unknownMs: 0 }
    for (let at = 0; at < monitorIds.length; at += MONITORS_AT_ONCE) {
      if (at > 0) await new Promise<void>((resolve) => setImmediate(resolve))
      const ids = monitorIds.slice(at, at + MONITORS_AT_ONCE)
      const spans = await store.spans.listMany(ids, range)
      for (const id of ids) {
        const one = measure(spans.get(id) ?? [], engine.state(id)?.span ?? null, range)
        total.upMs += one.upMs
        total.degradedMs += one.degradedMs
        total.downMs += one.downMs
        total.unknownMs += one.unknownMs
      }
    }
    return total
  }
}
