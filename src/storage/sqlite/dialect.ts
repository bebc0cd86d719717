import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import {
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely'
import { guarded } from './errors.ts'

/** Compiled statements that are kept; the product has a few hundred texts. */
const CACHED_STATEMENTS = 512

/** Kysely's SQLite dialect over a `node:sqlite` connection. Everything thrown is a `StorageError`. */
export function sqliteDialect(connection: DatabaseSync): { dialect: Dialect; isHeld: () => boolean } {
  const config = { database: adapt(connection) }
  const driver = new HeldDriver(config)
  const dialect = new SqliteDialect(config)
  return { dialect: Object.assign(dialect, { createDriver: () => driver }), isHeld: () => driver.isHeld }
}

/** Knows whether someone has the connection. */
class HeldDriver extends SqliteDriver {
  isHeld = false

  override async acquireConnection(): Promise<DatabaseConnection> {
    const acquired = await super.acquireConnection()
    this.isHeld = true
    return acquired
  }

  override async releaseConnection(): Promise<void> {
    this.isHeld = false
    await super.releaseConnection()
  }
}

function adapt(connection: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>()
  return {
    close: () => guarded(() => connection.close()),
    prepare(sql) {
      const known = cache.get(sql)
      if (known !== undefined) return known
      // A transaction takes the write lock at once: one that starts as a reader can't be upgraded once another wrote.
      const statement = guarded(() => statementOf(connection.prepare(sql === 'begin' ? 'begin immediate' : sql)))
      if (cache.size >= CACHED_STATEMENTS) cache.clear()
      cache.set(sql, statement)
      return statement
    },
  }
}

function statementOf(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => guarded(() => statement.all(...values(parameters))),
    run: (parameters) => guarded(() => statement.run(...values(parameters))),
    iterate: (parameters) => guarded(() => statement.iterate(...values(parameters))),
  }
}

function values(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]
}
