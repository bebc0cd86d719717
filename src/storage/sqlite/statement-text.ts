/** `insert into table (…) values (?, …)`. The names are our own, never a user's. */
export function insertSql(table: string, columns: readonly string[]): string {
  return `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
}

/** `update table set … where key = ?`. */
export function updateSql(table: string, columns: readonly string[], key: string): string {
  return `update ${table} set ${columns.map((column) => `${column} = ?`).join(', ')} where ${key} = ?`
}
