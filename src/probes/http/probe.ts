import type { MonitorType } from '#domain'
import type { Probe } from '../probe.ts'
import { checkHttp } from './check.ts'
import { HttpConfig } from './config.ts'
import { problemsOf } from './plan.ts'
import { type Lookup, lookupAll } from './resolve.ts'

/** Makes a monitor type of the HTTP family. `lookup` stands in for the system's resolver in tests. */
export function httpProbe(type: MonitorType, summary: string, lookup: Lookup = lookupAll) {
  return {
    type,
    summary,
    config: HttpConfig,
    validate: ({ url }, config) => problemsOf(url, config),
    run: ({ url }, config, context) => checkHttp(url, config, context, lookup),
  } satisfies Probe<typeof HttpConfig>
}
