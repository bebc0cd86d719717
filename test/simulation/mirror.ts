import { type CheckReport, type Incident, isWatched, type Monitor, type MonitorState, type Span } from '#domain'
import type { Times } from './times.ts'
import type { Fault } from './truth-of-checks.ts'

/** How a region's committed checks stand in a row, counted anew from nothing but what was committed. */
export interface Row {
  newestMs: number
  failures: number
  successes: number
  isDown: boolean
  isBad: boolean
  /** For each failing check of the running row: what was truly at fault. */
  faults: Fault[]
}

/** What is committed of a monitor. Times that begin with `at` are monotonic, those of the product wall ms. */
export interface Committed {
  monitor: Monitor
  state: MonitorState | null
  open: Incident | null
  incidents: Incident[]
  ended: Span[]
  /** When its first span began, wall ms. */
  firstSpanMs: number | null
  beats: number
  rows: Map<string, Row>
  /** By those rows, the newest outage is over. */
  isOver: boolean
  /** Scheduled times of results by region. */
  scheduled: Map<string, Times>
  /** Since when this version is committed; since when it is watched without a break (null: it is not). */
  atChangedMs: number
  /** When a check came whose time the wall clock has shown twice. */
  atUnsureMs: number
  atWatchedMs: number | null
}

/** Resolved by hand, an outage goes on without an incident until it is over. */
export function goesOnByHand({ open, state, incidents }: Committed): boolean {
  return open === null && state?.status === 'DOWN' && incidents.at(-1)?.resolution === 'manual'
}

/** A copy of what the store must hold, kept from the commits alone. */
export class Mirror {
  readonly monitors = new Map<string, Committed>()
  /** Those that were deleted, with the time of it. */
  readonly gone = new Map<string, number>()
  readonly #repeated: { fromMs: number; toMs: number }[] = []

  get(monitorId: string): Committed | undefined {
    return this.monitors.get(monitorId)
  }

  create(monitor: Monitor, atMs: number): Committed {
    const made: Committed = {
      monitor,
      state: null,
      open: null,
      incidents: [],
      ended: [],
      firstSpanMs: null,
      beats: 0,
      rows: new Map(),
      isOver: false,
      scheduled: new Map(),
      atChangedMs: atMs,
      atUnsureMs: Number.NEGATIVE_INFINITY,
      atWatchedMs: isWatched(monitor) ? atMs : null,
    }
    this.monitors.set(monitor.id, made)
    return made
  }

  /** The wall clock was set back: what it showed before may come again. */
  clockWasSetBack(fromMs: number, toMs: number): void {
    this.#repeated.push({ fromMs: toMs - AHEAD_MS, toMs: fromMs + AHEAD_MS })
  }

  /** Whether the wall clock has shown this time twice. */
  isRepeated(atMs: number): boolean {
    return this.#repeated.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs)
  }

  /** A change of configuration: rows begin anew, and with a pause in between everything does. */
  change(entry: Committed, monitor: Monitor, atMs: number, regions: readonly string[]): void {
    const was = isWatched(entry.monitor)
    const is = isWatched(monitor)
    entry.monitor = monitor
    entry.atChangedMs = atMs
    if (!is) entry.atWatchedMs = null
    else if (!was) entry.atWatchedMs = atMs
    if (was !== is) entry.rows.clear()
    for (const [code, row] of entry.rows) {
      if (regions.includes(code)) entry.rows.set(code, { ...row, failures: 0, successes: 0, faults: [] })
      else entry.rows.delete(code)
    }
  }
}

/** A newest check so far ahead was stamped by a clock that has been set back since, and is the newest no more. */
const AHEAD_MS = 60_000

/** Counts a measured check in; false for one that is older than the newest and says nothing any more. */
export function countIn(entry: Committed, report: CheckReport, fault: Fault, nowMs: number): boolean {
  const { confirmationChecks, recoveryChecks } = entry.monitor.settings
  const before = entry.rows.get(report.region)
  const row: Row = before ?? {
    newestMs: Number.NEGATIVE_INFINITY,
    failures: 0,
    successes: 0,
    isDown: false,
    isBad: false,
    faults: [],
  }
  entry.rows.set(report.region, row)
  if (report.scheduledAtMs <= row.newestMs && row.newestMs <= nowMs + AHEAD_MS) return false
  row.newestMs = report.scheduledAtMs
  if (report.result.status === 'UNKNOWN') return true
  row.isBad = report.result.status === 'DOWN'
  if (row.isBad) {
    row.failures++
    row.successes = 0
    row.faults = [...row.faults, fault].slice(-confirmationChecks)
    if (row.failures >= confirmationChecks) row.isDown = true
  } else {
    row.failures = 0
    row.faults = []
    row.successes++
    if (row.successes >= recoveryChecks) row.isDown = false
  }
  return true
}

/** How many of so many regions make an outage, said once more. */
export function regionsNeeded({ regionQuorum }: Monitor['settings'], regions: number): number {
  switch (regionQuorum) {
    case 'any':
      return 1
    case 'all':
      return Math.max(1, regions)
    case 'majority':
      return Math.floor(Math.max(1, regions) / 2) + 1
    default:
      return Math.max(1, Math.min(regionQuorum, regions))
  }
}
