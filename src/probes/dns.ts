import { randomInt } from 'node:crypto'
import { checkDns, type DnsDeps } from './dns/check.ts'
import { DnsConfig } from './dns/config.ts'
import { problemsOf } from './dns/plan.ts'
import { systemServers } from './dns/server.ts'
import { lookupAll } from './net/resolve.ts'
import type { Probe } from './probe.ts'

const MACHINE: DnsDeps = { lookup: lookupAll, systemServers, randomId: () => randomInt(0x10000) }

/** Makes the monitor type. `deps` stand in for the machine's resolvers and randomness in tests. */
export function makeDnsProbe(deps: DnsDeps = MACHINE) {
  return {
    type: 'DNS',
    summary: 'A DNS server answers for a name, and its records are as expected.',
    config: DnsConfig,
    validate: ({ url }, config) => problemsOf(url, config),
    run: ({ url }, config, context) => checkDns(url, config, context, deps),
  } satisfies Probe<typeof DnsConfig>
}

export const dnsProbe = makeDnsProbe()
