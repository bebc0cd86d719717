import { lookupAll } from './net/resolve.ts'
import { checkPing, type PingMeans } from './ping/check.ts'
import { PingConfig } from './ping/config.ts'
import { Echoes } from './ping/echoes.ts'
import { hostIn } from './ping/host.ts'
import { openIcmp } from './ping/open-icmp.ts'
import { hasPingProgram, runPingProgram } from './ping/ping-program.ts'
import { noWayToPing } from './ping/ping-words.ts'
import type { Probe } from './probe.ts'

/** One socket for each family and thread, shared by all checks. */
const means: PingMeans = {
  lookup: lookupAll,
  echoes: { 4: new Echoes(4, openIcmp), 6: new Echoes(6, openIcmp) },
  program: runPingProgram,
}

/** A host answers ICMP echo requests. */
export const pingProbe = pingProbeWith(means, hasPingProgram)

/** The probe with other means, for tests. */
export function pingProbeWith(means: PingMeans, hasProgram: () => boolean) {
  return {
    type: 'PING',
    summary: 'A host answers ping, with no more packets lost than allowed.',
    config: PingConfig,
    validate({ url }) {
      if (hostIn(url ?? '') !== null) return []
      const message = `expected a host or address such as example.com or 192.0.2.1, got ${JSON.stringify(url)}`
      return [{ path: 'url', message }]
    },
    warnings() {
      const lack = means.echoes[4].ready()
      return lack === null || hasProgram() ? [] : [`${upperFirst(noWayToPing(lack.reason))}.`]
    },
    run: ({ url }, config, context) => checkPing(means, url, config, context),
  } satisfies Probe<typeof PingConfig>
}

function upperFirst(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
