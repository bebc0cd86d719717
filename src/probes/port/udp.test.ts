import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import type { Json } from '#domain'
import { runCheck } from '../kit/run-check.ts'
import { makePortProbe, portProbe } from '../port.ts'

interface UdpServer {
  port: number
  got: string[]
  close(): Promise<void>
}

/** A real UDP server that says to each datagram what `answer` gives, if anything. */
async function udpServer(t: TestContext, answer: (text: string) => string | null, host = '127.0.0.1') {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  let isClosed = false
  const handle: UdpServer = {
    port: 0,
    got: [],
    close: async () => {
      if (isClosed) return
      isClosed = true
      socket.close()
      await once(socket, 'close')
    },
  }
  socket.on('message', (message, { port, address }) => {
    handle.got.push(message.toString())
    const text = answer(message.toString())
    if (text !== null) socket.send(text, port, address)
  })
  socket.bind(0, host)
  await once(socket, 'listening')
  handle.port = socket.address().port
  t.after(() => handle.close())
  return handle
}

type Details = { [key: string]: Json }

test('a port that answers is up, and its answer is shown', async (t) => {
  const server = await udpServer(t, (text) => `echo ${text}\n`)
  const result = await runCheck(portProbe, `udp://127.0.0.1:${server.port}`, { sendData: 'hi', expectData: 'echo hi' })
  assert.equal(result.error, null)
  assert.ok(result.phases.firstByte !== null && result.responseTimeMs !== null)
  assert.deepEqual(result.details, {
    protocol: 'UDP',
    address: '127.0.0.1',
    family: 4,
    port: server.port,
    answer: 'answered',
    received: 'echo hi\\n',
  })
})

test('a port on which nothing listens is down at once: its host says so', async (t) => {
  const server = await udpServer(t, () => null)
  await server.close()
  const startMs = performance.now()
  for (const config of [{}, { expectData: 'x' }]) {
    const result = await runCheck(portProbe, `udp://127.0.0.1:${server.port}`, config, { timeoutMs: 5_000 })
    assert.equal(result.status, 'DOWN')
    assert.equal(
      result.error,
      `connection refused by 127.0.0.1:${server.port}: its host says that nothing listens on this UDP port`,
    )
    assert.equal(result.category, 'CONNECTION_REFUSED')
  }
  assert.ok(performance.now() - startMs < 1_000)
})

test('silence is said to be silence, and has no response time; it is down where an answer is expected', async (t) => {
  const server = await udpServer(t, () => null)
  const url = `127.0.0.1:${server.port}`
  const quiet = await runCheck(portProbe, url, { protocol: 'UDP' }, { timeoutMs: 200 })
  assert.equal(quiet.status, 'UP')
  assert.equal((quiet.details as Details)['answer'], 'silent')
  assert.equal((quiet.details as Details)['note'], 'no answer: open or filtered')
  assert.equal(quiet.responseTimeMs, null)
  const expecting = await runCheck(portProbe, url, { protocol: 'UDP', expectData: 'x' }, { timeoutMs: 200 })
  assert.equal(
    expecting.error,
    `expected "x", got nothing: timed out after 200 ms while waiting for an answer of ${url} over UDP`,
  )
  assert.equal(expecting.category, 'NETWORK_TIMEOUT')
})

test('another answer than the expected one is down, and shown', async (t) => {
  const server = await udpServer(t, () => 'nope')
  const config = { protocol: 'UDP', expectData: 'yes' }
  const { error } = await runCheck(portProbe, `127.0.0.1:${server.port}`, config, { timeoutMs: 150 })
  assert.match(error ?? '', /^expected "yes", got "nope(nope)*": timed out after 150 ms/)
})

test('a lost datagram is sent again', async (t) => {
  let count = 0
  const server = await udpServer(t, () => (count++ === 0 ? null : 'ok'))
  const config = { sendData: 'q', expectData: 'ok' }
  const { error } = await runCheck(portProbe, `udp://127.0.0.1:${server.port}`, config, { timeoutMs: 400 })
  assert.equal(error, null)
  assert.deepEqual(server.got, ['q', 'q'])
})

test('every address is tried, each with its own error', async (t) => {
  const server = await udpServer(t, () => 'ok')
  const addresses = [
    { address: '127.0.0.2', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ]
  const probe = makePortProbe({ lookup: (_name, done) => done(null, addresses) })
  const up = await runCheck(probe, `udp://host.test:${server.port}`)
  assert.equal(up.status, 'UP')
  assert.equal((up.details as Details)['address'], '127.0.0.1')
  assert.match(JSON.stringify((up.details as Details)['failed']), /refused by 127\.0\.0\.2/)
  const down = await runCheck(probe, 'udp://host.test:9')
  assert.match(down.error ?? '', /127\.0\.0\.2:9: .*; connection refused by 127\.0\.0\.1:9: /)
})

test('an IPv6 address is asked over IPv6', async (t) => {
  const server = await udpServer(t, () => 'ok', '::1')
  const result = await runCheck(portProbe, `udp://[::1]:${server.port}`, { expectData: 'ok' })
  assert.equal(result.error, null)
})

test('a check that is called off says nothing about its target', async (t) => {
  const server = await udpServer(t, () => null)
  const ending = new AbortController()
  setTimeout(() => ending.abort(), 20)
  const url = `udp://127.0.0.1:${server.port}`
  const result = await runCheck(portProbe, url, {}, { signal: ending.signal, timeoutMs: 9_000 })
  assert.equal(result.status, 'UNKNOWN')
  const before = await runCheck(portProbe, url, {}, { signal: AbortSignal.abort() })
  assert.equal(before.status, 'UNKNOWN')
  assert.equal(server.got.length, 1)
})

test('no address that the policy refuses is reached', async (t) => {
  const server = await udpServer(t, () => 'ok')
  const targets = { refusal: (address: string) => `${address} is not to be reached` }
  const result = await runCheck(portProbe, `udp://127.0.0.1:${server.port}`, {}, { targets })
  assert.equal(result.category, 'CONFIGURATION_ERROR')
  assert.equal(server.got.length, 0)
})
