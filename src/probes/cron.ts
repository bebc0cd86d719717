import { Type } from 'typebox'
import { parseSchedule } from '#domain'
import type { Probe } from './probe.ts'

const CronConfig = Type.Object({
  schedule: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'When the job runs: a cron expression of five fields, or six with seconds first. Left out: every `interval`.',
      examples: ['0 3 * * *'],
    }),
  ),
  timezone: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      default: 'UTC',
      description: 'IANA time zone in which `schedule` is meant.',
      examples: ['Europe/Berlin'],
    }),
  ),
  gracePeriod: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_592_000,
      default: 300,
      description: 'Seconds that a heartbeat may be late before it counts as missed.',
    }),
  ),
  maxDuration: Type.Optional(
    Type.Union([Type.Integer({ minimum: 1, maximum: 34_560_000 }), Type.Null()], {
      default: null,
      description: 'Seconds that a run may take from its start signal to its end; null sets no limit.',
    }),
  ),
})

/** A job that reports by itself. It is never probed: its results come from heartbeats, or from their absence. */
export const cronProbe = {
  type: 'CRON',
  summary: 'A scheduled job sends heartbeats when it should.',
  config: CronConfig,
  defaults: { interval: 86_400 },
  validate: (_target, { schedule, timezone = 'UTC' }) => {
    if (!isTimezone(timezone)) {
      const given = JSON.stringify(timezone)
      return [{ path: 'timezone', message: `expected an IANA time zone such as Europe/Berlin, got ${given}` }]
    }
    const parsed = schedule === undefined ? null : parseSchedule(schedule, timezone)
    return parsed === null || parsed.ok ? [] : [{ path: 'schedule', message: parsed.message }]
  },
} satisfies Probe<typeof CronConfig>

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
