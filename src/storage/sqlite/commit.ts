import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Heartbeat, Monitor, OutboxEvent } from '#domain'
import type { EngineBatch } from '../port.ts'
import { toMonitorRow } from '../repositories/monitor-row.ts'
import { toResultRow } from '../results/result-row.ts'
import type { SecretBox } from '../secret-box.ts'
import type { Directory, KnownMonitor } from './directory.ts'
import type { HotTier } from './hot-tier.ts'
import { IncidentWriter } from './incident-writer.ts'
import { MaintenanceWriter } from './maintenance-writer.ts'
import { insertSql, updateSql } from './statement-text.ts'
import { transact } from './transact.ts'

const MONITOR_COLUMNS = [
  'id',
  'account_id',
  'type',
  'name',
  'url',
  'name_folded',
  'url_folded',
  'settings_json',
  'config_sealed',
  'is_paused',
  'is_active',
  'version',
  'created_at',
  'updated_at',
] as const
/**
 * Applies the engine's batches: the hot path, so every statement is compiled once and all of a batch runs in one
 * synchronous go. What belongs to a monitor that no longer exists is left out.
 */
export class Committer {
  readonly #connection: DatabaseSync
  readonly #directory: Directory
  readonly #hot: HotTier
  readonly #secrets: SecretBox
  readonly #sql: ReturnType<typeof prepare>
  readonly #incidents: IncidentWriter
  readonly #maintenance: MaintenanceWriter

  constructor(connection: DatabaseSync, directory: Directory, hot: HotTier, secrets: SecretBox) {
    this.#connection = connection
    this.#directory = directory
    this.#hot = hot
    this.#secrets = secrets
    this.#sql = prepare(connection)
    this.#incidents = new IncidentWriter(connection)
    this.#maintenance = new MaintenanceWriter(connection)
  }

  /** All of the batch or, when it throws, nothing. */
  apply(batch: EngineBatch): void {
    const lastId = this.#hot.lastId
    let results: StagedResult[]
    try {
      results = transact(this.#connection, () => this.#write(batch))
    } catch (error) {
      this.#hot.rewind(lastId)
      this.#directory.undo()
      throw error
    }
    this.#directory.keep()
    for (const { series, id, scheduledMs, status, total } of results) {
      this.#hot.open.add(series, id, scheduledMs, status, total)
    }
    for (const id of batch.monitors.deleted) this.#forget(id)
  }

  #write(batch: EngineBatch): StagedResult[] {
    for (const monitor of batch.monitors.created) this.#createMonitor(monitor)
    for (const monitor of batch.monitors.changed) this.#changeMonitor(monitor)
    const results = this.#writeResults(batch)
    for (const beat of batch.heartbeats) this.#writeHeartbeat(beat)
    for (const { monitorId, status, fromMs, toMs } of batch.spans.ended) {
      const monitor = this.#directory.get(monitorId)
      if (monitor === undefined || toMs === null || toMs <= fromMs) continue
      this.#sql.span.run(monitor.key, fromMs, toMs, status)
    }
    for (const { monitorId, state } of batch.states) {
      const monitor = this.#directory.get(monitorId)
      if (monitor !== undefined) this.#sql.state.run(monitor.key, state.status, JSON.stringify(state))
    }
    this.#incidents.write(batch)
    this.#maintenance.write(batch)
    for (const { event, deliveries } of batch.events) this.#writeEvent(event, deliveries)
    for (const { workerId, sequence } of batch.workers) this.#sql.worker.run(workerId, sequence)
    for (const id of batch.monitors.deleted) {
      const monitor = this.#directory.get(id)
      if (monitor === undefined) continue
      this.#sql.deleteMonitor.run(monitor.key)
      this.#sql.noteDeleted.run(monitor.key)
    }
    return results
  }

  #createMonitor(monitor: Monitor): void {
    const row = toMonitorRow(monitor, this.#secrets)
    this.#sql.createMonitor.run(row.key, ...MONITOR_COLUMNS.map((column) => row[column]))
    this.#directory.add(monitor.id, monitor.key)
    this.#writeTags(monitor.key, monitor.settings.tags)
  }

  #changeMonitor(monitor: Monitor): void {
    const known = this.#directory.get(monitor.id)
    if (known === undefined) return
    const row = toMonitorRow(monitor, this.#secrets)
    this.#sql.changeMonitor.run(...MONITOR_COLUMNS.map((column) => row[column]), known.key)
    this.#sql.dropTags.run(known.key)
    this.#writeTags(known.key, monitor.settings.tags)
  }

  #writeTags(key: number, tags: readonly string[]): void {
    for (const tag of new Set(tags)) this.#sql.tag.run(key, tag)
  }

  #writeResults({ results }: EngineBatch): StagedResult[] {
    const staged: StagedResult[] = []
    for (const report of results) {
      const monitor = this.#directory.get(report.monitorId)
      if (monitor === undefined) continue
      const series = this.#directory.seriesOf(monitor, report.region).id
      const row = toResultRow(report)
      const id = this.#hot.insert(series, row)
      staged.push({ series, id, scheduledMs: row.scheduled_ms, status: row.status, total: row.total })
    }
    return staged
  }

  #writeHeartbeat(beat: Heartbeat): void {
    const monitor = this.#directory.get(beat.monitorId)
    if (monitor === undefined) return
    const { atMs, kind, rid, message, exitStatus, durationMs, source } = beat
    this.#sql.heartbeat.run(monitor.key, atMs, kind, rid, message, exitStatus, durationMs, source)
  }

  #writeEvent(event: OutboxEvent, deliveries: readonly { id: string; channelId: string }[]): void {
    const { id, accountId, monitorId, incidentId, name, createdAtMs, payload } = event
    this.#sql.event.run(id, accountId, monitorId, incidentId, name, createdAtMs, JSON.stringify(payload))
    for (const delivery of deliveries) {
      this.#sql.delivery.run(delivery.id, id, delivery.channelId, createdAtMs, createdAtMs, delivery.channelId)
    }
  }

  #forget(monitorId: string): void {
    const monitor: KnownMonitor | undefined = this.#directory.get(monitorId)
    if (monitor === undefined) return
    for (const { id } of monitor.series.values()) this.#hot.open.forget(id)
    this.#directory.remove(monitor)
  }
}

interface StagedResult {
  series: number
  id: number
  scheduledMs: number
  status: number
  total: number | null
}

function prepare(connection: DatabaseSync) {
  const sql = (text: string): StatementSync => connection.prepare(text)
  return {
    createMonitor: sql(insertSql('monitor', ['key', ...MONITOR_COLUMNS])),
    changeMonitor: sql(updateSql('monitor', MONITOR_COLUMNS, 'key')),
    deleteMonitor: sql('delete from monitor where key = ?'),
    noteDeleted: sql('insert into deleted_monitor (monitor_key) values (?)'),
    tag: sql(insertSql('monitor_tag', ['monitor_key', 'tag'])),
    dropTags: sql('delete from monitor_tag where monitor_key = ?'),
    state: sql(
      `${insertSql('monitor_state', ['monitor_key', 'status', 'state_json'])} on conflict (monitor_key)
       do update set status = excluded.status, state_json = excluded.state_json`,
    ),
    heartbeat: sql(
      insertSql('heartbeat', [
        'monitor_key',
        'at_ms',
        'kind',
        'rid',
        'message',
        'exit_status',
        'duration_ms',
        'source',
      ]),
    ),
    span: sql(
      `${insertSql('span', ['monitor_key', 'from_ms', 'to_ms', 'status'])} on conflict (monitor_key, from_ms)
       do update set to_ms = excluded.to_ms, status = excluded.status`,
    ),
    event: sql(
      insertSql('event', ['id', 'account_id', 'monitor_id', 'incident_id', 'name', 'created_at', 'payload_json']),
    ),
    // A channel may have been deleted since it was chosen.
    delivery: sql(
      `insert into delivery (id, event_id, channel_id, is_again, status, attempts, next_attempt_at, created_at)
       select ?, ?, ?, 0, 'pending', 0, ?, ? where exists (select 1 from channel where id = ?)`,
    ),
    worker: sql(
      `${insertSql('worker_progress', ['worker_id', 'sequence'])} on conflict (worker_id)
       do update set sequence = max(sequence, excluded.sequence)`,
    ),
  }
}
