import { StorageError } from '../port.ts'

const BUSY = 5
const LOCKED = 6
const IOERR = 10
const FULL = 13
const CONSTRAINT = 19

/** What `node:sqlite` throws, as a `StorageError`. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new StorageError(reasonOf(error), message, { cause: error })
}

function reasonOf(error: unknown): StorageError['reason'] {
  if (!(error instanceof Error)) return 'broken'
  if ('code' in error && error.code === 'ERR_INVALID_STATE') return 'closed'
  // The low byte is the primary code, the rest says more about the same.
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0
  if (code === BUSY || code === LOCKED) return 'busy'
  if (code === FULL || code === IOERR) return 'full'
  if (code === CONSTRAINT) return 'conflict'
  return 'broken'
}

/** Runs `work`; whatever it throws becomes a `StorageError`. */
export function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStorageError(error)
  }
}
