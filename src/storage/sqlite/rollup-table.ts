import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoredRollup } from '../results/rollup.ts'

/** A closed hour of a series. `rows` counts what is in its block, 0 once that is dropped. */
export interface HourRow extends StoredRollup {
  series: number
  hour: number
  merged_through: number
  piece: number | null
  pieces: number
  rows: number
}

export interface DayRow extends StoredRollup {
  series: number
  day: number
}

export type BucketUnit = 'hour' | 'day'

/** An hour or day of a series, counted from the epoch. */
export interface Bucket {
  at: number
  stored: StoredRollup
}

/** A bucket in the order in which it is selected. */
type BucketValues = [
  ...[number, number, number, number, number, number, number],
  ...[number | null, number | null, number | null, number | null, Uint8Array | null],
]

const COUNTS = 'up, degraded, down, unknown, measured, sum, p50, p90, p95, p99'
const FIGURES = `${COUNTS}, sketch`

/** The two roll-up tables. Each method is one statement; ranges are half open. */
export class RollupTable {
  readonly #hour: StatementSync
  readonly #hours: StatementSync
  readonly #days: StatementSync
  readonly #day: StatementSync
  readonly #putHour: StatementSync
  readonly #putDay: StatementSync
  readonly #sum: StatementSync

  constructor(connection: DatabaseSync) {
    const hour = `select series, hour, merged_through, piece, pieces, rows, ${FIGURES} from rollup_hour`
    const day = `select series, day, ${FIGURES} from rollup_day`
    const buckets = (unit: BucketUnit) => {
      const text = `select ${unit}, ${COUNTS}, iif(?, sketch, null) from rollup_${unit} where series = ? and ${unit} >= ? and ${unit} < ?`
      const statement = connection.prepare(`${text} order by ${unit}`)
      // Arrays take half the time of objects, and 90 days are 2,160 rows.
      statement.setReturnArrays(true)
      return statement
    }
    this.#hour = connection.prepare(`${hour} where series = ? and hour = ?`)
    this.#hours = buckets('hour')
    this.#day = connection.prepare(`${day} where series = ? and day = ?`)
    this.#days = buckets('day')
    this.#putHour = connection.prepare(
      `insert or replace into rollup_hour (series, hour, merged_through, piece, pieces, rows, ${FIGURES})
       values (${Array(17).fill('?').join(', ')})`,
    )
    this.#putDay = connection.prepare(
      `insert or replace into rollup_day (series, day, ${FIGURES}) values (${Array(13).fill('?').join(', ')})`,
    )
    this.#sum = connection.prepare(
      `select coalesce(sum(measured), 0) as measured, coalesce(sum(sum), 0) as sum from rollup_hour
       where series = ? and hour >= ? and hour < ?`,
    )
  }

  hour(series: number, hour: number): HourRow | undefined {
    return this.#hour.get(series, hour) as HourRow | undefined
  }

  /** Without the sketches, unless they are asked for. */
  buckets(unit: BucketUnit, series: number, from: number, to: number, withSketch: boolean): Bucket[] {
    const statement = unit === 'hour' ? this.#hours : this.#days
    const rows = statement.all(Number(withSketch), series, from, to) as object[] as BucketValues[]
    return rows.map(([at, up, degraded, down, unknown, measured, sum, p50, p90, p95, p99, sketch]) => ({
      at,
      stored: { up, degraded, down, unknown, measured, sum, p50, p90, p95, p99, sketch },
    }))
  }

  day(series: number, day: number): DayRow | undefined {
    return this.#day.get(series, day) as DayRow | undefined
  }

  measured(series: number, from: number, to: number): { measured: number; sum: number } {
    const row = this.#sum.get(series, from, to)
    return { measured: Number(row?.['measured'] ?? 0), sum: Number(row?.['sum'] ?? 0) }
  }

  putHour(row: HourRow): void {
    const { series, hour, merged_through, piece, pieces, rows } = row
    this.#putHour.run(series, hour, merged_through, piece, pieces, rows, ...figures(row))
  }

  putDay(row: DayRow): void {
    this.#putDay.run(row.series, row.day, ...figures(row))
  }
}

function figures({ up, degraded, down, unknown, measured, sum, p50, p90, p95, p99, sketch }: StoredRollup) {
  return [up, degraded, down, unknown, measured, sum, p50, p90, p95, p99, sketch] as const
}
