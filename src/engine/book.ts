import type { Incident, Monitor, MonitorState, MonitorStatus } from '#domain'

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

  /** The highest incident number that the account has used. */
  lastIncidentNumber(accountId: string): number {
    return this.#incidentNumbers.get(accountId) ?? 0
  }

  noteIncidentNumber(accountId: string, number: number): void {
    if (number > this.lastIncidentNumber(accountId)) this.#incidentNumbers.set(accountId, number)
  }
}

/** Names of the monitors among `ids` that are DOWN. */
export function downAmong(reader: EntryReader, ids: readonly string[]): string[] {
  const down: MonitorStatus = 'DOWN'
  return ids.flatMap((id) => {
    const entry = reader.get(id)
    return entry !== undefined && entry.state.status === down ? [entry.monitor.settings.name] : []
  })
}
