import type { CheckResult, Json } from '#domain'
import type { AnyProbe, ProbeContext } from '../probe.ts'
import { targetPolicy } from '../target-policy.ts'
import { realClock } from './real-clock.ts'

/** A context for tests: real time, private targets allowed, half a second. */
export function probeContext(overrides: Partial<ProbeContext> = {}): ProbeContext {
  return {
    clock: realClock,
    signal: new AbortController().signal,
    timeoutMs: 500,
    targets: targetPolicy({ allowPrivate: true }),
    userAgent: 'StatusApp/test',
    ...overrides,
  }
}

/** Runs one check of a probe. */
export function runCheck(
  probe: AnyProbe,
  url: string,
  config: { [key: string]: Json } = {},
  overrides: Partial<ProbeContext> = {},
): Promise<CheckResult> {
  if (probe.run === undefined) throw new Error(`${probe.type} is not probed`)
  return probe.run({ url }, config, probeContext(overrides))
}
