import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { readConfig } from '#config'
import { lockData } from './lock-data.ts'
import { startServer } from './serve.ts'

const log = pino({ level: 'silent' })

async function dataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-serve-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Something else that listens, and on which port. */
async function listener(port = 0) {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) }
}

test('a server that finds its port taken says so, and lets go of its data', async (t) => {
  const dataDir = await dataFolder(t)
  const other = await listener()
  const config = readConfig({ PORT: String(other.port), STATUSAPP_DATA_DIR: dataDir })
  await assert.rejects(startServer(config, { log }), { code: 'EADDRINUSE' })
  await other.close()
  const server = await startServer(config, { log })
  assert.equal((await fetch(`${server.url}/api/v1/health`)).status, 200)
  await server.stop()
  const lock = await lockData(dataDir)
  lock.release()
})

test('a start that fails after the server listens frees the port and the data too', async (t) => {
  const dataDir = await dataFolder(t)
  const { port, close } = await listener()
  await close()
  const config = readConfig({ PORT: String(port), STATUSAPP_DATA_DIR: dataDir })
  let reads = 0
  const broken = {
    ...config,
    get publicUrl(): string | null {
      if (++reads > 1) throw new Error('no address')
      return null
    },
  }
  await assert.rejects(startServer(broken, { log }), { message: 'no address' })
  await (await listener(port)).close()
  const lock = await lockData(dataDir)
  lock.release()
})
