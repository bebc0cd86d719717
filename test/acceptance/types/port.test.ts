import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { tcpServer } from '../../../src/probes/kit/tcp-server.ts'
import { closedTcpPort, closedUdpPort } from './closed-port.ts'
import type { Stage } from './stage.ts'
import { type VerdictCase, verdicts } from './verdicts.ts'

const ports: { [name: string]: number } = {}
const on = (name: string, fields: { [field: string]: unknown } = {}) => {
  return () => ({ url: '127.0.0.1', port: ports[name], ...fields })
}
const typed = (scheme: string, name: string, rest = '') => {
  return () => `${scheme}:127.0.0.1:${ports[name]}${rest}`
}

const TCP: VerdictCase[] = [
  { name: 'TCP, it takes connections', body: on('mail'), address: typed('tcp', 'mail'), status: 'UP' },
  {
    name: 'TCP, it answers what is expected',
    body: on('echo', { sendData: 'PING\\r\\n', expectData: 'PING\\r\\n' }),
    address: typed('tcp', 'echo', '?send=PING\\r\\n&expect=PING\\r\\n'),
    status: 'UP',
  },
  {
    name: 'TCP, by a name and a port in the url',
    body: () => ({ url: `tcp://localhost:${ports['mail']}` }),
    status: 'UP',
  },
  {
    name: 'TCP, slower than the threshold',
    body: on('slow', { expectData: 'late', degradedThreshold: 10 }),
    status: 'DEGRADED',
    error: /^response time: expected at most 10 ms, got \d+ ms/,
  },
  {
    name: 'TCP, nothing listens there',
    body: on('closed'),
    address: typed('tcp', 'closed'),
    status: 'DOWN',
    category: 'CONNECTION_REFUSED',
    error: /^connection refused by 127\.0\.0\.1:\d+$/,
    evidence: (kept) =>
      assert.partialDeepStrictEqual(kept, {
        addresses: [{ address: '127.0.0.1', error: `connection refused by 127.0.0.1:${ports['closed']}` }],
        received: '',
        phases: { dns: null, connect: null },
      }),
  },
  {
    name: 'TCP, another answer',
    body: on('mail', { expectData: '+PONG' }),
    status: 'DOWN',
    category: 'APPLICATION_ERROR',
    error: /^expected "\+PONG", got "220 ready\\r\\n": 127\.0\.0\.1:\d+ closed the connection$/,
    evidence: (kept) => assert.partialDeepStrictEqual(kept, { received: '220 ready\\r\\n', addresses: [] }),
  },
  {
    name: 'TCP, the connection breaks before the answer',
    body: on('reset', { sendData: 'x', expectData: 'y' }),
    status: 'DOWN',
    category: 'APPLICATION_ERROR',
    error: /^expected "y", got nothing: 127\.0\.0\.1:\d+ broke the connection \(ECONNRESET\)$/,
  },
  {
    name: 'TCP, too much without it',
    body: on('flood', { expectData: 'y' }),
    status: 'DOWN',
    category: 'APPLICATION_ERROR',
    error: /^expected "y", got "x+…?": 127\.0\.0\.1:\d+ sent more than 65536 bytes without it$/,
  },
  {
    name: 'TCP, no answer in time',
    body: on('silent', { expectData: '220', timeout: 1 }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^expected "220", got nothing: timed out after 1000 ms while waiting for the answer of 127\.0\.0\.1:\d+$/,
  },
]

const UDP: VerdictCase[] = [
  {
    name: 'UDP, it answers',
    body: on('udpEcho', { protocol: 'UDP', sendData: 'hi', expectData: 'hi' }),
    address: typed('udp', 'udpEcho', '?send=hi&expect=hi'),
    status: 'UP',
  },
  {
    name: 'UDP, silence where no answer is expected',
    body: on('udpSilent', { protocol: 'UDP', timeout: 1 }),
    address: typed('udp', 'udpSilent'),
    status: 'UP',
  },
  {
    name: 'UDP, silence where one is',
    body: on('udpSilent', { protocol: 'UDP', expectData: 'hi', timeout: 1 }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error:
      /^expected "hi", got nothing: timed out after 1000 ms while waiting for an answer of 127\.0\.0\.1:\d+ over UDP$/,
  },
  {
    name: 'UDP, another answer',
    body: on('udpEcho', { protocol: 'UDP', sendData: 'ho', expectData: 'hi', timeout: 1 }),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^expected "hi", got "(ho)+": timed out after 1000 ms while waiting/,
    evidence: (kept) => assert.match(JSON.stringify(kept), /"received":"(ho)+"/),
  },
  {
    name: 'UDP, its host says that nothing listens there',
    body: on('udpClosed', { protocol: 'UDP' }),
    address: typed('udp', 'udpClosed'),
    status: 'DOWN',
    category: 'CONNECTION_REFUSED',
    error: /^connection refused by 127\.0\.0\.1:\d+: its host says that nothing listens on this UDP port$/,
    evidence: (kept) =>
      assert.match(JSON.stringify(kept), /"addresses":\[\{"address":"127\.0\.0\.1","error":"connection/),
  },
]

const ADDRESSES: VerdictCase[] = [
  {
    name: 'every address of a name is closed, and each is kept with its own error',
    body: () => ({ url: 'localhost', port: ports['closed'] }),
    status: 'DOWN',
    category: 'CONNECTION_REFUSED',
    error: /connection refused by 127\.0\.0\.1:\d+/,
    evidence: (kept) => assert.match(JSON.stringify(kept), /"address":"127\.0\.0\.1","error":"connection refused/),
  },
  {
    name: 'an address that may not be checked',
    body: () => ({ url: '169.254.169.254', port: 80 }),
    status: 'DOWN',
    category: 'CONFIGURATION_ERROR',
    error: /^169\.254\.169\.254 is a cloud metadata address and is never probed$/,
  },
  {
    name: 'what this machine does not allow says nothing of the target',
    body: () => ({ url: 'udp://127.255.255.255:9' }),
    address: () => 'udp:127.255.255.255:9',
    status: 'UNKNOWN',
    error: /^this machine does not allow a connection to 127\.255\.255\.255:9 \(EACCES\)$/,
    skip: process.platform === 'linux' ? false : 'only Linux refuses this address like that',
  },
  {
    name: 'no address of the wanted version',
    body: on('mail', { ipVersion: 6 }),
    status: 'DOWN',
    category: 'CONFIGURATION_ERROR',
    error: /^expected an IPv6 address, got 127\.0\.0\.1$/,
  },
  {
    name: 'a name that can not be looked up',
    body: () => ({ url: 'no-such-name.invalid', port: 80 }),
    status: 'DOWN',
    category: 'DNS_FAILURE',
    error: /^name lookup(: no such name no-such-name\.invalid$| of no-such-name\.invalid failed here)/,
  },
]

async function udpPort(stage: Stage, answers: boolean): Promise<number> {
  const socket = createSocket('udp4', (message, { port, address }) => {
    if (answers) socket.send(message, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  stage.after(() => socket.close())
  return socket.address().port
}

verdicts(
  'PORT',
  async (stage) => {
    const tcp = async (...given: Parameters<typeof tcpServer>) => (await tcpServer(...given)).port
    Object.assign(ports, {
      mail: await tcp(stage, (socket) => socket.end('220 ready\r\n')),
      echo: await tcp(stage, (socket) => socket.pipe(socket)),
      slow: await tcp(stage, (socket) => setTimeout(() => socket.end('late'), 40)),
      reset: await tcp(stage, (socket) => socket.once('data', () => socket.resetAndDestroy())),
      flood: await tcp(stage, (socket) => socket.write('x'.repeat(70_000))),
      silent: await tcp(stage, (socket) => socket.resume()),
      closed: await closedTcpPort(),
      udpEcho: await udpPort(stage, true),
      udpSilent: await udpPort(stage, false),
      udpClosed: await closedUdpPort(),
    })
  },
  [...TCP, ...UDP, ...ADDRESSES],
)
