import type { Monitor } from '#domain'
import { probeFor } from '#probes'
import type { AuditChange } from '../audit/audit.ts'
import { maskConfig, maskUserInfo } from '../masks.ts'

/** What the audit log tells of a monitor that was made, changed or removed. */
export function monitorChange(action: string, { before, after }: { before?: Monitor; after?: Monitor }): AuditChange {
  const monitor = after ?? before
  const type = probeFor(monitor?.type ?? '')
  return {
    action: `monitor.${action}`,
    ...(monitor === undefined ? {} : { target: { type: 'monitor', id: monitor.id, name: monitor.settings.name } }),
    ...(before === undefined ? {} : { before: fieldsOf(before) }),
    ...(after === undefined ? {} : { after: fieldsOf(after) }),
    mask({ url, config, ...fields }) {
      return {
        ...fields,
        ...(url === undefined ? {} : { url: typeof url === 'string' ? maskUserInfo(url) : url }),
        ...(isObject(config) && type !== null ? { config: maskConfig(type.config, config) } : {}),
      }
    },
  }
}

function fieldsOf({ type, settings, config, isActive, isPaused }: Monitor): object {
  const { intervalMs, timeoutMs, degradedThresholdMs, ...rest } = settings
  return {
    type,
    ...rest,
    interval: intervalMs / 1000,
    timeout: timeoutMs / 1000,
    degradedThreshold: degradedThresholdMs,
    isActive,
    isPaused,
    config,
  }
}

function isObject<Value>(value: Value | undefined): value is Extract<Value, { [name: string]: unknown }> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
