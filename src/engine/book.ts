import {
  type Incident,
  type MaintenanceWindow,
  type Monitor,
  type MonitorState,
  type MonitorStatus,
  statusBeneath,
} from '#domain'

/** A monitor with all that the engine knows of it. */
export interface Entry {
  monitor: Monitor
  state: MonitorState
  openIncident: Incident | null
}

/** Reads the entries as they stand, committed or drafted. */
export interface EntryReader {
  get(monitorId: string): Entry | undefined
}

/** The engine's copy of every monitor: what is committed, and nothing else. */
export class Book implements EntryReader {
  readonly #entries = new Map<string, Entry>()
  readonly #incidentNumbers = new Map<string, number>()

  get(monitorId: string): Entry | undefined {
    return this.#entries.get(monitorId)
  }

  set(entry: Entry): void {
    this.#entries.set(entry.monitor.id, entry)
  }

  delete(monitorId: string): void {
    this.#entries.delete(monitorId)
  }

  entries(): IterableIterator<Entry> {
    return this.#entries.values()
  }

  /** Ids of the monitors that these windows are about, each once. */
  idsIn(windows: Iterable<MaintenanceWindow>): string[] {
    const ids = new Set<string>()
    const accounts = new Set<string>()
    for (const window of windows) {
      if (window.allMonitors) accounts.add(window.accountId)
      else for (const id of window.monitorIds) ids.add(id)
    }
    if (accounts.size > 0) {
      for (const { monitor } of this.entries()) if (accounts.has(monitor.accountId)) ids.add(monitor.id)
    }
    return [...ids]
  }

  /** The highest incident number that the account has used. */
  lastIncidentNumber(accountId: string): number {
    return this.#incidentNumbers.get(accountId) ?? 0
  }

  noteIncidentNumber(accountId: string, number: number): void {
    if (number > this.lastIncidentNumber(accountId)) this.#incidentNumbers.set(accountId, number)
  }
}

/** Names of the monitors among `ids` that are DOWN, in maintenance or not. */
export function downAmong(reader: EntryReader, ids: readonly string[]): string[] {
  const down: MonitorStatus = 'DOWN'
  return ids.flatMap((id) => {
    const entry = reader.get(id)
    return entry !== undefined && statusBeneath(entry.state) === down ? [entry.monitor.settings.name] : []
  })
}
