import type { DatabaseSync } from 'node:sqlite'

/** Runs `work` in a transaction that takes the write lock at once; when it throws, nothing is left of it. */
export function transact<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('begin immediate')
  try {
    const value = work()
    connection.exec('commit')
    return value
  } catch (error) {
    // A full disk may already have rolled it back.
    if (connection.isTransaction) connection.exec('rollback')
    throw error
  }
}
