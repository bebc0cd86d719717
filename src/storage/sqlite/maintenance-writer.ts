import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { EngineBatch } from '../port.ts'
import { toMaintenanceRow } from '../repositories/maintenance-row.ts'
import { insertSql } from './statement-text.ts'

const COLUMNS = [
  'id',
  'account_id',
  'title',
  'description',
  'starts_at',
  'ends_at',
  'timezone',
  'recurrence_json',
  'all_monitors',
  'status',
  'last_ends_at',
  'cancelled_at',
  'created_at',
  'updated_at',
] as const
const CHANGES = COLUMNS.filter((column) => !['id', 'account_id', 'created_at'].includes(column))

/** Writes what a batch says of maintenance windows; inside the caller's transaction. */
export class MaintenanceWriter {
  readonly #sql: ReturnType<typeof prepare>

  constructor(connection: DatabaseSync) {
    this.#sql = prepare(connection)
  }

  /** After the batch's monitors are made, since a window may be about them. */
  write({ maintenance: { saved, moved }, atMs }: EngineBatch): void {
    for (const window of saved) {
      const row = toMaintenanceRow(window, atMs)
      this.#sql.save.run(...COLUMNS.map((column) => row[column] ?? null))
      this.#sql.dropLinks.run(window.id)
      for (const [place, monitorId] of window.monitorIds.entries()) this.#sql.link.run(place, window.id, monitorId)
    }
    for (const { windowId, status } of moved) this.#sql.move.run(status, windowId)
  }
}

function prepare(connection: DatabaseSync) {
  const sql = (text: string): StatementSync => connection.prepare(text)
  return {
    save: sql(
      `${insertSql('maintenance_window', COLUMNS)} on conflict (id)
       do update set ${CHANGES.map((column) => `${column} = excluded.${column}`).join(', ')}
       where maintenance_window.account_id = excluded.account_id`,
    ),
    dropLinks: sql(
      'delete from maintenance_monitor where window_key = (select key from maintenance_window where id = ?)',
    ),
    link: sql(
      `insert into maintenance_monitor (window_key, monitor_key, place)
       select maintenance_window.key, monitor.key, ? from maintenance_window
       join monitor on monitor.account_id = maintenance_window.account_id
       where maintenance_window.id = ? and monitor.id = ? on conflict do nothing`,
    ),
    move: sql('update maintenance_window set status = ? where id = ? and cancelled_at is null'),
  }
}
