import type { DatabaseSync } from 'node:sqlite'
import { hourOf } from '../results/result-row.ts'
import type { BlockPieces } from './block-pieces.ts'
import { transact } from './transact.ts'

/** One piece of work drops about this many blocks, or looks at this many series. */
const BLOCKS_A_PIECE = 128
const SERIES_A_PIECE = 64

/** Drops an account's blocks of hours that ended before a moment, piece by piece; roll-ups stay. */
export function blockDropper(connection: DatabaseSync, pieces: BlockPieces) {
  const behind = connection.prepare(
    `select series.id, kept_from from series join monitor on monitor.key = series.monitor_key
     where account_id = ? and kept_from < ? limit ?`,
  )
  const blocks = connection.prepare(
    `select hour, piece, pieces from rollup_hour
     where series = ? and hour >= ? and hour < ? and piece is not null order by hour limit ?`,
  )
  const forget = connection.prepare(
    'update rollup_hour set piece = null, pieces = 0, rows = 0 where series = ? and hour = ?',
  )
  const keepFrom = connection.prepare('update series set kept_from = ? where id = ?')

  /** True while more is left. */
  return (accountId: string, beforeMs: number): boolean => {
    const cut = hourOf(beforeMs)
    const waiting = behind.all(accountId, cut, SERIES_A_PIECE)
    if (waiting.length === 0) return false
    let left = BLOCKS_A_PIECE
    let isDone = waiting.length < SERIES_A_PIECE
    transact(connection, () => {
      for (const { id, kept_from } of waiting) {
        const series = Number(id)
        const found = blocks.all(series, kept_from ?? 0, cut, left)
        for (const { hour, piece, pieces: count } of found) {
          pieces.remove({ piece: Number(piece), pieces: Number(count) })
          forget.run(series, hour ?? 0)
        }
        left -= found.length
        if (left > 0) {
          keepFrom.run(cut, series)
          continue
        }
        // The next piece goes on after the last one dropped.
        keepFrom.run(Number(found.at(-1)?.['hour'] ?? cut - 1) + 1, series)
        isDone = false
        break
      }
    })
    return !isDone
  }
}
