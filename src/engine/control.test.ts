import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { askByTcp } from './control.ts'

test('a control address that accepts connections answers; one that refuses does not', async () => {
  const server = createServer((socket) => socket.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const ask = askByTcp({ host: '127.0.0.1', port: address.port })
  assert.equal(await ask(), true)
  server.close()
  await once(server, 'close')
  assert.equal(await ask(), false)
})
