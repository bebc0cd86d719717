import { CHECK_STATUSES } from '#domain'
import type { CheckFilter, Page, Paged, StoredCheck } from '../port.ts'
import { HOUR_MS, hourOf, type ResultRow, toStoredCheck } from '../results/result-row.ts'
import { countOf } from '../results/rollup.ts'
import type { BlockHour, BlockHours } from './block-hours.ts'
import type { BlockPieces } from './block-pieces.ts'
import type { Series } from './directory.ts'
import type { HotTier } from './hot-tier.ts'

/** Hours of blocks looked at in one go, newest first. */
const WINDOW_HOURS = 7 * 24

interface Found {
  row: ResultRow
  region: string
}

/** All checks of one hour, open and closed, that match. */
interface HourOfChecks {
  count: number
  read(): Found[]
}

/** Lists checks over both tiers, newest first. Whole hours are counted by their roll-ups; only those shown are read. */
export class ChecksList {
  readonly #hot: HotTier
  readonly #pieces: BlockPieces
  readonly #blocks: BlockHours

  constructor(hot: HotTier, pieces: BlockPieces, blocks: BlockHours) {
    this.#hot = hot
    this.#pieces = pieces
    this.#blocks = blocks
  }

  list(series: readonly Series[], filter: CheckFilter, page: Page): Paged<StoredCheck> {
    const wanted = series.filter(({ region }) => filter.region === undefined || filter.region === region)
    const rows: StoredCheck[] = []
    let count = 0
    for (const hour of this.#hours(wanted, filter)) {
      const from = page.offset - count
      const to = from + page.limit
      if (hour.count > Math.max(from, 0) && to > 0) {
        const found = hour.read().sort(newestFirst).slice(Math.max(from, 0), to)
        rows.push(...found.map(({ row, region }) => toStoredCheck(row, region)))
      }
      count += hour.count
    }
    return { rows, count }
  }

  *#hours(wanted: readonly Series[], filter: CheckFilter): Generator<HourOfChecks> {
    const open = new Set(wanted.flatMap(({ id }) => [...this.#hot.open.of(id)].map(({ hour }) => hour)))
    const range = {
      from: filter.fromMs === undefined ? 0 : hourOf(filter.fromMs),
      to: filter.toMs === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil(filter.toMs / HOUR_MS),
    }
    const openHours = [...open].filter((hour) => hour >= range.from && hour < range.to).sort((a, b) => b - a)
    for (const [hour, blocks] of this.#closed(wanted, range)) {
      while (openHours[0] !== undefined && openHours[0] > hour) {
        yield this.#hour(openHours.shift() ?? hour, [], wanted, filter)
      }
      if (openHours[0] === hour) openHours.shift()
      yield this.#hour(hour, blocks, wanted, filter)
    }
    for (const hour of openHours) yield this.#hour(hour, [], wanted, filter)
  }

  /** Closed hours that still have blocks, newest first. */
  *#closed(wanted: readonly Series[], range: { from: number; to: number }): Generator<[number, BlockHour[]]> {
    let top = range.to
    for (;;) {
      const newest = Math.max(...wanted.map(({ id }) => this.#blocks.newestBefore(id, top) ?? -1))
      if (newest < range.from || newest < 0) return
      const bottom = Math.max(range.from, newest + 1 - WINDOW_HOURS)
      const byHour = new Map<number, BlockHour[]>()
      for (const { id } of wanted) {
        for (const block of this.#blocks.within(id, bottom, newest + 1)) {
          const blocks = byHour.get(block.hour) ?? []
          byHour.set(block.hour, blocks)
          blocks.push(block)
        }
      }
      yield* [...byHour].sort(([a], [b]) => b - a)
      top = bottom
    }
  }

  #hour(hour: number, blocks: BlockHour[], wanted: readonly Series[], filter: CheckFilter): HourOfChecks {
    const fromMs = filter.fromMs ?? Number.NEGATIVE_INFINITY
    const toMs = filter.toMs ?? Number.POSITIVE_INFINITY
    const status = filter.status === undefined ? null : CHECK_STATUSES.indexOf(filter.status)
    const isWhole = fromMs <= hour * HOUR_MS && toMs >= (hour + 1) * HOUR_MS
    const matches = ({ row }: Found) =>
      row.scheduled_ms >= fromMs && row.scheduled_ms < toMs && (status === null || row.status === status)
    const regionOf = new Map(wanted.map(({ id, region }) => [id, region]))
    const read = () => {
      const found: Found[] = []
      for (const block of blocks) {
        const region = regionOf.get(block.series) ?? ''
        for (const row of this.#pieces.read(block)) found.push({ row, region })
      }
      for (const { id, region } of wanted) {
        const ids = this.#hot.open.get(id, hour)?.ids ?? []
        for (const row of this.#hot.readAll(ids)) found.push({ row, region })
      }
      return found.filter(matches)
    }
    // A block that holds less than its roll-up counts (late rows after the rest was dropped) must be read to be counted.
    const isCounted = isWhole && blocks.every((block) => block.rows === countOf(block, null))
    if (!isCounted) {
      const found = read()
      return { count: found.length, read: () => found }
    }
    let count = 0
    for (const block of blocks) count += countOf(block, status)
    for (const { id } of wanted) {
      const open = this.#hot.open.get(id, hour)
      if (open !== undefined) count += status === null ? open.count : (open.byStatus[status] ?? 0)
    }
    return { count, read }
  }
}

function newestFirst(a: Found, b: Found): number {
  return (
    b.row.scheduled_ms - a.row.scheduled_ms ||
    b.row.start_offset - a.row.start_offset ||
    (a.region < b.region ? -1 : Number(a.region > b.region))
  )
}
