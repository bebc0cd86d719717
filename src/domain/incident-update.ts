import { durationWords } from './duration-words.ts'
import type { Actor, Incident, Resolution } from './incident.ts'

/** What an entry of the timeline may say; `update` leaves the stage as it is. */
export const UPDATE_STATUSES = ['investigating', 'identified', 'monitoring', 'update', 'resolved'] as const
export type UpdateStatus = (typeof UPDATE_STATUSES)[number]

/** An entry of an incident's timeline. */
export interface IncidentUpdate {
  /** `upd_` + 16 characters. */
  id: string
  incidentId: string
  atMs: number
  status: UpdateStatus
  message: string
  /** Whether status pages may show it. */
  isPublic: boolean
  /** Null: the engine. */
  by: Actor | null
}

/**
 * What the timeline says when the engine opens an incident. It may stand on a public page, so it names neither monitor
 * nor cause.
 */
export const OPENED_MESSAGE = 'Checks are failing.'

/** What the timeline says when an incident ends, for public pages too. */
export function endMessage(resolution: Resolution, { startedAtMs, resolvedAtMs }: Incident): string {
  switch (resolution) {
    case 'recovered':
      return `Checks succeed again, after ${durationWords(Math.max(1_000, (resolvedAtMs ?? startedAtMs) - startedAtMs))}.`
    case 'monitor paused':
      return 'Monitoring was paused.'
    case 'monitor disabled':
      return 'Monitoring was switched off.'
    case 'monitor deleted':
      return 'Monitoring has ended.'
    case 'manual':
      return 'Resolved by hand.'
  }
}
