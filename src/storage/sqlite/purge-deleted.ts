import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { transact } from './transact.ts'

/** One piece of work removes at most this many rows of a kind. */
const ROWS_A_PIECE = 500
const HOURS_A_PIECE = 64

/** Removes what deleted monitors left, piece by piece. Their rows in the hot tier go with those around them. */
export function deletedPurger(connection: DatabaseSync) {
  const next = connection.prepare('select monitor_key from deleted_monitor limit 1')
  const done = connection.prepare('delete from deleted_monitor where monitor_key = ?')
  const series = connection.prepare('select id from series where monitor_key = ? limit 1')
  const dropSeries = connection.prepare('delete from series where id = ?')
  const dropHeartbeats = connection.prepare(
    'delete from heartbeat where key in (select key from heartbeat where monitor_key = ? limit ?)',
  )
  const dropSpans = connection.prepare(
    'delete from span where rowid in (select rowid from span where monitor_key = ? limit ?)',
  )
  const dropPieces = connection.prepare(
    `delete from block_piece where id in (
       select block_piece.id from rollup_hour join block_piece on block_piece.id >= piece and block_piece.id < piece + pieces
       where series = ? and hour in (select hour from rollup_hour where series = ? order by hour limit ?))`,
  )
  const dropHours = connection.prepare(
    `delete from rollup_hour where series = ? and hour in (
       select hour from rollup_hour where series = ? order by hour limit ?)`,
  )
  const dropDays = connection.prepare(
    `delete from rollup_day where series = ? and day in (select day from rollup_day where series = ? order by day limit ?)`,
  )
  const changed = (statement: typeof next, ...values: SQLInputValue[]) => Number(statement.run(...values).changes)

  /** True while more is left. */
  return (): boolean => {
    const key = next.get()?.['monitor_key']
    if (key === undefined) return false
    transact(connection, () => {
      if (changed(dropHeartbeats, key, ROWS_A_PIECE) > 0) return
      if (changed(dropSpans, key, ROWS_A_PIECE) > 0) return
      const id = series.get(key)?.['id']
      if (id === undefined) {
        done.run(key)
        return
      }
      dropPieces.run(id, id, HOURS_A_PIECE)
      if (changed(dropHours, id, id, HOURS_A_PIECE) > 0) return
      if (changed(dropDays, id, id, ROWS_A_PIECE) > 0) return
      dropSeries.run(id)
    })
    return true
  }
}
