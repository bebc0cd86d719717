import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { OpenHours } from '../results/open-hours.ts'
import { hourOf, type ResultRow } from '../results/result-row.ts'
import type { Directory } from './directory.ts'
import type { Exclusive } from './exclusive.ts'

/** Rows read between two breaths while the index is built. */
const SLICE = 2_000
const COLUMNS =
  'scheduled_ms, start_offset, kind, status, status_code, total, dns, connect, tls, first_byte, download, error, category, details'

/** A row in the order of COLUMNS. */
type RowValues = [
  ...[number, number, number, number],
  ...[number | null, number | null, number | null, number | null, number | null, number | null, number | null],
  ...[string | null, string | null, string | null],
]

/**
 * Results in order of arrival. The table has no index; where a series' rows are is known in memory (`open`), built by one
 * scan after opening and kept by whoever commits. Rows that a block has taken over stay until all before them are taken
 * too, so that they go by the page.
 */
export class HotTier {
  readonly open = new OpenHours()
  readonly #connection: DatabaseSync
  readonly #directory: Directory
  readonly #insert: StatementSync
  readonly #get: StatementSync
  readonly #dropThrough: StatementSync
  readonly #noteDropped: StatementSync
  #lastId: number
  /** Rows up to this id are gone. */
  #droppedThrough: number
  #ready: Promise<void> = Promise.resolve()

  constructor(connection: DatabaseSync, directory: Directory) {
    this.#connection = connection
    this.#directory = directory
    this.#insert = connection.prepare(
      `insert into result (id, series, ${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#get = connection.prepare(`select ${COLUMNS} from result where id = ?`)
    // Arrays take half the time of objects.
    this.#get.setReturnArrays(true)
    this.#dropThrough = connection.prepare('delete from result where id <= ?')
    this.#noteDropped = connection.prepare(`update counter set value = ? where name = 'result'`)
    const ids = connection
      .prepare(`select value, coalesce((select max(id) from result), 0) as newest,
        coalesce((select min(id) from result), 0) as oldest from counter where name = 'result'`)
      .get()
    this.#droppedThrough = Math.max(Number(ids?.['value'] ?? 0), Number(ids?.['oldest'] ?? 0) - 1)
    // An id is never used again, so that a block can say up to which one it has taken over.
    this.#lastId = Math.max(Number(ids?.['newest'] ?? 0), this.#droppedThrough)
  }

  get lastId(): number {
    return this.#lastId
  }

  /** Resolves once the index knows every row. */
  get ready(): Promise<void> {
    return this.#ready
  }

  /** Builds the index in slices, while commits go on. */
  scan(exclusive: Exclusive): void {
    const through = this.#lastId
    this.#ready = through > this.#droppedThrough ? this.#scanThrough(through, exclusive) : Promise.resolve()
    // Whoever needs the index hears of a failure; a store that is closed early needs it no more.
    this.#ready.catch(() => undefined)
  }

  /** Adds a row inside the caller's transaction and returns its id; `open` hears of it after the commit. */
  insert(series: number, row: ResultRow): number {
    const id = this.#lastId + 1
    this.#insert.run(
      id,
      series,
      row.scheduled_ms,
      row.start_offset,
      row.kind,
      row.status,
      row.status_code,
      row.total,
      row.dns,
      row.connect,
      row.tls,
      row.first_byte,
      row.download,
      row.error,
      row.category,
      row.details,
    )
    this.#lastId = id
    return id
  }

  /** Takes back the ids of a transaction that failed. */
  rewind(lastId: number): void {
    this.#lastId = lastId
  }

  read(id: number): ResultRow | undefined {
    const row = this.#get.get(id) as RowValues | undefined
    if (row === undefined) return undefined
    return {
      scheduled_ms: row[0],
      start_offset: row[1],
      kind: row[2],
      status: row[3],
      status_code: row[4],
      total: row[5],
      dns: row[6],
      connect: row[7],
      tls: row[8],
      first_byte: row[9],
      download: row[10],
      error: row[11],
      category: row[12],
      details: row[13],
    }
  }

  readAll(ids: Iterable<number>): ResultRow[] {
    const rows: ResultRow[] = []
    for (const id of ids) {
      const row = this.read(id)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }

  /** How many ids lie before the first row that is still needed. */
  droppable(): number {
    return Math.min(this.open.lowestId() - 1, this.#lastId) - this.#droppedThrough
  }

  /** Drops the next `count` of them, inside the caller's transaction; the returned call makes it known. */
  drop(count: number): () => void {
    const through = this.#droppedThrough + count
    this.#dropThrough.run(through)
    this.#noteDropped.run(through)
    return () => {
      this.#droppedThrough = through
    }
  }

  async #scanThrough(through: number, exclusive: Exclusive): Promise<void> {
    const slice = this.#connection.prepare(
      'select id, series, scheduled_ms, status, total from result where id > ? and id <= ? order by id limit ?',
    )
    const merged = this.#connection.prepare('select merged_through from rollup_hour where series = ? and hour = ?')
    const mergedThrough = new Map<string, number>()
    const takenThrough = (series: number, hour: number) => {
      const name = `${series}/${hour}`
      const known = mergedThrough.get(name)
      if (known !== undefined) return known
      const found = Number(merged.get(series, hour)?.['merged_through'] ?? 0)
      mergedThrough.set(name, found)
      return found
    }
    let last = this.#droppedThrough
    while (last < through) {
      const count = await exclusive(() => {
        const rows = slice.all(last, through, SLICE)
        for (const row of rows) {
          last = Number(row['id'])
          const series = Number(row['series'])
          const scheduledMs = Number(row['scheduled_ms'])
          if (!this.#directory.hasSeries(series)) continue
          if (last <= takenThrough(series, hourOf(scheduledMs))) continue
          const total = row['total'] === null ? null : Number(row['total'])
          this.open.add(series, last, scheduledMs, Number(row['status']), total)
        }
        return rows.length
      })
      if (count < SLICE) return
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
}
