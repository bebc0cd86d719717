import type { MeasuredTime } from '#domain'
import { HOUR_MS, hourOf, isMeasured, type ResultRow, toMs } from '../results/result-row.ts'
import type { BlockHours } from './block-hours.ts'
import type { BlockPieces } from './block-pieces.ts'
import type { Series } from './directory.ts'
import type { Exclusive } from './exclusive.ts'
import type { HotTier } from './hot-tier.ts'

/** Hours of one series that are read in one go: some milliseconds at the shortest interval. */
const HOURS_AT_ONCE = 2

/** Reads single response times over both tiers, a few hours of a series at a time; others get their turn in between. */
export class TimesReader {
  readonly #hot: HotTier
  readonly #blocks: BlockHours
  readonly #pieces: BlockPieces
  readonly #exclusive: Exclusive

  constructor(hot: HotTier, blocks: BlockHours, pieces: BlockPieces, exclusive: Exclusive) {
    this.#hot = hot
    this.#blocks = blocks
    this.#pieces = pieces
    this.#exclusive = exclusive
  }

  /** Oldest first, regions in order of their codes. Once there are more than `atMost` the rest is not read. */
  async times(
    series: readonly Series[],
    range: { fromMs: number; toMs: number },
    atMost: number,
  ): Promise<MeasuredTime[]> {
    const times: MeasuredTime[] = []
    for (const { id, region } of series) {
      for (
        let hour = hourOf(range.fromMs);
        hour * HOUR_MS < range.toMs && times.length <= atMost;
        hour += HOURS_AT_ONCE
      ) {
        const rows = await this.#exclusive(() => this.#rows(id, hour, hour + HOURS_AT_ONCE))
        for (const row of rows) {
          if (row.scheduled_ms < range.fromMs || row.scheduled_ms >= range.toMs) continue
          const responseTimeMs = isMeasured(row.status, row.total) ? toMs(row.total) : null
          times.push({ atMs: row.scheduled_ms, region, responseTimeMs })
        }
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    }
    return times.sort((a, b) => a.atMs - b.atMs || (a.region < b.region ? -1 : Number(a.region > b.region)))
  }

  #rows(series: number, from: number, to: number): ResultRow[] {
    const closed = this.#blocks.within(series, from, to).flatMap((block) => this.#pieces.read(block))
    const open = [...this.#hot.open.of(series)].filter(({ hour }) => hour >= from && hour < to)
    return [...closed, ...open.flatMap(({ ids }) => this.#hot.readAll(ids))]
  }
}
