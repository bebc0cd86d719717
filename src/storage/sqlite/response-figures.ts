import type { ResponseFigures } from '../port.ts'
import { DAY_MS, HOUR_MS, hourOf, isMeasured, type ResultRow, toMs } from '../results/result-row.ts'
import { mergeInto, percentilesOf, type Rollup, rollUp, type StoredRollup, unpackRollup } from '../results/rollup.ts'
import type { Series } from './directory.ts'
import type { HotTier } from './hot-tier.ts'
import type { BucketUnit, RollupTable } from './rollup-table.ts'

interface Range {
  fromMs: number
  toMs: number
}

/** Figures from roll-ups for closed hours and from the rows of hours still open. */
export class FiguresReader {
  readonly #hot: HotTier
  readonly #rollups: RollupTable

  constructor(hot: HotTier, rollups: RollupTable) {
    this.#hot = hot
    this.#rollups = rollups
  }

  figures(series: readonly Series[], range: Range, unit: BucketUnit, byRegion: boolean): ResponseFigures[] {
    const bucketMs = unit === 'day' ? DAY_MS : HOUR_MS
    const from = Math.floor(range.fromMs / bucketMs)
    const to = Math.ceil(range.toMs / bucketMs)
    const isMerged = !byRegion && series.length > 1
    const figures: ResponseFigures[] = []
    const merged = new Map<number, { at: number; region: string | null; rollup: Rollup }>()
    for (const [place, { id, region: code }] of series.entries()) {
      const region = byRegion ? code : null
      const add = (at: number, rollup: Rollup) => {
        const name = byRegion ? at * series.length + place : at
        const known = merged.get(name)
        if (known === undefined) merged.set(name, { at, region, rollup })
        else mergeInto(known.rollup, rollup)
      }
      const isOpen = new Set<number>()
      for (const open of this.#hot.open.of(id)) {
        const at = Math.floor((open.hour * HOUR_MS) / bucketMs)
        if (at < from || at >= to) continue
        isOpen.add(at)
        add(at, rollUp(this.#hot.readAll(open.ids)))
      }
      for (const { at, stored } of this.#rollups.buckets(unit, id, from, to, isMerged)) {
        if (isMerged) add(at, unpackRollup(stored))
        else if (!isOpen.has(at)) figures.push(toFigures(at * bucketMs, region, stored))
        else for (const full of this.#rollups.buckets(unit, id, at, at + 1, true)) add(at, unpackRollup(full.stored))
      }
    }
    for (const { at, region, rollup } of merged.values()) {
      figures.push(figuresOf(at * bucketMs, region, rollup))
    }
    return figures.sort((a, b) => a.fromMs - b.fromMs || compare(a.region ?? '', b.region ?? ''))
  }

  /** Sum and number of response times of a series, whole hours where they are closed. */
  measured(series: number, { fromMs, toMs }: Range): { measured: number; sum: number } {
    const figures = this.#rollups.measured(series, hourOf(fromMs), Math.ceil(toMs / HOUR_MS))
    for (const open of this.#hot.open.of(series)) {
      const startMs = open.hour * HOUR_MS
      if (startMs >= toMs || startMs + HOUR_MS <= fromMs) continue
      const isWhole = startMs >= fromMs && startMs + HOUR_MS <= toMs
      const part = isWhole ? open : measuredWithin(this.#hot.readAll(open.ids), fromMs, toMs)
      figures.measured += part.measured
      figures.sum += part.sum
    }
    return figures
  }
}

function measuredWithin(rows: readonly ResultRow[], fromMs: number, toMs: number) {
  const figures = { measured: 0, sum: 0 }
  for (const { scheduled_ms, status, total } of rows) {
    if (scheduled_ms < fromMs || scheduled_ms >= toMs || !isMeasured(status, total)) continue
    figures.measured++
    figures.sum += total
  }
  return figures
}

/** A roll-up as callers see it, ms. */
export function figuresOf(fromMs: number, region: string | null, rollup: Rollup): ResponseFigures {
  return toFigures(fromMs, region, { ...rollup, ...percentilesOf(rollup.sketch) })
}

function toFigures(fromMs: number, region: string | null, rollup: Omit<StoredRollup, 'sketch'>): ResponseFigures {
  const { up, degraded, down, unknown, measured, sum, p50, p90, p95, p99 } = rollup
  return {
    fromMs,
    region,
    up,
    degraded,
    down,
    unknown,
    measured,
    averageMs: measured === 0 ? null : toMs(sum / measured),
    p50Ms: toMs(p50),
    p90Ms: toMs(p90),
    p95Ms: toMs(p95),
    p99Ms: toMs(p99),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
