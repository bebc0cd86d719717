import type { MonitorType } from '#domain'
import { lookupAll } from '../net/resolve.ts'
import type { Probe } from '../probe.ts'
import { trustedContext } from '../tls/trust.ts'
import type { HttpDeps } from './ask.ts'
import { checkHttp } from './check.ts'
import { HttpConfig } from './config.ts'
import { problemsOf } from './plan.ts'

/** The resolver and the trust of the machine. */
export const MACHINE: HttpDeps = { lookup: lookupAll, trust: trustedContext }

/** Makes a monitor type of the HTTP family. `deps` stand in for the machine's resolver and trust in tests. */
export function httpProbe(type: MonitorType, summary: string, deps: HttpDeps = MACHINE) {
  return {
    type,
    summary,
    config: HttpConfig,
    validate: ({ url }, config) => problemsOf(url, config),
    run: ({ url }, config, context) => checkHttp(url, config, context, deps),
  } satisfies Probe<typeof HttpConfig>
}
