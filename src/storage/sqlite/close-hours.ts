import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { HOUR_MS } from '../results/result-row.ts'
import { mergeInto, packRollup, type Rollup, rollUp, unpackRollup } from '../results/rollup.ts'
import type { BlockPieces } from './block-pieces.ts'
import type { HotTier } from './hot-tier.ts'
import type { RollupTable } from './rollup-table.ts'
import { transact } from './transact.ts'

/** How long after its end an hour is closed: results on their way arrive first. */
const SETTLE_MS = 2 * 60_000
/** An hour this far ahead was stamped by a clock that ran wrong; waiting for it would hold up all that came after. */
const AHEAD_MS = HOUR_MS
/** One piece of work is about this many rows (some 3 ms) or this many hours, whichever comes first. */
const ROWS_A_PIECE = 250
const HOURS_A_PIECE = 16
const DROPS_A_PIECE = 2_000
const HOURS_A_DAY = 24

/** Moves finished hours from the hot tier into blocks and roll-ups. */
export class HourCloser {
  readonly #connection: DatabaseSync
  readonly #hot: HotTier
  readonly #pieces: BlockPieces
  readonly #rollups: RollupTable
  readonly #keptFrom: StatementSync
  #queue: { series: number; hour: number }[] = []

  constructor(connection: DatabaseSync, hot: HotTier, pieces: BlockPieces, rollups: RollupTable) {
    this.#connection = connection
    this.#hot = hot
    this.#pieces = pieces
    this.#rollups = rollups
    this.#keptFrom = connection.prepare('select kept_from from series where id = ?')
  }

  /** Does one bounded piece; true while more is left. */
  step(nowMs: number): boolean {
    if (this.#queue.length === 0) {
      const isReady = (hour: number) => (hour + 1) * HOUR_MS + SETTLE_MS <= nowMs || hour * HOUR_MS > nowMs + AHEAD_MS
      // Taken from the end.
      this.#queue = this.#hot.open.ready(isReady).reverse()
    }
    if (this.#queue.length > 0) this.#closeSome()
    else if (!this.#dropSome()) return false
    return true
  }

  #closeSome(): void {
    const taken: { series: number; hour: number }[] = []
    let rows = 0
    while (rows < ROWS_A_PIECE && taken.length < HOURS_A_PIECE) {
      const next = this.#queue.at(-1)
      if (next === undefined) break
      const size = this.#hot.open.get(next.series, next.hour)?.count ?? 0
      if (taken.length > 0 && rows + size > ROWS_A_PIECE) break
      this.#queue.pop()
      taken.push(next)
      rows += size
    }
    try {
      transact(this.#connection, () => {
        for (const { series, hour } of taken) this.#closeHour(series, hour)
      })
    } catch (error) {
      this.#queue.push(...taken.reverse())
      throw error
    }
    for (const { series, hour } of taken) this.#hot.open.close(series, hour)
  }

  /** Late rows of an hour that was closed before are merged into its block, once: `merged_through` says up to where. */
  #closeHour(series: number, hour: number): void {
    const open = this.#hot.open.get(series, hour)
    if (open === undefined) return
    const rows = this.#hot.readAll(open.ids)
    const added = rollUp(rows)
    const before = this.#rollups.hour(series, hour)
    let place: { piece: number | null; pieces: number; rows: number } = { piece: null, pieces: 0, rows: 0 }
    if (hour >= Number(this.#keptFrom.get(series)?.['kept_from'] ?? 0)) {
      let all = rows
      if (before !== undefined && before.piece !== null) {
        const old = { piece: before.piece, pieces: before.pieces }
        all = [...this.#pieces.read(old), ...rows]
        this.#pieces.remove(old)
      }
      place = { ...this.#pieces.write(all), rows: all.length }
    }
    this.#rollups.putHour({
      series,
      hour,
      merged_through: Math.max(open.highestId, before?.merged_through ?? 0),
      ...place,
      ...packRollup(before === undefined ? added : sumOf(unpackRollup(before), added)),
    })
    const day = Math.floor(hour / HOURS_A_DAY)
    const dayBefore = this.#rollups.day(series, day)
    this.#rollups.putDay({
      series,
      day,
      ...packRollup(dayBefore === undefined ? added : sumOf(unpackRollup(dayBefore), added)),
    })
  }

  #dropSome(): boolean {
    const droppable = this.#hot.droppable()
    if (droppable <= 0) return false
    const count = Math.min(droppable, DROPS_A_PIECE)
    const dropped = transact(this.#connection, () => this.#hot.drop(count))
    dropped()
    return true
  }
}

function sumOf(into: Rollup, added: Rollup): Rollup {
  mergeInto(into, added)
  return into
}
