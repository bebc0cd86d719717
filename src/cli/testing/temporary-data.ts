import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** The environment of a data folder of its own, which goes with the test. */
export async function temporaryData(t: TestContext): Promise<{ STATUSAPP_DATA_DIR: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-cli-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return { STATUSAPP_DATA_DIR: join(folder, 'data') }
}
