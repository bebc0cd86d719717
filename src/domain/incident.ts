import type { Json } from './check.ts'
import type { RootCauseCategory } from './root-cause.ts'

export const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Why an incident ended. */
export type Resolution = 'recovered' | 'monitor paused' | 'monitor deleted' | 'monitor disabled' | 'manual'

/** Who did something by hand: an API key or a member. */
export interface Actor {
  id: string
  name: string
}

/** A monitor as it was called when the incident opened, so that history survives a rename or a deletion. */
export interface NamedMonitor {
  id: string
  name: string
}

/** How far people are with it. */
export const STAGES = ['investigating', 'identified', 'monitoring', 'resolved'] as const
export type Stage = (typeof STAGES)[number]

/** What the engine finds, and people may know better. */
export interface Findings {
  severity: Severity
  /** A sentence; empty where nobody knows yet. */
  rootCause: string
  rootCauseCategory: RootCauseCategory
}

/** From DOWN to recovery, or from word to word of the people who opened it. */
export interface Incident extends Findings {
  /** `inc_` + 16 characters. */
  id: string
  accountId: string
  /** Whose outage it is; null for one that people opened. */
  monitorId: string | null
  /** As it was when the incident opened. */
  monitorName: string | null
  /** The monitors that people said it is about; empty for an outage that the engine found. */
  monitors: NamedMonitor[]
  /** Per account, from 1; shown as INC-00001. */
  number: number
  startedAtMs: number
  resolvedAtMs: number | null
  resolution: Resolution | null
  affectedRegions: string[]
  checksFailed: number
  checksTotal: number
  evidence: Json
  /** Null until people give it one. */
  title: string | null
  stage: Stage
  /** Whether status pages may show it. */
  isPublic: boolean
  /** What the engine found, of the fields that people have set since: theirs are shown, and these come back. */
  found: Partial<Findings>
  /** Grows by one with each edit by people. */
  revision: number
  acknowledged: { atMs: number; by: Actor } | null
  /** Null: the engine. */
  openedBy: Actor | null
  resolvedBy: Actor | null
  /** Who sees to it: a name or an e-mail address. */
  assignee: string | null
  postMortem: string | null
}

/** What people may add to an incident, before anyone has. */
export const UNTOUCHED = {
  monitors: [],
  title: null,
  stage: 'investigating',
  isPublic: true,
  found: {},
  revision: 0,
  acknowledged: null,
  openedBy: null,
  resolvedBy: null,
  assignee: null,
  postMortem: null,
} satisfies Partial<Incident>

/** Whether people opened it. */
export function isManual({ monitorId }: Pick<Incident, 'monitorId'>): boolean {
  return monitorId === null
}

/** All monitors that it is about. */
export function monitorsOf({
  monitorId,
  monitorName,
  monitors,
}: Pick<Incident, 'monitorId' | 'monitorName' | 'monitors'>): NamedMonitor[] {
  return monitorId === null ? monitors : [{ id: monitorId, name: monitorName ?? '' }]
}

/** The title that people gave it, or one that says which monitor is DOWN. */
export function titleOf(incident: Pick<Incident, 'title' | 'monitorName'>): string {
  return incident.title ?? `${incident.monitorName ?? 'Something'} is down`
}

/** INC-00123. */
export function formatIncidentNumber(number: number): string {
  return `INC-${String(number).padStart(5, '0')}`
}
