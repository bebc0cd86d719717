import { isWatched, type Monitor, nextStartMs, phaseMs } from '#domain'
import type { Assignment } from './protocol.ts'

/** Monitors that a region checks: watched ones that are not CRON, which is told, not asked. */
export function isProbed(monitor: Monitor): boolean {
  return isWatched(monitor) && monitor.type !== 'CRON'
}

/** The assignment of a monitor that has just been created, resumed or changed in what is checked. */
export function freshAssignment(monitor: Monitor, immediate: boolean): Assignment {
  return assignmentOf(monitor, { immediate, missedAtMs: null })
}

/** The assignment of a monitor after nobody looked since `lookedUntilMs`: the last check that was due meanwhile is overdue. */
export function resumedAssignment(
  monitor: Monitor,
  region: string,
  { lookedUntilMs, nowMs }: { lookedUntilMs: number; nowMs: number },
): Assignment {
  const { intervalMs } = monitor.settings
  const phase = phaseMs(monitor.id, region, intervalMs)
  const dueAtMs = nextStartMs(phase, intervalMs, nowMs) - intervalMs
  return assignmentOf(monitor, { immediate: false, missedAtMs: dueAtMs > lookedUntilMs ? dueAtMs : null })
}

function assignmentOf(monitor: Monitor, due: Pick<Assignment, 'immediate' | 'missedAtMs'>): Assignment {
  const { settings } = monitor
  return {
    monitorId: monitor.id,
    version: monitor.version,
    type: monitor.type,
    url: settings.url ?? '',
    config: monitor.config,
    intervalMs: settings.intervalMs,
    timeoutMs: settings.timeoutMs,
    degradedThresholdMs: settings.degradedThresholdMs,
    upsideDown: settings.upsideDown,
    ...due,
  }
}
