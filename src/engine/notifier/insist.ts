import type { Clock } from '#domain'

const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 5_000

/** Thrown when the insisting was cut short. */
export class CutError extends Error {
  override name = 'CutError'
}

export interface InsistOptions {
  clock: Clock
  /** Ends the insisting with `CutError`. */
  cut: AbortSignal
  onTrouble: (error: unknown) => void
  onSuccess: () => void
}

/** Runs a storage task until it succeeds, waiting a little longer each time (50 ms to 5 s). */
export async function insist<T>(task: () => Promise<T>, options: InsistOptions): Promise<T> {
  const { clock, cut, onTrouble, onSuccess } = options
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    if (cut.aborted) throw new CutError()
    try {
      const result = await task()
      onSuccess()
      return result
    } catch (error) {
      onTrouble(error)
    }
    await pause(waitMs, clock, cut)
  }
}

/** Resolves after so many ms, or when cut. */
export function pause(waitMs: number, clock: Clock, cut: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      timer.cancel()
      cut.removeEventListener('abort', done)
      resolve()
    }
    const timer = clock.schedule(waitMs, done)
    cut.addEventListener('abort', done, { once: true })
    if (cut.aborted) done()
  })
}
