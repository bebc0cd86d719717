import type { Json } from './check.ts'

export const ALERT_EVENTS = [
  'monitor.down',
  'monitor.up',
  'monitor.degraded',
  'regression.detected',
  'regression.resolved',
  'ssl.expiring',
  'incident.created',
  'incident.updated',
  'incident.resolved',
] as const
export type AlertEventName = (typeof ALERT_EVENTS)[number] | 'test'

/** What a channel gets unless it names its events. */
export const DEFAULT_EVENTS: readonly AlertEventName[] = [
  'monitor.down',
  'monitor.up',
  'monitor.degraded',
  'regression.detected',
  'regression.resolved',
  'ssl.expiring',
]

/** The payload that every channel renders; the webhook sends it as it is. Times are ISO 8601 UTC to the second. */
export interface AlertPayload {
  event: AlertEventName
  timestamp: string
  /** Null for an incident of no monitor, or of one that is gone. */
  monitor: { id: string; name: string; url: string | null; type: string; status: string } | null
  incident: {
    id: string
    startedAt: string
    /** Seconds. */
    duration: number
    checksFailed: number
    incidentNumber: string
    severity: string
  } | null
  check: { statusCode: number | null; responseTime: number | null; error: string | null; region: string | null } | null
  /** Facts of one kind of event, such as the certificate of `ssl.expiring`. */
  details?: Json
}

/** What happened, to be told once to each channel that wants it. */
export interface OutboxEvent {
  /** `evt_` + 16 characters; also the `webhook-id`, so that a receiver can tell a repeat. */
  id: string
  accountId: string
  /** What it is about: the monitor, or an incident of no monitor. What is about the same is told in order. */
  monitorId: string
  incidentId: string | null
  name: AlertEventName
  createdAtMs: number
  payload: AlertPayload
}
