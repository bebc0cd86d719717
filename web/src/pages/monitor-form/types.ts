import type { MonitorRow } from '#client'
import { t } from '../../texts/texts.ts'

export type MonitorType = MonitorRow['type']

/** The types in the order in which they are offered. A type that is missing here fails to compile. */
const ORDER: { readonly [type in MonitorType]: number } = {
  WEBSITE: 0,
  API: 1,
  GRAPHQL: 2,
  PING: 3,
  PORT: 4,
  DNS: 5,
  SSL_CERT: 6,
  CRON: 7,
}

export const MONITOR_TYPES: readonly MonitorType[] = Object.keys(ORDER).filter(isType)

export function isType(text: string): text is MonitorType {
  return Object.hasOwn(ORDER, text)
}

export function typeLabel(type: MonitorType): string {
  return t(`type.${type}`)
}
