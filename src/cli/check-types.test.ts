import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { after, before, test } from 'node:test'
import { decode, encode } from 'dns-packet'
import { runHere } from './testing/run-cli.ts'

let dns: Socket
let echo: Socket
let tcp: Server

/** Answers MX of anything; NXDOMAIN for names that begin with "no". */
function answer(query: Buffer): Buffer {
  const { id = 0, questions = [] } = decode(query)
  const name = questions[0]?.name ?? ''
  if (name.startsWith('no')) return encode({ type: 'response', id, questions, flags: 3 })
  const data = { preference: 10, exchange: 'mx1.test' }
  return encode({ type: 'response', id, questions, answers: [{ name, type: 'MX', ttl: 300, data }] })
}

before(async () => {
  dns = createSocket('udp4', (query, { port, address }) => dns.send(answer(query), port, address))
  echo = createSocket('udp4', (message, { port, address }) => {
    if (message.length > 0) echo.send(message, port, address)
  })
  tcp = createServer((socket) => socket.on('error', () => {}).write('220 ready\r\n'))
  dns.bind(0, '127.0.0.1')
  echo.bind(0, '127.0.0.1')
  tcp.listen(0, '127.0.0.1')
  await Promise.all([once(dns, 'listening'), once(echo, 'listening'), once(tcp, 'listening')])
})

after(() => {
  dns.close()
  echo.close()
  tcp.close()
})

test('a DNS check names the server and shows each record with its time to live', async () => {
  const server = `127.0.0.1:${dns.address().port}`
  const run = await runHere(['check', `dns:shop.test?type=MX&server=${server}&expect=mx1.test`])
  assert.match(run.out, /^name lookup +[\d.]+ ms\ntotal +[\d.]+ ms\n/)
  assert.ok(run.out.includes(`\nasked        ${server} over udp\nMX           10 mx1.test (ttl 300 s)\nUP\n`), run.out)
  assert.deepEqual({ exitCode: run.exitCode, err: run.err }, { exitCode: 0, err: '' })
})

test('a DNS check that fails says why, and is machine-readable', async () => {
  const server = `127.0.0.1:${dns.address().port}`
  const run = await runHere(['check', 'dns:no.test', '--set', `dnsServer=${server}`, '--json'])
  const { status, rootCauseCategory, error, details } = JSON.parse(run.out)
  assert.deepEqual({ status, rootCauseCategory }, { status: 'DOWN', rootCauseCategory: 'DNS_FAILURE' })
  assert.match(error, /^record missing: /)
  assert.equal(details.rcode, 'NXDOMAIN')
  assert.equal(run.exitCode, 1)
})

test('a TCP check shows where it connected and what came', async () => {
  const { port } = tcp.address() as AddressInfo
  const run = await runHere(['check', `tcp:127.0.0.1:${port}`, '--expect', '220 '])
  assert.match(run.out, /^connect +[\d.]+ ms\nfirst byte +[\d.]+ ms\ntotal +[\d.]+ ms\n/)
  assert.ok(
    run.out.endsWith(`address      127.0.0.1 port ${port} over TCP\nanswer       220 ready\\r\\n\nUP\n`),
    run.out,
  )
})

test('silence over UDP does not look like proof', async () => {
  const url = `udp:127.0.0.1:${echo.address().port}`
  const silent = await runHere(['check', url, '--timeout', '0.2'])
  assert.match(silent.out, /\nUP: no answer: open or filtered\n$/)
  const proven = await runHere(['check', `${url}?send=hi&expect=hi`])
  assert.match(proven.out, /\nanswer {7}hi\nUP\n$/)
})

test('a closed port is down, and its host is believed', async () => {
  const run = await runHere(['check', 'udp:127.0.0.1:9'])
  assert.match(run.out, /^DOWN: connection refused by 127\.0\.0\.1:9: its host says/)
  assert.equal(run.exitCode, 1)
})

for (const [what, args, complaint] of [
  ['an unknown field of the type', ['dns:x.test?colour=red'], /^colour: DNS has no such field; it has dnsRecord/],
  ['an unknown record type', ['dns:x.test?type=ANY'], /^dnsRecord: not usable/],
  ['no port', ['tcp:example.com'], /^port: is required/],
  ['another scheme', ['gopher://example.com'], /^url: gopher: can't be checked; expected an address such as https/],
  ['a field of another type', ['tcp:example.com:1', '--keyword', 'x'], /^keyword: PORT has no such field/],
] as const) {
  test(`wrong usage, ${what}: a sentence, exit code 2`, async () => {
    const run = await runHere(['check', ...args])
    assert.match(run.err, complaint)
    assert.deepEqual({ exitCode: run.exitCode, out: run.out }, { exitCode: 2, out: '' })
  })
}
