import { channelFor } from '#channels'
import type { NotificationChannel } from '#storage'
import type { AuditChange } from '../audit/audit.ts'
import { maskConfig } from '../masks.ts'

/** What the audit log tells of a channel that was made, changed or removed. */
export function channelChange(
  action: string,
  { before, after }: { before?: NotificationChannel; after?: NotificationChannel },
): AuditChange {
  const channel = after ?? before
  return {
    action: `channel.${action}`,
    ...(channel === undefined ? {} : { target: { type: 'channel', id: channel.id, name: channel.name } }),
    ...(before === undefined ? {} : { before: fieldsOf(before) }),
    ...(after === undefined ? {} : { after: fieldsOf(after) }),
    mask({ config, ...fields }) {
      const type = channelFor(channel?.type ?? '')
      const isObject = typeof config === 'object' && config !== null && !Array.isArray(config)
      return { ...fields, ...(isObject && type !== null ? { config: maskConfig(type.config, config) } : {}) }
    },
  }
}

function fieldsOf({ name, type, config, events, allMonitors, isActive }: NotificationChannel): object {
  return { name, type, config, events, allMonitors, isActive }
}
