import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeDataFolder } from './data-folder.ts'

/** Another server works on the same data. */
export class DataLockedError extends Error {
  override name = 'DataLockedError'
}

/**
 * Makes sure that one server works on a data folder: two would check and alert twice. The lock is the operating
 * system's (an exclusive transaction on an empty database), so it ends with the process, however that ends.
 */
export async function lockData(dataDir: string): Promise<{ release(): void }> {
  await makeDataFolder(dataDir)
  const lock = new DatabaseSync(join(dataDir, 'serve.lock'), { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new DataLockedError(
      `Another StatusApp server already works on ${dataDir}. Stop it, or set STATUSAPP_DATA_DIR to another folder.`,
    )
  }
  return { release: () => lock.close() }
}
