import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** One line of results: a monitor seen from a region. */
export interface Series {
  id: number
  region: string
}

export interface KnownMonitor {
  id: string
  key: number
  /** By region code. */
  series: Map<string, Series>
}

/** Storage keys by public name, held in memory so that the hot path looks nothing up. */
export class Directory {
  readonly #connection: DatabaseSync
  readonly #addRegion: StatementSync
  readonly #addSeries: StatementSync
  readonly #monitors = new Map<string, KnownMonitor>()
  readonly #series = new Set<number>()
  readonly #regions = new Map<string, number>()
  /** Something was added by a transaction that is still running. */
  #isDraft = false

  constructor(connection: DatabaseSync) {
    this.#connection = connection
    this.#addRegion = connection.prepare('insert into region (code) values (?) returning id')
    this.#addSeries = connection.prepare('insert into series (monitor_key, region_id) values (?, ?) returning id')
    this.reload()
    this.keep()
  }

  /** The running transaction is committed. */
  keep(): void {
    this.#isDraft = false
  }

  /** The running transaction failed: what it added is forgotten. */
  undo(): void {
    if (this.#isDraft) this.reload()
    this.#isDraft = false
  }

  /** Reads all of it anew. */
  reload(): void {
    this.#monitors.clear()
    this.#series.clear()
    this.#regions.clear()
    const byKey = new Map<number, KnownMonitor>()
    for (const row of this.#connection.prepare('select id, key from monitor').all()) {
      byKey.set(Number(row['key']), this.add(String(row['id']), Number(row['key'])))
    }
    for (const row of this.#connection.prepare('select id, code from region').all()) {
      this.#regions.set(String(row['code']), Number(row['id']))
    }
    const series = this.#connection.prepare(
      'select series.id, monitor_key, code from series join region on region.id = region_id',
    )
    for (const row of series.all()) {
      const monitor = byKey.get(Number(row['monitor_key']))
      if (monitor !== undefined) this.#note(monitor, { id: Number(row['id']), region: String(row['code']) })
    }
  }

  get(monitorId: string): KnownMonitor | undefined {
    return this.#monitors.get(monitorId)
  }

  hasSeries(id: number): boolean {
    return this.#series.has(id)
  }

  add(id: string, key: number): KnownMonitor {
    this.#isDraft = true
    const monitor: KnownMonitor = { id, key, series: new Map() }
    this.#monitors.set(id, monitor)
    return monitor
  }

  remove(monitor: KnownMonitor): void {
    this.#monitors.delete(monitor.id)
    for (const series of monitor.series.values()) this.#series.delete(series.id)
  }

  /** The monitor's series in a region; made on first use, inside the caller's transaction. */
  seriesOf(monitor: KnownMonitor, region: string): Series {
    const known = monitor.series.get(region)
    if (known !== undefined) return known
    this.#isDraft = true
    const row = this.#addSeries.get(monitor.key, this.#regionId(region))
    const series = { id: Number(row?.['id']), region }
    this.#note(monitor, series)
    return series
  }

  #regionId(code: string): number {
    const known = this.#regions.get(code)
    if (known !== undefined) return known
    const id = Number(this.#addRegion.get(code)?.['id'])
    this.#regions.set(code, id)
    return id
  }

  #note(monitor: KnownMonitor, series: Series): void {
    monitor.series.set(series.region, series)
    this.#series.add(series.id)
  }
}
