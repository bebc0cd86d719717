import { realClock } from '#engine'
import { type ProbeJob, runProbe, targetPolicy } from '#probes'

const DEPS = {
  clock: realClock,
  targets: targetPolicy({ allowPrivate: true }),
  userAgent: 'StatusApp/bench',
  onFault: (error: Error) => {
    throw error
  },
}

/** One check of a job as a worker makes it, which must be up. */
export function upCheck(job: ProbeJob): () => Promise<void> {
  return async () => {
    const { status, error } = await runProbe(job, DEPS)
    if (status !== 'UP') throw new Error(`the probe says ${status}: ${error}`)
  }
}
