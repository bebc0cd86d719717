import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Rollup } from '../results/rollup.ts'
import type { BlockPlace } from './block-pieces.ts'

/** A closed hour that still has its block, without its sketch. */
export interface BlockHour extends BlockPlace, Omit<Rollup, 'sketch'> {
  series: number
  hour: number
  rows: number
}

/** Finds the blocks of a series by hour. */
export class BlockHours {
  readonly #within: StatementSync
  readonly #newest: StatementSync

  constructor(connection: DatabaseSync) {
    this.#within = connection.prepare(
      `select series, hour, piece, pieces, rows, up, degraded, down, unknown, measured, sum from rollup_hour
       where series = ? and hour >= ? and hour < ? and piece is not null`,
    )
    this.#newest = connection.prepare(
      `select hour from rollup_hour where series = ? and hour < ? and hour >= (select kept_from from series where series.id = rollup_hour.series)
       and piece is not null order by hour desc limit 1`,
    )
  }

  /** Half open. */
  within(series: number, from: number, to: number): BlockHour[] {
    return this.#within.all(series, from, to) as object[] as BlockHour[]
  }

  newestBefore(series: number, hour: number): number | undefined {
    const row = this.#newest.get(series, hour)
    return row === undefined ? undefined : Number(row['hour'])
  }
}
