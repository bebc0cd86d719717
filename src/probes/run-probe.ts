import { type CheckResult, type Clock, type Json, type MonitorType, unknownResult } from '#domain'
import type { AnyProbe } from './probe.ts'
import { probeFor } from './registry.ts'
import type { TargetPolicy } from './target-policy.ts'

/** One check to be made. `config` is valid by its type's schema, and the same object as long as it does not change. */
export interface ProbeJob {
  type: MonitorType
  url: string
  config: { [key: string]: Json }
  timeoutMs: number
}

export interface ProbeDeps {
  clock: Clock
  targets: TargetPolicy
  userAgent: string
  /** Aborts the check. */
  signal?: AbortSignal
  /** Told of every fault of our own: an exception in a probe, or a probe that does not end. */
  onFault(error: Error): void
  /** Stands in for the registry in tests. */
  find?: (type: MonitorType) => AnyProbe | null
}

/** How long after its deadline a probe may still tidy up. */
const TIDY_MS = 1_000

/**
 * Runs the probe of a job and always resolves, at the latest one second after the job's deadline. A fault of our own
 * is UNKNOWN and reported, never the target's outage.
 */
export function runProbe(job: ProbeJob, deps: ProbeDeps): Promise<CheckResult> {
  const probe = (deps.find ?? probeFor)(job.type)
  if (probe?.run === undefined) return Promise.resolve(unknownResult(`monitors of type ${job.type} are not probed`))
  return guard(probe, job, deps)
}

function guard(probe: AnyProbe, job: ProbeJob, deps: ProbeDeps): Promise<CheckResult> {
  const { clock, targets, userAgent, signal, onFault } = deps
  const { type, url, config, timeoutMs } = job
  const ending = new AbortController()
  const abort = () => ending.abort()
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort)
  // Written out, since every check pays for it: a race of promises in an async function took a sixth of a PORT check.
  return new Promise((settle) => {
    let hasEnded = false
    const end = (result: CheckResult) => {
      hasEnded = true
      timer.cancel()
      signal?.removeEventListener('abort', abort)
      settle(result)
    }
    const fail = (error: Error, why: string) => {
      if (hasEnded) return
      onFault(error)
      end(unknownResult(`the check could not be made: ${why}`))
    }
    const broken = (thrown: unknown) => {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      fail(error, `the ${type} probe failed (${error.message})`)
    }
    const timer = clock.schedule(timeoutMs + TIDY_MS, () => {
      const error = new Error(`the ${type} probe did not end ${TIDY_MS} ms after its deadline of ${timeoutMs} ms`)
      abort()
      fail(error, error.message)
    })
    try {
      const context = { clock, signal: ending.signal, timeoutMs, targets, userAgent }
      probe.run?.({ url }, config, context).then(end, broken)
    } catch (thrown) {
      broken(thrown)
    }
  })
}
