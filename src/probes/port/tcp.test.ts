import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckResult, Json } from '#domain'
import { HOSTILE_SERVERS } from '../kit/hostile-servers.ts'
import { runCheck } from '../kit/run-check.ts'
import { tcpServer } from '../kit/tcp-server.ts'
import { makePortProbe, portProbe } from '../port.ts'

function detailsOf({ details }: CheckResult): { [key: string]: Json } {
  assert.ok(details !== null && typeof details === 'object' && !Array.isArray(details))
  return details
}

// Whether a reset comes before or after the system has said "connected" is a race: either verdict is true.
for (const { name, behave } of HOSTILE_SERVERS.filter((server) => server.name !== 'resets at once')) {
  test(`a port that takes connections is up, though its server ${name}`, async (t) => {
    const server = await tcpServer(t, behave)
    const result = await runCheck(portProbe, `${server.host}:${server.port}`)
    assert.equal(result.error, null)
    assert.ok(result.phases.connect !== null && result.responseTimeMs !== null)
    assert.deepEqual(detailsOf(result), { protocol: 'TCP', address: '127.0.0.1', family: 4, port: server.port })
    await server.allClosed()
  })
}

test('a closed port is down, and the address is named', async (t) => {
  const server = await tcpServer(t, () => {})
  await server.close()
  const result = await runCheck(portProbe, '127.0.0.1', { port: server.port })
  assert.equal(result.error, `connection refused by 127.0.0.1:${server.port}`)
  assert.equal(result.category, 'CONNECTION_REFUSED')
})

test('every address is tried, the families fall back, and each failure is kept', async (t) => {
  const server = await tcpServer(t, (socket) => socket.end('220 ready\r\n'))
  const addresses = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ]
  const probe = makePortProbe({ lookup: (_name, done) => done(null, addresses) })
  const up = await runCheck(probe, `mail.test:${server.port}`, { expectData: '220 ' })
  assert.equal(up.error, null)
  assert.equal(detailsOf(up)['address'], '127.0.0.1')
  assert.match(JSON.stringify(detailsOf(up)['failed']), /::1/)
  assert.ok(up.phases.dns !== null && up.phases.firstByte !== null)
  const only6 = await runCheck(probe, `mail.test:${server.port}`, { ipVersion: 6 })
  assert.match(only6.error ?? '', /\[::1\]:/)
  const gone = await runCheck(probe, 'mail.test:9')
  assert.match(gone.error ?? '', /\[::1\]:9.*; connection refused by 127\.0\.0\.1:9$/)
})

test('an IPv6 literal is taken with brackets and without', async (t) => {
  const server = await tcpServer(t, (socket) => socket.end(), { host: '::1' })
  for (const [url, config] of [
    [`[::1]:${server.port}`, {}],
    [`tcp://[::1]:${server.port}`, {}],
    ['::1', { port: server.port }],
  ] as const) {
    const result = await runCheck(portProbe, url, config)
    assert.equal(result.error, null, url)
    assert.equal(detailsOf(result)['address'], '::1')
  }
})

test('data is sent with its escapes, and the answer is found across pieces', async (t) => {
  let got = ''
  const server = await tcpServer(t, (socket) => {
    socket.on('data', (piece) => {
      got += piece.toString('latin1')
      socket.write('+PO')
      setTimeout(() => socket.write('NG\r\n'), 20)
    })
  })
  const config = { sendData: 'PING\\x00\\xff\\r\\n', expectData: '+PONG\\r\\n' }
  const result = await runCheck(portProbe, `tcp://127.0.0.1:${server.port}`, config)
  assert.equal(result.error, null)
  assert.equal(got, 'PING\x00\xff\r\n')
  assert.equal(detailsOf(result)['received'], '+PONG\\r\\n')
  await server.allClosed()
})

test('data that nobody has to answer is sent whole', async (t) => {
  let got = 0
  const server = await tcpServer(t, (socket) => {
    socket.on('data', (piece) => {
      got += piece.length
    })
  })
  const result = await runCheck(portProbe, `tcp://127.0.0.1:${server.port}`, { sendData: 'x'.repeat(8_000) })
  assert.equal(result.status, 'UP')
  await server.allClosed()
  assert.equal(got, 8_000)
})

for (const [how, behave, ending] of [
  ['and closes', (socket) => socket.end('554 no\r\n'), '127.0.0.1:PORT closed the connection'],
  [
    'and stays',
    (socket) => socket.write('554 no\r\n'),
    'timed out after 150 ms while waiting for the answer of 127.0.0.1:PORT',
  ],
] as const satisfies [string, Parameters<typeof tcpServer>[1], string][]) {
  test(`an answer without the expected words is down and is shown: the server says no ${how}`, async (t) => {
    const server = await tcpServer(t, behave)
    const url = `127.0.0.1:${server.port}`
    const result = await runCheck(portProbe, url, { expectData: '220 ' }, { timeoutMs: 150 })
    assert.equal(result.error, `expected "220 ", got "554 no\\r\\n": ${ending.replace('PORT', String(server.port))}`)
    assert.equal((result.evidence as { [key: string]: Json })['received'], '554 no\\r\\n')
  })
}

test('a silent server is down where words are expected', async (t) => {
  const server = await tcpServer(t, (socket) => socket.resume())
  const result = await runCheck(portProbe, `127.0.0.1:${server.port}`, { expectData: 'x' }, { timeoutMs: 100 })
  assert.match(result.error ?? '', /^expected "x", got nothing: timed out after 100 ms/)
  assert.equal(result.category, 'NETWORK_TIMEOUT')
})

test('no more than 64 KiB of an answer are read', async (t) => {
  let sent = 0
  const server = await tcpServer(t, (socket) => {
    const block = Buffer.alloc(16_384, 0x2e)
    const pour = () => {
      while (!socket.destroyed && socket.write(block)) sent += block.length
    }
    socket.on('drain', pour)
    pour()
  })
  const url = `127.0.0.1:${server.port}`
  const result = await runCheck(portProbe, url, { expectData: 'needle' }, { timeoutMs: 5_000 })
  assert.match(result.error ?? '', /sent more than 65536 bytes without it$/)
  assert.ok(JSON.stringify(result).length < 6_000)
  await server.allClosed()
  assert.ok(sent < 50_000_000)
})
