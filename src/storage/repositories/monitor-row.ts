import type { Selectable } from 'kysely'
import type { Json, Monitor, MonitorSettings } from '#domain'
import { fromJson } from '../json.ts'
import type { MonitorTable } from '../schema.ts'
import { openJson, sealJson } from '../sealed-json.ts'
import type { SecretBox } from '../secret-box.ts'

/** What is kept sealed of a monitor: its type's own part, and its url where that carries a secret. */
interface Sealed {
  config: { [key: string]: Json }
  url?: string
}

type Kept = Omit<MonitorSettings, 'name' | 'url'>

/** A monitor as its row. */
export function toMonitorRow(monitor: Monitor, secrets: SecretBox): MonitorTable {
  const { name, url, ...kept } = monitor.settings satisfies Kept
  const shown = url === null ? null : maskUserInfo(url)
  const sealed: Sealed = { config: monitor.config }
  if (url !== null && shown !== url) sealed.url = url
  return {
    key: monitor.key,
    id: monitor.id,
    account_id: monitor.accountId,
    type: monitor.type,
    name,
    url: shown,
    name_folded: name.toLowerCase(),
    url_folded: (shown ?? '').toLowerCase(),
    settings_json: JSON.stringify(kept),
    config_sealed: sealJson(secrets, sealed),
    is_paused: Number(monitor.isPaused),
    is_active: Number(monitor.isActive),
    version: monitor.version,
    created_at: monitor.createdAtMs,
    updated_at: monitor.updatedAtMs,
  }
}

/** A row as the monitor that it was made from. Throws `StorageError` when it was sealed with a lost key. */
export function toMonitor(row: Selectable<MonitorTable>, secrets: SecretBox): Monitor {
  const sealed = openJson<Sealed>(secrets, row.config_sealed)
  return {
    key: row.key,
    id: row.id,
    accountId: row.account_id,
    type: row.type,
    settings: { ...fromJson<Kept>(row.settings_json), name: row.name, url: sealed.url ?? row.url },
    config: sealed.config,
    isPaused: row.is_paused === 1,
    isActive: row.is_active === 1,
    version: row.version,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  }
}

const USER_INFO = /^((?:[a-z][a-z0-9+.-]*:)?\/\/|)([^/?#@]*(?:@[^/?#@]*)*)@/i

/** The url with a password in its user info replaced; a user info without a password may be a token and goes whole. */
function maskUserInfo(url: string): string {
  return url.replace(USER_INFO, (_whole, scheme: string, userInfo: string) => {
    const colon = userInfo.indexOf(':')
    return colon < 0 ? `${scheme}••••@` : `${scheme}${userInfo.slice(0, colon)}:••••@`
  })
}
