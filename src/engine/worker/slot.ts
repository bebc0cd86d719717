import type { Assignment, ToWorker } from '../protocol.ts'
import type { Run } from './runs.ts'

export type Ask = Extract<ToWorker, { kind: 'ask' }>

/** An assignment and where its checks stand. */
export interface Slot {
  assignment: Assignment
  phaseMs: number
  /** Next start by phase, wall ms. */
  plannedAtMs: number
  /** A start before that: the first check, a catch-up, a re-check. */
  extra: { atMs: number; kind: 'planned' | 'recheck' } | null
  /** The check that runs now; there is never a second one. */
  run: Run | null
  /** Checks asked for while one was running. */
  asks: Ask[]
  /** Scheduled time of the last check, so that no two have the same. */
  lastScheduledAtMs: number
}

/** When the slot is next due, wall ms. */
export function dueAtMs({ plannedAtMs, extra }: Slot): number {
  return extra ? Math.min(extra.atMs, plannedAtMs) : plannedAtMs
}

/** Takes a scheduled time for a check: the given one, or the next ms when the last check had that. */
export function takeScheduledTime(slot: Slot, atMs: number): number {
  slot.lastScheduledAtMs = atMs === slot.lastScheduledAtMs ? atMs + 1 : atMs
  return slot.lastScheduledAtMs
}
