import type { Json, Monitor, MonitorState, MonitorStatus, WatchedCertificate } from '#domain'
import { probeFor } from '#probes'
import { isoSeconds } from '../http/times.ts'
import { maskConfig, maskUserInfo } from '../masks.ts'
import { withDefaults } from './apply-fields.ts'
import type { MonitorFigures } from './figures.ts'
import { HEARTBEAT_SECRET_FIELD, shownHeartbeatUrl } from './heartbeat-secret.ts'

const DAY_MS = 86_400_000

/** What a monitor is shown with, beside itself. */
export interface Surroundings {
  state: MonitorState | null
  figures: MonitorFigures
  publicUrl: string
  /** Codes of regions with a worker, which a monitor without own regions follows. */
  activeRegions: string[]
  warnings: string[]
  nowMs: number
}

/** The status that people see. */
export function statusOf(monitor: Monitor, state: MonitorState | null): MonitorStatus {
  if (monitor.isPaused || !monitor.isActive) return 'PAUSED'
  return state?.status ?? 'PENDING'
}

/** A row of the list. */
export function presentRow(
  monitor: Monitor,
  { state, figures, publicUrl }: Pick<Surroundings, 'state' | 'figures' | 'publicUrl'>,
) {
  const { settings } = monitor
  return {
    id: monitor.id,
    name: settings.name,
    url: settings.url === null ? null : maskUserInfo(settings.url),
    type: monitor.type,
    status: statusOf(monitor, state),
    interval: settings.intervalMs / 1000,
    timeout: settings.timeoutMs / 1000,
    isActive: monitor.isActive,
    isPaused: monitor.isPaused,
    tags: settings.tags,
    lastCheckedAt: isoSeconds(state?.lastCheckedAtMs ?? null),
    avgResponseTime24h: figures.avgResponseTime24h,
    uptime90d: figures.uptime90d,
    createdAt: isoSeconds(monitor.createdAtMs),
    updatedAt: isoSeconds(monitor.updatedAtMs),
    ...(monitor.type === 'CRON' ? { heartbeatUrl: shownHeartbeatUrl(monitor, publicUrl) } : {}),
  }
}

/** The whole monitor, secrets masked. */
export function presentMonitor(monitor: Monitor, surroundings: Surroundings): { [field: string]: Json } {
  const { settings } = monitor
  const { state, activeRegions, warnings, nowMs } = surroundings
  return {
    ...presentRow(monitor, surroundings),
    description: settings.description,
    enabledRegions: settings.enabledRegions ?? activeRegions,
    confirmationChecks: settings.confirmationChecks,
    recoveryChecks: settings.recoveryChecks,
    regionQuorum: settings.regionQuorum,
    degradedThreshold: settings.degradedThresholdMs,
    upsideDown: settings.upsideDown,
    severity: settings.severity,
    notificationChannelIds: settings.notificationChannelIds,
    dependsOn: settings.dependsOn,
    regressionEnabled: settings.regressionEnabled,
    regressionThreshold: settings.regressionThreshold,
    regressionPeriod: settings.regressionPeriod,
    ...ownFields(monitor),
    statusSince: isoSeconds(state?.sinceMs ?? null),
    statusReason: state?.unknownReason ?? null,
    ...(monitor.type === 'CRON'
      ? {
          lastPingAt: isoSeconds(state?.heartbeat?.lastPingAtMs ?? null),
          nextExpectedAt: isoSeconds(state?.heartbeat?.expectedAtMs ?? null),
        }
      : {}),
    ...(watchesCertificate(monitor)
      ? { certificate: presentCertificate(state?.certificate?.latest ?? null, nowMs) }
      : {}),
    warnings,
  }
}

function watchesCertificate({ type, settings }: Monitor): boolean {
  const hasThresholds = Object.hasOwn(probeFor(type)?.config.properties ?? {}, 'sslCertExpiryDays')
  return hasThresholds && !/^http:/i.test(settings.url ?? '')
}

/** The one that a check saw last; its days are counted when it is shown, so that they are never yesterday's. */
function presentCertificate(known: WatchedCertificate | null, nowMs: number): Json {
  if (known === null) return null
  const { fingerprint, subject, issuer, notAfterMs } = known
  const daysLeft = Math.floor((notAfterMs - nowMs) / DAY_MS)
  return { subject, issuer, validTo: isoSeconds(notAfterMs), daysLeft, fingerprint256: fingerprint }
}

/** What is shown of a monitor object, which is never changed once it was stored, is worked out once. */
const shownFields = new WeakMap<Monitor, { [field: string]: Json }>()

function ownFields(monitor: Monitor): { [field: string]: Json } {
  const known = shownFields.get(monitor)
  if (known !== undefined) return known
  const probe = probeFor(monitor.type)
  const { [HEARTBEAT_SECRET_FIELD]: _secret, ...config } = monitor.config
  const shown = probe === null ? {} : maskConfig(probe.config, withDefaults(probe, config))
  shownFields.set(monitor, shown)
  return shown
}
