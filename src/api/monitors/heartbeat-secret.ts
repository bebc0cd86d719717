import { timingSafeEqual } from 'node:crypto'
import { isId, type Monitor } from '#domain'
import { hashSecret, randomText } from '../auth/api-key.ts'

/** Where a CRON monitor keeps the hash of its own heartbeat secret; never shown. */
export const HEARTBEAT_SECRET_FIELD = 'heartbeatSecretHash'

const SECRET_LENGTH = 24

/**
 * A new secret for a heartbeat address. It carries the monitor's id, so that any server finds the monitor without a
 * map of secrets; the id alone says nothing about the secret.
 */
export function newHeartbeatSecret(
  monitorId: string,
  randomBytes: (size: number) => Uint8Array,
): { secret: string; hash: string } {
  const secret = `hb_${monitorId.slice('mon_'.length)}${randomText(randomBytes, SECRET_LENGTH)}`
  return { secret, hash: hashSecret(secret) }
}

/** The id of the monitor that a capability (an id, or a secret) names; null when it can be neither. */
export function monitorIdOf(capability: string): string | null {
  if (isId('mon', capability)) return capability
  const id = /^hb_([a-z0-9]{16})[A-Za-z0-9]{24}$/.exec(capability)?.[1]
  return id === undefined ? null : `mon_${id}`
}

/** Whether the capability opens this monitor: its secret where one was issued, else its id. */
export function opens(capability: string, monitor: Monitor): boolean {
  const hash = monitor.config[HEARTBEAT_SECRET_FIELD]
  if (typeof hash !== 'string') return capability === monitor.id
  return timingSafeEqual(Buffer.from(hashSecret(capability)), Buffer.from(hash.padEnd(64).slice(0, 64)))
}

/** The address as answers show it: whole while the id is the capability, masked once there is a secret. */
export function shownHeartbeatUrl(monitor: Monitor, publicUrl: string): string {
  const hasSecret = typeof monitor.config[HEARTBEAT_SECRET_FIELD] === 'string'
  return heartbeatUrl(hasSecret ? 'hb_••••' : monitor.id, publicUrl)
}

/** Where a job reports to, by an id or a secret. */
export function heartbeatUrl(capability: string, publicUrl: string): string {
  return `${publicUrl}/api/v1/heartbeat/${capability}`
}
