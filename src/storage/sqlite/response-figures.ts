import type { ResponseFigures } from '../port.ts'
import { DAY_MS, HOUR_MS, hourOf, isMeasured, type ResultRow, toMs } from '../results/result-row.ts'
import { mergeInto, type Rollup, rollUp, type StoredRollup, unpackRollup } from '../results/rollup.ts'
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
    const found = new Map<string, { at: number; region: string | null; rollup: Rollup }>()
    const add = (at: number, seriesRegion: string, rollup: Rollup) => {
      const region = byRegion ? seriesRegion : null
      const name = `${at} ${region ?? ''}`
      const known = found.get(name)
      if (known === undefined) found.set(name, { at, region, rollup })
      else mergeInto(known.rollup, rollup)
    }
    for (const { id, region } of series) {
      for (const { at, stored } of this.#closed(id, bucket, from, to)) add(at, region, unpackRollup(stored))
      for (const open of this.#hot.open.of(id)) {
        const at = Math.floor((open.hour * HOUR_MS) / bucketMs)
        if (at >= from && at < to) add(at, region, rollUp(this.#hot.readAll(open.ids)))
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

  *#closed(series: number, bucket: 'hour' | 'day', from: number, to: number) {
    if (bucket === 'day') {
      for (const row of this.#rollups.days(series, from, to)) yield { at: row.day, stored: row as StoredRollup }
    } else {
      for (const row of this.#rollups.hours(series, from, to)) yield { at: row.hour, stored: row as StoredRollup }
    }
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
  return {
    fromMs,
    region,
    ...counts,
    averageMs: measured === 0 ? null : toMs(sum / measured),
    p50Ms: toMs(sketch.quantile(0.5)),
    p90Ms: toMs(sketch.quantile(0.9)),
    p95Ms: toMs(sketch.quantile(0.95)),
    p99Ms: toMs(sketch.quantile(0.99)),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
