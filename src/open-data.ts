import { join } from 'node:path'
import type { Config } from '#config'
import { loadSecretKeys, openSqliteStore, SecretBox, type SecretKeys, type Store } from '#storage'
import { makeDataFolder } from './data-folder.ts'

/** What the data folder holds: the store, and the key that seals its secrets. */
export interface OpenedData {
  store: Store
  secretKeys: SecretKeys
}

/**
 * Opens the data folder, which is made (mode 700) when it does not exist. Any number of processes may have it open.
 * Throws `StorageError`, `SecretError`, or a file system error for a folder that can't be used.
 */
export async function openData(config: Pick<Config, 'dataDir' | 'secretKey'>): Promise<OpenedData> {
  await makeDataFolder(config.dataDir)
  const secretKeys = await loadSecretKeys(config.dataDir, config.secretKey)
  const store = await openSqliteStore({
    path: join(config.dataDir, 'statusapp.db'),
    secrets: new SecretBox(secretKeys),
  })
  return { store, secretKeys }
}
