import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Opened } from '../contract/harness.ts'
import { SecretBox } from '../secret-box.ts'
import { openSqliteStore } from './store.ts'

export const SECRETS = new SecretBox([new Uint8Array(32).fill(7)])

/** A store in a file of its own. */
export async function openFile(): Promise<Opened & { path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-store-'))
  const path = join(folder, 'statusapp.db')
  const store = await openSqliteStore({ path, secrets: SECRETS })
  let newest = store
  return {
    store,
    path,
    async reopen() {
      await newest.close()
      newest = await openSqliteStore({ path, secrets: SECRETS })
      return newest
    },
    async cleanUp() {
      await newest.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** A store in memory. */
export async function openMemory(): Promise<Opened> {
  const store = await openSqliteStore({ path: ':memory:', secrets: SECRETS })
  return { store, reopen: async () => store, cleanUp: () => store.close() }
}
