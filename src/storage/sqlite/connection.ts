import { DatabaseSync } from 'node:sqlite'
import { guarded } from './errors.ts'

/** How long a statement waits for another process's write lock: short, since the event loop waits with it. */
const BUSY_TIMEOUT_MS = 4
/** The WAL is cut back to this when it starts anew. */
export const WAL_LIMIT_BYTES = 8 * 1024 * 1024

/** Opens a connection with the settings that all of ours share. Throws `StorageError`. */
export function openConnection(path: string, busyTimeoutMs: number): DatabaseSync {
  return guarded(() => {
    const connection = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: busyTimeoutMs })
    connection.exec(`
      pragma journal_mode = wal;
      pragma synchronous = normal;
      pragma foreign_keys = on;
      pragma journal_size_limit = ${WAL_LIMIT_BYTES};
      pragma cache_size = -32768;
      pragma temp_store = memory;
      pragma wal_autocheckpoint = 0;
    `)
    return connection
  })
}

/** From opening's patience to that of the event loop. */
export function setBusyTimeout(connection: DatabaseSync, timeoutMs = BUSY_TIMEOUT_MS): void {
  guarded(() => connection.exec(`pragma busy_timeout = ${Math.trunc(timeoutMs)}`))
}

export function limitPages(connection: DatabaseSync, maxPages: number): void {
  guarded(() => connection.exec(`pragma max_page_count = ${Math.trunc(maxPages)}`))
}

/** Back to SQLite's own way: whoever commits also checkpoints, and waits for the disk. */
export function checkpointByItself(connection: DatabaseSync): void {
  if (connection.isOpen) guarded(() => connection.exec('pragma wal_autocheckpoint = 1000'))
}
