import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import type { CheckResult } from '#domain'
import { dnsProbe, makeDnsProbe } from '../dns.ts'
import { runCheck } from '../kit/run-check.ts'
import { type Answering, dnsServer, RCODE, reply, truncated } from './kit/dns-server.ts'
import { serverAddress } from './server.ts'

const A = { name: 'www.test', type: 'A', ttl: 60, data: '192.0.2.1' } as const

/** Checks `www.test` against a server; returns the result with the port taken out of the sentence. */
async function check(t: TestContext, answering: Answering, options: { tcp?: boolean } = {}) {
  const server = await dnsServer(t, answering, options)
  const result = await runCheck(dnsProbe, 'www.test', { dnsServer: server.name }, { timeoutMs: 200 })
  return { result, error: result.error?.replaceAll(`:${server.port}`, ':53') ?? null, server }
}

/** What can become of a question, and the sentence for it. */
const REASONS: { name: string; answering: Answering; tcp?: boolean; error: RegExp; category: string }[] = [
  {
    name: 'NXDOMAIN',
    answering: (query) => reply(query, { rcode: RCODE.nxdomain }),
    error: /^record missing: 127\.0\.0\.1:53 knows no name www\.test \(NXDOMAIN\)/,
    category: 'DNS_FAILURE',
  },
  {
    name: 'an empty answer',
    answering: (query) => reply(query),
    error: /^record missing: 127\.0\.0\.1:53 has no A record of www\.test \(NOERROR, but no such record\)/,
    category: 'DNS_FAILURE',
  },
  {
    name: 'SERVFAIL',
    answering: (query) => reply(query, { rcode: RCODE.servfail }),
    error: /^127\.0\.0\.1:53 could not find out about www\.test \(SERVFAIL\)/,
    category: 'DNS_FAILURE',
  },
  {
    name: 'REFUSED',
    answering: (query) => reply(query, { rcode: RCODE.refused }),
    error: /^127\.0\.0\.1:53 refuses to answer for www\.test \(REFUSED\)/,
    category: 'DNS_FAILURE',
  },
  {
    name: 'NOTIMP',
    answering: (query) => reply(query, { rcode: RCODE.notimp }),
    error: /^127\.0\.0\.1:53 could not answer the question for A of www\.test \(NOTIMP\)/,
    category: 'DNS_FAILURE',
  },
  {
    name: 'a truncated answer without TCP',
    answering: truncated,
    tcp: false,
    error: /^the answer of 127\.0\.0\.1:53 is truncated, and asking again over TCP failed: connection refused by 127/,
    category: 'CONNECTION_REFUSED',
  },
  {
    name: 'answers with a wrong id only',
    answering: (query) => reply({ ...query, id: (query.id ?? 0) ^ 1 }, { answers: [A] }),
    error:
      /^timed out after 200 ms while waiting for an answer of 127\.0\.0\.1:53; \d that answer another question \(wrong id/,
    category: 'NETWORK_TIMEOUT',
  },
  {
    name: 'answers to another question only',
    answering: (query) => reply({ ...query, questions: [{ name: 'www.best', type: 'A' }] }, { answers: [A] }),
    error: /^timed out after 200 ms .*; \d that answer another question \(wrong id or name\) were ignored$/,
    category: 'NETWORK_TIMEOUT',
  },
  {
    name: 'silence',
    answering: () => [],
    error: /^timed out after 200 ms while waiting for an answer of 127\.0\.0\.1:53$/,
    category: 'NETWORK_TIMEOUT',
  },
  {
    name: 'a malformed answer',
    answering: (query) => reply(query, { answers: [A] }).subarray(0, -3),
    error: /^the answer of 127\.0\.0\.1:53 can't be read: it is malformed$/,
    category: 'DNS_FAILURE',
  },
]

for (const { name, answering, tcp, error: wanted, category } of REASONS) {
  test(`${name} has a reason of its own, names the server, and is the target's fault`, async (t) => {
    const { result, error } = await check(t, answering, tcp === undefined ? {} : { tcp })
    assert.equal(result.status, 'DOWN')
    assert.match(error ?? '', wanted)
    assert.equal(result.category, category)
    assert.equal(result.localFault, false)
    assert.ok(name === 'NXDOMAIN' || name === 'an empty answer' || !/missing/.test(error ?? ''))
  })
}

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

test('a port on which nothing listens is told at once, and is no missing record', async () => {
  const port = await closedPort()
  const startMs = performance.now()
  const result = await runCheck(dnsProbe, 'www.test', { dnsServer: `127.0.0.1:${port}` }, { timeoutMs: 5_000 })
  assert.ok(performance.now() - startMs < 1_000)
  assert.equal(result.error, `no DNS server at 127.0.0.1:${port}: its host says that nothing listens there`)
  assert.equal(result.category, 'CONNECTION_REFUSED')
  assert.equal(result.responseTimeMs, null)
})

test('a resolver of this machine that does not answer looks like our own fault; one that is named does not', async () => {
  const port = await closedPort()
  const probe = makeDnsProbe({
    lookup: () => {},
    systemServers: () => [serverAddress('127.0.0.1', port)],
    randomId: () => 7,
  })
  const result: CheckResult = await runCheck(probe, 'www.test')
  assert.equal(result.status, 'DOWN')
  assert.equal(result.localFault, true)
})

test('what a failing check saw is kept as evidence', async (t) => {
  const { result, server } = await check(t, (query) =>
    reply(query, { answers: [{ name: 'www.test', type: 'CNAME', ttl: 9, data: 'away.test' }] }),
  )
  assert.deepEqual(result.evidence, {
    name: 'www.test',
    record: 'A',
    server: server.name,
    transport: 'udp',
    rcode: 'NOERROR',
    records: [],
    authoritative: false,
    chain: ['away.test'],
    answer: ['www.test 9 CNAME away.test'],
  })
  assert.match(result.error ?? '', /has no A record of away\.test, to which www\.test leads/)
})
