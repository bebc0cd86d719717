import type { MonitorType } from '#domain'
import { apiProbe } from './api.ts'
import { cronProbe } from './cron.ts'
import { dnsProbe } from './dns.ts'
import { graphqlProbe } from './graphql.ts'
import { pingProbe } from './ping.ts'
import { portProbe } from './port.ts'
import type { AnyProbe } from './probe.ts'
import { sslCertProbe } from './ssl-cert.ts'
import { websiteProbe } from './website.ts'

/** Every monitor type, in the order of documents and forms. A new type is its file and its line here. */
export const PROBES: readonly AnyProbe[] = [
  websiteProbe,
  apiProbe,
  graphqlProbe,
  pingProbe,
  portProbe,
  dnsProbe,
  sslCertProbe,
  cronProbe,
]

export const MONITOR_TYPES: readonly MonitorType[] = PROBES.map(({ type }) => type)

const byType = new Map<MonitorType, AnyProbe>(PROBES.map((probe) => [probe.type, probe]))

/** The probe of a type; null for one that this version does not bring. */
export function probeFor(type: MonitorType): AnyProbe | null {
  return byType.get(type) ?? null
}
