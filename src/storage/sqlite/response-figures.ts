import type { ResponseFigures } from '../port.ts'
import { DAY_MS, HOUR_MS, hourOf, isMeasured, type ResultRow, toMs } from '../results/result-row.ts'
import { mergeInto, type Rollup, rollUp, unpackRollup } from '../results/rollup.ts'
import type { Series } from './directory.ts'
import type { HotTier } from './hot-tier.ts'
import type { RollupTable } from './rollup-table.ts'

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

  figures(series: readonly Series[], range: Range, bucket: 'hour' | 'day', byRegion: boolean): ResponseFigures[] {
    const bucketMs = bucket === 'day' ? DAY_MS : HOUR_MS
    const from = Math.floor(range.fromMs / bucketMs)
    const to = Math.ceil(range.toMs / bucketMs)
    const found = new Map<number, { at: number; region: string | null; rollup: Rollup }>()
    const add = (at: number, place: number, rollup: Rollup) => {
      const name = byRegion ? at * series.length + place : at
      const known = found.get(name)
      if (known !== undefined) mergeInto(known.rollup, rollup)
      else found.set(name, { at, region: byRegion ? (series[place]?.region ?? null) : null, rollup })
    }
    for (const [place, { id }] of series.entries()) {
      for (const { at, stored } of this.#rollups.buckets(bucket, id, from, to)) add(at, place, unpackRollup(stored))
      for (const open of this.#hot.open.of(id)) {
        const at = Math.floor((open.hour * HOUR_MS) / bucketMs)
        if (at >= from && at < to) add(at, place, rollUp(this.#hot.readAll(open.ids)))
      }
    }
    return [...found.values()]
      .sort((a, b) => a.at - b.at || compare(a.region ?? '', b.region ?? ''))
      .map(({ at, region, rollup }) => toFigures(at * bucketMs, region, rollup))
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

function toFigures(
  fromMs: number,
  region: string | null,
  { sketch, measured, sum, ...counts }: Rollup,
): ResponseFigures {
  const [p50 = null, p90 = null, p95 = null, p99 = null] = sketch.quantiles([0.5, 0.9, 0.95, 0.99])
  return {
    fromMs,
    region,
    ...counts,
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
