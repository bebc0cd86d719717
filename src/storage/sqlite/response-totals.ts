import { HOUR_MS, hourOf } from '../results/result-row.ts'
import { emptyRollup, mergeInto, type Rollup, rollUp, unpackRollup } from '../results/rollup.ts'
import type { BlockHours } from './block-hours.ts'
import type { BlockPieces } from './block-pieces.ts'
import type { HotTier } from './hot-tier.ts'
import type { BucketUnit, RollupTable } from './rollup-table.ts'

const HOURS_A_DAY = 24

/** Adds up a series over a range: whole days and hours by their sketches, what is open or cut by their checks. */
export class TotalsReader {
  readonly #hot: HotTier
  readonly #rollups: RollupTable
  readonly #blocks: BlockHours
  readonly #pieces: BlockPieces

  constructor(hot: HotTier, rollups: RollupTable, blocks: BlockHours, pieces: BlockPieces) {
    this.#hot = hot
    this.#rollups = rollups
    this.#blocks = blocks
    this.#pieces = pieces
  }

  /** Exact to the ms, but for an hour at an end of the range whose checks are no longer kept: it counts whole. */
  exact(series: number, { fromMs, toMs }: { fromMs: number; toMs: number }): Rollup {
    const total = emptyRollup()
    if (toMs <= fromMs) return total
    const wholeFrom = Math.ceil(fromMs / HOUR_MS)
    const wholeTo = hourOf(toMs)
    const cut = new Set<number>()
    if (fromMs % HOUR_MS !== 0) cut.add(hourOf(fromMs))
    if (toMs % HOUR_MS !== 0) cut.add(wholeTo)
    for (const hour of cut) mergeInto(total, this.#partOf(series, hour, fromMs, toMs))
    this.#addWhole(total, series, wholeFrom, wholeTo)
    return total
  }

  /** Every hour that the range touches, whole. */
  whole(series: number, { fromMs, toMs }: { fromMs: number; toMs: number }): Rollup {
    const total = emptyRollup()
    this.#addWhole(total, series, hourOf(fromMs), Math.ceil(toMs / HOUR_MS))
    return total
  }

  #addWhole(total: Rollup, series: number, from: number, to: number): void {
    if (to <= from) return
    const dayFrom = Math.ceil(from / HOURS_A_DAY)
    const dayTo = Math.floor(to / HOURS_A_DAY)
    if (dayFrom < dayTo) {
      this.#addBuckets(total, 'hour', series, from, dayFrom * HOURS_A_DAY)
      this.#addBuckets(total, 'day', series, dayFrom, dayTo)
      this.#addBuckets(total, 'hour', series, dayTo * HOURS_A_DAY, to)
    } else {
      this.#addBuckets(total, 'hour', series, from, to)
    }
    for (const open of this.#hot.open.of(series)) {
      if (open.hour >= from && open.hour < to) mergeInto(total, rollUp(this.#hot.readAll(open.ids)))
    }
  }

  #addBuckets(total: Rollup, unit: BucketUnit, series: number, from: number, to: number): void {
    if (to <= from) return
    for (const { stored } of this.#rollups.buckets(unit, series, from, to, true)) mergeInto(total, unpackRollup(stored))
  }

  #partOf(series: number, hour: number, fromMs: number, toMs: number): Rollup {
    const open = this.#hot.readAll(this.#hot.open.get(series, hour)?.ids ?? [])
    const stored = this.#rollups.hour(series, hour)
    const [block] = this.#blocks.within(series, hour, hour + 1)
    const within = ({ scheduled_ms }: { scheduled_ms: number }) => scheduled_ms >= fromMs && scheduled_ms < toMs
    if (stored === undefined || block !== undefined) {
      const closed = block === undefined ? [] : this.#pieces.read(block)
      return rollUp([...closed, ...open].filter(within))
    }
    const part = rollUp(open.filter(within))
    mergeInto(part, unpackRollup(stored))
    return part
  }
}
