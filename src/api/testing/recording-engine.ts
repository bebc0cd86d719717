import { randomBytes } from 'node:crypto'
import {
  type CheckReport,
  type CheckResult,
  type Clock,
  decideIncidentChange,
  decideOpening,
  idSource,
  isWatched,
  type Monitor,
  type MonitorState,
  pendingState,
} from '#domain'
import type { ChannelTest, Engine } from '#engine'
import { type EngineBatch, emptyBatch, type NotificationChannel, type Store } from '#storage'

/** An engine for tests of the API: it stores what it is given and records what it is asked, but watches nothing. */
export interface RecordingEngine extends Engine {
  calls: [name: string, ...rest: unknown[]][]
  states: Map<string, MonitorState>
  /** What checks find. */
  result: CheckResult
  /** Held back while this is pending. */
  hold: Promise<void>
  regionList: { code: string; lastSeenAtMs: number; isActive: boolean }[]
  problems: { scheduler: string | null; notifier: string | null }
  channelTest: ChannelTest
}

export const GOOD_RESULT: CheckResult = {
  status: 'UP',
  responseTimeMs: 12.34,
  phases: { dns: 0.5, connect: 1, tls: null, firstByte: 10, download: 0.84 },
  statusCode: 200,
  error: null,
  category: null,
  localFault: false,
  details: null,
  evidence: null,
}

export function recordingEngine({ store, clock }: { store: Store; clock: Clock }): RecordingEngine {
  const monitors = new Map<string, Monitor>()
  const newId = idSource(randomBytes)
  const states = new Map<string, MonitorState>()
  const commit = (part: Partial<EngineBatch>) => store.commit({ ...emptyBatch(clock.nowMs()), ...part })
  const monitorsPart = (part: Partial<EngineBatch['monitors']>) => ({
    monitors: { created: [], changed: [], deleted: [], ...part },
  })

  const engine: RecordingEngine = {
    calls: [],
    states,
    result: GOOD_RESULT,
    hold: Promise.resolve(),
    regionList: [{ code: 'local', lastSeenAtMs: clock.nowMs(), isActive: true }],
    problems: { scheduler: null, notifier: null },
    channelTest: { success: true, statusCode: 200, responseTimeMs: 3.2, error: null },

    async createMonitor(monitor) {
      engine.calls.push(['createMonitor', monitor.id])
      await engine.hold
      const state = stateOf(monitor, clock.nowMs())
      states.set(monitor.id, state)
      await commit({ ...monitorsPart({ created: [monitor] }), states: [{ monitorId: monitor.id, state }] })
      monitors.set(monitor.id, monitor)
    },
    async updateMonitor(monitor) {
      engine.calls.push(['updateMonitor', monitor.id])
      const state = stateOf(monitor, clock.nowMs())
      states.set(monitor.id, state)
      await commit({ ...monitorsPart({ changed: [monitor] }), states: [{ monitorId: monitor.id, state }] })
      monitors.set(monitor.id, monitor)
    },
    async deleteMonitor(id) {
      engine.calls.push(['deleteMonitor', id])
      states.delete(id)
      await commit(monitorsPart({ deleted: [id] }))
      monitors.delete(id)
    },
    monitor: (id) => monitors.get(id) ?? null,
    state: (monitorId) => states.get(monitorId) ?? null,
    async firstResult(monitorId, waitMs) {
      engine.calls.push(['firstResult', monitorId, waitMs])
      await engine.hold
      const state = states.get(monitorId)
      if (state !== undefined && engine.result.status === 'UP') states.set(monitorId, { ...state, status: 'UP' })
      return report(monitorId, 1, engine.result, clock.nowMs())
    },
    async checkNow(monitorId) {
      engine.calls.push(['checkNow', monitorId])
      return [report(monitorId, 1, engine.result, clock.nowMs())]
    },
    async tryOut(monitor) {
      engine.calls.push(['tryOut', monitor])
      return [report(monitor.id, monitor.version, engine.result, clock.nowMs())]
    },
    async heartbeat(beat) {
      engine.calls.push(['heartbeat', beat])
      await commit({ heartbeats: [beat] })
      return true
    },
    async openIncident(incident, message, by) {
      engine.calls.push(['openIncident', incident.id])
      const numbers = await store.incidents.lastNumbers()
      const numbered = { ...incident, number: (numbers.get(incident.accountId) ?? 0) + 1 }
      const decision = decideOpening(numbered, message, { by, nowMs: clock.nowMs(), newId })
      await commit({ incidents: { opened: [decision.incident], changed: [] }, incidentUpdates: decision.updates })
      return decision.incident
    },
    async changeIncident(stored, change, by) {
      engine.calls.push(['changeIncident', stored.id, change])
      const decision = decideIncidentChange(stored, change, { by, nowMs: clock.nowMs(), newId })
      if ('refusal' in decision) return decision
      await commit({ incidents: { opened: [], changed: [decision.incident] }, incidentUpdates: decision.updates })
      return decision
    },
    async deleteIncident(id) {
      engine.calls.push(['deleteIncident', id])
      await commit({ incidentsDeleted: [id] })
    },
    async saveMaintenance(window) {
      engine.calls.push(['saveMaintenance', window.id])
      await commit({ maintenance: { saved: [window], moved: [] } })
    },
    channelSaved: (channel: NotificationChannel) => void engine.calls.push(['channelSaved', channel.id]),
    channelDeleted: (channelId) => void engine.calls.push(['channelDeleted', channelId]),
    async testChannel(channel) {
      engine.calls.push(['testChannel', channel.id])
      return engine.channelTest
    },
    wakeNotifier: () => void engine.calls.push(['wakeNotifier']),
    regions: () => engine.regionList,
    regionsFor: () => ['local'],
    attachWorker: async () => () => undefined,
    allowPrivateTargets: () => undefined,
    health: () => engine.problems,
    stop: async () => undefined,
  }
  return engine
}

function stateOf(monitor: Monitor, nowMs: number): MonitorState {
  const state = pendingState(nowMs, null)
  return isWatched(monitor) ? state : { ...state, status: 'PAUSED', span: { status: 'PAUSED', fromMs: nowMs } }
}

function report(monitorId: string, version: number, result: CheckResult, atMs: number): CheckReport {
  return { monitorId, version, region: 'local', kind: 'manual', scheduledAtMs: atMs, startedAtMs: atMs, result }
}
