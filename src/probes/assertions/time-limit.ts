import { createContext, Script } from 'node:vm'

const box: { job: () => void } = { job: () => undefined }
const context = createContext(box, { codeGeneration: { strings: false, wasm: false } })
const ENDED = 'ERR_SCRIPT_EXECUTION_TIMEOUT'
const script = new Script('job()')

/** What was run took longer than it may. */
export class TimeLimitError extends Error {
  override name = 'TimeLimitError'
}

/**
 * Runs code that may loop for very long, and ends it from outside after `limitMs`. It costs half a millisecond: for
 * what can't count its own work. Throws `TimeLimitError`, or what `job` throws. Nothing that `job` touches may be used
 * after it was ended.
 */
export function withinTime<Result>(limitMs: number, job: () => Result): Result {
  let result: { value: Result } | null = null
  box.job = () => {
    result = { value: job() }
  }
  try {
    script.runInContext(context, { timeout: limitMs })
  } catch (error) {
    // It comes from the other context, whose Error is not ours.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === ENDED)
      throw new TimeLimitError(`took more than ${limitMs} ms`)
    throw error
  } finally {
    box.job = () => undefined
  }
  return valueIn(result)
}

function valueIn<Result>(result: { value: Result } | null): Result {
  if (result === null) throw new Error('a job ended without a result')
  return result.value
}
