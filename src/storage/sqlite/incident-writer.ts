import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { Incident, IncidentUpdate } from '#domain'
import { ACCOUNT_BUCKET_MS, MONITOR_BUCKET_MS } from '../incident-buckets.ts'
import { type EngineBatch, StorageError } from '../port.ts'
import { INCIDENT_COLUMNS, toIncidentRow, toUpdateRow } from '../repositories/incident-row.ts'
import { insertSql, updateSql } from './statement-text.ts'

const CHANGES = INCIDENT_COLUMNS.filter((column) => !['id', 'account_id', 'monitor_id', 'number'].includes(column))

const UPDATE_COLUMNS = ['id', 'incident_id', 'at_ms', 'status', 'message', 'is_public', 'by_json'] as const
const CELL_COLUMNS = [
  'account_id',
  'monitor_id',
  'bucket',
  'is_open',
  'severity',
  'root_cause_category',
  'is_acknowledged',
] as const

type Row = { [column: string]: SQLOutputValue }

/** Writes what a batch says of incidents, and keeps the counts of them in step; inside the caller's transaction. */
export class IncidentWriter {
  readonly #sql: ReturnType<typeof prepare>

  constructor(connection: DatabaseSync) {
    this.#sql = prepare(connection)
  }

  /** Changes come first, so that one incident may end and the next begin in the same batch. */
  write({ incidents: { opened, changed }, incidentUpdates, incidentsDeleted }: EngineBatch): void {
    const newest = new Map(changed.map((incident) => [incident.id, incident]))
    const isNew = new Set(opened.map(({ id }) => id))
    for (const incident of newest.values()) if (!isNew.has(incident.id)) this.#change(incident)
    for (const incident of opened) this.#open(incident, newest.get(incident.id) ?? incident)
    for (const update of incidentUpdates) this.#note(update)
    for (const id of incidentsDeleted) this.#delete(id)
  }

  #open(opened: Incident, newest: Incident): void {
    const { changes } = this.#sql.noteNumber.run(opened.number, opened.accountId)
    if (changes === 0) throw new StorageError('conflict', `no account ${opened.accountId}`)
    const row = toIncidentRow({ ...newest, number: opened.number })
    this.#sql.open.run(...INCIDENT_COLUMNS.map((column) => row[column]))
    for (const { id } of newest.monitors) this.#sql.link.run(row.id, id)
    this.#count(row, 1)
  }

  #change(incident: Incident): void {
    const before = this.#sql.counted.get(incident.id)
    if (before === undefined) return
    const row = toIncidentRow(incident)
    this.#sql.change.run(...CHANGES.map((column) => row[column]), incident.id)
    if (KIND.every((column) => kindOf(before, column) === kindOf(row, column))) return
    this.#count(before, -1)
    this.#count(row, 1)
  }

  #delete(id: string): void {
    const before = this.#sql.counted.get(id)
    if (before === undefined) return
    this.#count(before, -1)
    for (const statement of this.#sql.forget) statement.run(id)
  }

  #note(update: IncidentUpdate): void {
    const row = toUpdateRow(update)
    this.#sql.note.run(...UPDATE_COLUMNS.map((column) => row[column]))
  }

  /** Adds to, or takes from, each count that the incident is in. */
  #count(row: Row, change: 1 | -1): void {
    const startedAtMs = Number(row['started_at'])
    const own = String(row['monitor_id'])
    const monitorIds =
      own === '' ? this.#sql.links.all(String(row['id'])).map(({ monitor_id }) => String(monitor_id)) : [own]
    const scopes = [
      ['', Math.floor(startedAtMs / ACCOUNT_BUCKET_MS)],
      ...monitorIds.map((id) => [id, Math.floor(startedAtMs / MONITOR_BUCKET_MS)] as const),
    ] as const
    for (const [monitorId, bucket] of scopes) {
      const kind = KIND.map((column) => kindOf(row, column))
      this.#sql.count.run(String(row['account_id']), monitorId, bucket, ...kind, change)
    }
  }
}

/** What tells one count from another, beside whose it is and when. */
const KIND = ['is_open', 'severity', 'root_cause_category', 'is_acknowledged'] as const

function kindOf(row: Row, column: (typeof KIND)[number]): string | number {
  if (column === 'is_open') return row['resolved_at'] === null ? 1 : 0
  if (column === 'is_acknowledged') return row['acknowledged_at'] === null ? 0 : 1
  return String(row[column])
}

function prepare(connection: DatabaseSync) {
  const sql = (text: string): StatementSync => connection.prepare(text)
  return {
    noteNumber: sql('update account set incident_number = max(incident_number, ?) where id = ?'),
    open: sql(insertSql('incident', INCIDENT_COLUMNS)),
    change: sql(updateSql('incident', CHANGES, 'id')),
    counted: sql(
      `select id, account_id, monitor_id, started_at, resolved_at, severity, root_cause_category, acknowledged_at
       from incident where id = ?`,
    ),
    link: sql(insertSql('incident_link', ['incident_id', 'monitor_id'])),
    links: sql('select monitor_id from incident_link where incident_id = ?'),
    note: sql(insertSql('incident_update', UPDATE_COLUMNS)),
    count: sql(
      `${insertSql('incident_count', [...CELL_COLUMNS, 'count'])} on conflict (${CELL_COLUMNS.join(', ')})
       do update set count = count + excluded.count`,
    ),
    forget: [
      sql('delete from incident_update where incident_id = ?'),
      sql('delete from incident_link where incident_id = ?'),
      sql('delete from incident where id = ?'),
    ],
  }
}
