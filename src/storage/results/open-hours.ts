import { hourOf, isMeasured } from './result-row.ts'

const STATUSES = 4

/** The checks of one series and hour that are still in the hot tier: where they are, and what they add up to. */
export class OpenHour {
  readonly hour: number
  #ids = new Float64Array(16)
  #count = 0
  lowestId = Number.POSITIVE_INFINITY
  highestId = 0
  newest = { id: 0, scheduledMs: Number.NEGATIVE_INFINITY }
  /** By place in CHECK_STATUSES. */
  readonly byStatus: number[] = new Array<number>(STATUSES).fill(0)
  measured = 0
  /** Units of 0.1 ms. */
  sum = 0

  constructor(hour: number) {
    this.hour = hour
  }

  get count(): number {
    return this.#count
  }

  get ids(): Float64Array {
    return this.#ids.subarray(0, this.#count)
  }

  add(id: number, scheduledMs: number, status: number, total: number | null): void {
    if (this.#count === this.#ids.length) {
      const larger = new Float64Array(this.#ids.length * 2)
      larger.set(this.#ids)
      this.#ids = larger
    }
    this.#ids[this.#count++] = id
    if (id < this.lowestId) this.lowestId = id
    if (id > this.highestId) this.highestId = id
    const { newest } = this
    if (scheduledMs > newest.scheduledMs || (scheduledMs === newest.scheduledMs && id > newest.id)) {
      newest.id = id
      newest.scheduledMs = scheduledMs
    }
    this.byStatus[status] = (this.byStatus[status] ?? 0) + 1
    if (!isMeasured(status, total)) return
    this.measured++
    this.sum += total
  }
}

/**
 * Finds the checks of a series and hour in the hot tier, which has no index of its own: 8 bytes a check, for as long as
 * the hour is open.
 */
export class OpenHours {
  readonly #series = new Map<number, Map<number, OpenHour>>()

  add(series: number, id: number, scheduledMs: number, status: number, total: number | null): void {
    const hour = hourOf(scheduledMs)
    let hours = this.#series.get(series)
    if (hours === undefined) {
      hours = new Map()
      this.#series.set(series, hours)
    }
    let open = hours.get(hour)
    if (open === undefined) {
      open = new OpenHour(hour)
      hours.set(hour, open)
    }
    open.add(id, scheduledMs, status, total)
  }

  of(series: number): Iterable<OpenHour> {
    return this.#series.get(series)?.values() ?? []
  }

  get(series: number, hour: number): OpenHour | undefined {
    return this.#series.get(series)?.get(hour)
  }

  /** The newest check of a series that is still open. */
  newest(series: number): OpenHour['newest'] | undefined {
    let newest: OpenHour['newest'] | undefined
    for (const open of this.of(series)) {
      if (newest === undefined || open.newest.scheduledMs > newest.scheduledMs) newest = open.newest
    }
    return newest
  }

  close(series: number, hour: number): void {
    this.#series.get(series)?.delete(hour)
  }

  forget(series: number): void {
    this.#series.delete(series)
  }

  /** Series and hours that are ready to be closed, oldest hour first. */
  ready(isReady: (hour: number) => boolean): { series: number; hour: number }[] {
    const found: { series: number; hour: number }[] = []
    for (const [series, hours] of this.#series) {
      for (const hour of hours.keys()) if (isReady(hour)) found.push({ series, hour })
    }
    return found.sort((a, b) => a.hour - b.hour || a.series - b.series)
  }

  /** The lowest id that is still needed; infinity when none is. */
  lowestId(): number {
    let lowest = Number.POSITIVE_INFINITY
    for (const hours of this.#series.values()) {
      for (const open of hours.values()) lowest = Math.min(lowest, open.lowestId)
    }
    return lowest
  }
}
