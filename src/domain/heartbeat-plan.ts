import { type CronSchedule, nextOccurrence, parseSchedule } from './cron.ts'
import { durationWords } from './duration-words.ts'
import type { HeartbeatPlan, HeartbeatState } from './heartbeat-state.ts'

/** A stored plan has a schedule that can't be read (any more): our fault, never the job's. */
export class InvalidPlanError extends Error {
  override readonly name = 'InvalidPlanError'
}

/** A clock may be this far off, whatever the period. */
const CLOCK_SKEW_MS = 60_000

/**
 * When the next success is expected after a ping at `pingAtMs`. A ping shortly before an occurrence is the one of that
 * occurrence. Null when the schedule has no further occurrence.
 */
export function expectedAfterPing(plan: HeartbeatPlan, pingAtMs: number): number | null {
  if (plan.schedule === null) return pingAtMs + plan.intervalMs
  const schedule = scheduleOf(plan.schedule, plan.timezone)
  const coming = nextOccurrence(schedule, pingAtMs)
  if (coming === null || !isEarlyFor(plan, coming, pingAtMs)) return coming
  return nextOccurrence(schedule, coming)
}

/** When a first success is expected if watching starts at `fromMs`: the next occurrence, or one interval on. */
export function expectedFrom(plan: HeartbeatPlan, fromMs: number): number | null {
  if (plan.schedule === null) return fromMs + plan.intervalMs
  return nextOccurrence(scheduleOf(plan.schedule, plan.timezone), fromMs)
}

/**
 * True when a ping at `atMs`, at or before `expectedAtMs`, counts for it: it comes at most min(half the period,
 * max(60 s, 10 % of the period)) early. A schedule's period is the distance to the occurrence before.
 */
export function isEarlyFor(plan: HeartbeatPlan, expectedAtMs: number, atMs: number): boolean {
  const earlyMs = expectedAtMs - atMs
  if (earlyMs <= 0) return earlyMs === 0
  if (!periodIsAtLeast(plan, expectedAtMs, 2 * earlyMs)) return false
  return earlyMs <= CLOCK_SKEW_MS || periodIsAtLeast(plan, expectedAtMs, 10 * earlyMs)
}

/** Expected time and deadline together, so that the one is never set without the other. */
export function awaiting(
  plan: HeartbeatPlan,
  expectedAtMs: number | null,
): Pick<HeartbeatState, 'expectedAtMs' | 'deadlineAtMs'> {
  return { expectedAtMs, deadlineAtMs: expectedAtMs === null ? null : expectedAtMs + plan.gracePeriodMs }
}

/** When a run that started at `startedAtMs` has taken too long; null where nobody set a limit. */
export function overdueAt(plan: HeartbeatPlan, startedAtMs: number): number | null {
  return plan.maxDurationMs === null ? null : startedAtMs + plan.maxDurationMs
}

/** `every 5 minutes, grace 5 minutes` */
export function planWords(plan: HeartbeatPlan): string {
  const when =
    plan.schedule === null
      ? `every ${durationWords(plan.intervalMs)}`
      : `schedule "${plan.schedule}" in ${plan.timezone}`
  return `${when}, grace ${durationWords(plan.gracePeriodMs)}`
}

/** No occurrence lies within `periodMs` before `expectedAtMs`: cheaper than a search backwards, and exact over DST. */
function periodIsAtLeast(plan: HeartbeatPlan, expectedAtMs: number, periodMs: number): boolean {
  if (plan.schedule === null) return plan.intervalMs >= periodMs
  return nextOccurrence(scheduleOf(plan.schedule, plan.timezone), expectedAtMs - periodMs) === expectedAtMs
}

function scheduleOf(expression: string, timezone: string): CronSchedule {
  const parsed = parseSchedule(expression, timezone)
  if (!parsed.ok) throw new InvalidPlanError(parsed.message)
  return parsed.schedule
}
