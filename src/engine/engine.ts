import type {
  Actor,
  CheckReport,
  Heartbeat,
  Incident,
  IncidentChange,
  IncidentRefusal,
  MaintenanceWindow,
  Monitor,
  MonitorState,
} from '#domain'
import type { NotificationChannel } from '#storage'
import type { EngineLine } from './protocol.ts'

/** What became of a test event. */
export interface ChannelTest {
  success: boolean
  statusCode: number | null
  responseTimeMs: number
  error: string | null
}

/** A region's worker as it is let in. */
export interface AttachedWorker {
  region: string
  /** Of this run of the worker: its sequences begin anew with each. */
  workerId: string
  line: EngineLine
  /** Whether it outlives this process and then sends again what it does not know to be stored. Default: true. */
  resends?: boolean
}

/** What the API and the command line may ask of the engine. All writes to monitors go through it, in order with results. */
export interface Engine {
  /** Stores the monitor and begins to watch it. Resolves once committed. */
  createMonitor(monitor: Monitor): Promise<void>
  /** Stores the changed monitor (version + 1) and watches it anew. Pausing and switching off end here too. */
  updateMonitor(monitor: Monitor): Promise<void>
  deleteMonitor(id: string): Promise<void>
  /** The monitor as it was stored last, whatever its account; null for an unknown one. */
  monitor(id: string): Monitor | null
  /** The current state; null for an unknown monitor. */
  state(monitorId: string): MonitorState | null
  /** Resolves with the first stored result of a new monitor, or null after `waitMs`. */
  firstResult(monitorId: string, waitMs: number): Promise<CheckReport | null>
  /** Runs one check per region now, stores and decides on it like any other. */
  checkNow(monitorId: string): Promise<CheckReport[]>
  /** Runs one check of an unsaved monitor in each of its active regions; changes nothing. */
  tryOut(monitor: Monitor): Promise<CheckReport[]>
  /** Records a heartbeat and decides on it. Resolves once durable; false for an unknown monitor or one that is not CRON. */
  heartbeat(beat: Heartbeat): Promise<boolean>
  /** Stores an incident that people open, with the first entry of its timeline. Answers it with its number. */
  openIncident(incident: Omit<Incident, 'number'>, message: string, by: Actor): Promise<Incident>
  /**
   * Changes an incident as people ask, in order with what the engine makes of it; `stored` is the incident as it was
   * read. Callers take turns per incident. Answers it as it then is, or why that can't be.
   */
  changeIncident(stored: Incident, change: IncidentChange, by: Actor): Promise<{ incident: Incident } | IncidentRefusal>
  /** Deletes an incident that people opened. */
  deleteIncident(id: string): Promise<void>
  /**
   * Stores a new, changed or cancelled maintenance window. What it changes for monitors now has happened when this
   * resolves, for the first some hundred of them; the others follow within moments.
   */
  saveMaintenance(window: MaintenanceWindow): Promise<void>
  /** Channels changed: the engine chooses by its own copy. */
  channelSaved(channel: NotificationChannel): void
  channelDeleted(channelId: string): void
  /** Sends a test event now, outside the outbox; the answer is the receiver's own. */
  testChannel(channel: NotificationChannel): Promise<ChannelTest>
  /** New pending deliveries exist. */
  wakeNotifier(): void
  /** Regions and when their worker was last heard. */
  regions(): { code: string; lastSeenAtMs: number; isActive: boolean }[]
  /** Codes of regions that would check this monitor now. */
  regionsFor(monitor: Monitor): string[]
  /** Lets a region's worker in: it gets its assignments, and its results count. Answers how to let it go. */
  attachWorker(worker: AttachedWorker): Promise<() => void>
  /** Whether workers may connect to loopback and private addresses from now on. */
  allowPrivateTargets(allow: boolean): void
  /** For /health: null when well, else a sentence. */
  health(): { scheduler: string | null; notifier: string | null }
  /** Ends what runs, stores what came, and stops. */
  stop(): Promise<void>
}
