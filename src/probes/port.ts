import { lookupAll } from './net/resolve.ts'
import { checkPort, type PortDeps } from './port/check.ts'
import { PortConfig } from './port/config.ts'
import { problemsOf } from './port/plan.ts'
import type { Probe } from './probe.ts'

/** Makes the monitor type. `deps` stand in for the machine's resolver in tests. */
export function makePortProbe(deps: PortDeps = { lookup: lookupAll }) {
  return {
    type: 'PORT',
    summary: 'A TCP port takes connections or a UDP port answers, and if asked, says the right words.',
    config: PortConfig,
    validate: ({ url }, config) => problemsOf(url, config),
    run: ({ url }, config, context) => checkPort(url, config, context, deps),
  } satisfies Probe<typeof PortConfig>
}

export const portProbe = makePortProbe()
