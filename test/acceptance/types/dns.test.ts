import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { decode } from 'dns-packet'
import { type Answering, dnsServer, RCODE, reply, truncated, zone } from '../../../src/probes/dns/kit/dns-server.ts'
import { closedUdpPort } from './closed-port.ts'
import type { Stage } from './stage.ts'
import { type VerdictCase, verdicts } from './verdicts.ts'

const ZONE = zone([
  { name: 'www.test', type: 'A', ttl: 60, data: '192.0.2.1' },
  { name: 'www.test', type: 'A', ttl: 60, data: '192.0.2.2' },
  { name: 'www.test', type: 'AAAA', ttl: 60, data: '2001:db8::1' },
  { name: 'alias.test', type: 'CNAME', ttl: 60, data: 'Www.Test' },
  { name: 'www.test', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mx1.test' } },
  { name: 'www.test', type: 'TXT', ttl: 60, data: ['v=spf1 ', '-all'] },
  { name: 'www.test', type: 'NS', ttl: 60, data: 'ns1.test' },
  { name: 'www.test', type: 'SRV', ttl: 60, data: { priority: 1, weight: 2, port: 443, target: 'srv.test' } },
  { name: 'www.test', type: 'CAA', ttl: 60, data: { flags: 0, tag: 'issue', value: 'ca.test' } },
  {
    name: 'www.test',
    type: 'SOA',
    ttl: 60,
    data: { mname: 'ns1.test', rname: 'admin.test', serial: 7, refresh: 1, retry: 1, expire: 1, minimum: 1 },
  },
  { name: '1.2.0.192.in-addr.arpa', type: 'PTR', ttl: 60, data: 'www.test' },
  { name: 'blocked.test', type: 'A', ttl: 60, data: '0.0.0.0' },
])

const servers: { [name: string]: string } = {}
let closed: string
const at = (server: string) => servers[server] ?? ''
const ask = (fields: { [field: string]: unknown }, server = 'zone') => {
  return () => ({ url: 'www.test', dnsServer: at(server), ...fields })
}

const FOUND: [record: string, expected: string, url?: string][] = [
  ['A', '192.0.2.2'],
  ['AAAA', '2001:0db8:0:0::1'],
  ['CNAME', 'www.test.', 'alias.test'],
  ['MX', '10 mx1.test'],
  ['TXT', 'v=spf1 -all'],
  ['NS', 'NS1.test'],
  ['SOA', '7'],
  ['SRV', 'srv.test:443'],
  ['CAA', 'ca.test'],
  ['PTR', 'www.test', '192.0.2.1'],
]

const UP: VerdictCase[] = [
  ...FOUND.map(
    ([dnsRecord, expectedValue, url = 'www.test']): VerdictCase => ({
      name: `${dnsRecord} is as expected`,
      body: ask({ url, dnsRecord, expectedValue }),
      status: 'UP',
    }),
  ),
  {
    name: 'typed as an address',
    body: ask({ dnsRecord: 'MX', expectedValue: 'mx1.test' }),
    address: () => `dns:www.test?type=MX&server=${at('zone')}&expect=mx1.test`,
    status: 'UP',
  },
  { name: 'over TCP where the answer is truncated', body: ask({ expectedIp: '192.0.2.1' }, 'large'), status: 'UP' },
  {
    name: 'slower than the threshold',
    body: ask({ degradedThreshold: 10 }, 'slow'),
    status: 'DEGRADED',
    error: /^response time: expected at most 10 ms, got \d+ ms/,
  },
]

const DNS_FAILURE: [name: string, fields: { [field: string]: unknown }, error: RegExp, server?: string][] = [
  ['no such name', { url: 'no.test' }, /^record missing: .* knows no name no\.test \(NXDOMAIN\)/],
  ['no such record', { url: 'blocked.test', dnsRecord: 'MX' }, /^record missing: .* has no MX record of blocked\.test/],
  ['SERVFAIL', {}, /^127.* could not find out about www\.test \(SERVFAIL\)/, 'servfail'],
  ['REFUSED', {}, /^127.* refuses to answer for www\.test \(REFUSED\)/, 'refused'],
  ['another refusal', {}, /^127.* could not answer the question for A of www\.test \(NOTIMP\)/, 'notimp'],
  ['a malformed answer', {}, /^the answer of 127.* can't be read: it is malformed$/, 'malformed'],
  [
    'another value',
    { expectedValue: '192.0.2.9' },
    /^expected A record 192\.0\.2\.9, got 192\.0\.2\.1, 192\.0\.2\.2 \(/,
  ],
  ['none of several', { expectedValue: ['9.9.9.9', '8.8.8.8'], dnsMatch: 'any' }, /^expected one of the A records 9/],
  [
    'one too many',
    { expectedValue: '192.0.2.1', dnsMatch: 'exact' },
    /^expected exactly the A records 192\.0\.2\.1, got/,
  ],
  [
    'a part is missing',
    { dnsRecord: 'TXT', expectedValue: '+all', dnsMatch: 'contains' },
    /^expected TXT record with \+all/,
  ],
  ['a forbidden value', { url: 'blocked.test', expectedValue: '!0.0.0.0' }, /^expected no A record 0\.0\.0\.0, got 0/],
]

const DOWN: VerdictCase[] = [
  ...DNS_FAILURE.map(
    ([name, fields, error, server]): VerdictCase => ({
      name,
      body: ask(fields, server),
      status: 'DOWN',
      category: 'DNS_FAILURE',
      error,
      evidence: (kept) =>
        assert.partialDeepStrictEqual(kept, {
          record: /TXT|MX/.exec(error.source)?.[0] ?? 'A',
          server: at(server ?? 'zone'),
        }),
    }),
  ),
  {
    name: 'the answer and what led to it are kept',
    body: ask({ url: 'away.test' }, 'alias'),
    status: 'DOWN',
    category: 'DNS_FAILURE',
    error: /has no A record of gone\.test, to which away\.test leads/,
    evidence: (kept) =>
      assert.partialDeepStrictEqual(kept, {
        name: 'away.test',
        rcode: 'NOERROR',
        records: [],
        chain: ['gone.test'],
        answer: ['away.test 9 CNAME gone.test'],
      }),
  },
  {
    name: 'silence',
    body: ask({ timeout: 1 }, 'silent'),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^timed out after 1000 ms while waiting for an answer of 127\.0\.0\.1:\d+$/,
  },
  {
    name: 'answers to another question only',
    body: ask({ timeout: 1 }, 'wrong'),
    status: 'DOWN',
    category: 'NETWORK_TIMEOUT',
    error: /^timed out after 1000 ms .*; \d+ that answer another question \(wrong id or name\) were ignored$/,
  },
  {
    name: 'nothing listens there',
    body: () => ({ url: 'www.test', dnsServer: closed }),
    address: () => `dns:www.test?server=${closed}`,
    status: 'DOWN',
    category: 'CONNECTION_REFUSED',
    error: /^no DNS server at 127\.0\.0\.1:\d+: its host says that nothing listens there$/,
    evidence: (kept) => assert.partialDeepStrictEqual(kept, { server: closed, faults: [{ server: closed }] }),
  },
  {
    name: 'a truncated answer without TCP',
    body: ask({}, 'truncated'),
    status: 'DOWN',
    category: 'CONNECTION_REFUSED',
    error: /is truncated, and asking again over TCP failed: connection refused/,
  },
  {
    name: 'another answer over TCP than to the question',
    body: ask({}, 'wrong over TCP'),
    status: 'DOWN',
    category: 'DNS_FAILURE',
    error: /is truncated, and asking again over TCP failed: 127\.0\.0\.1:\d+ answered another question$/,
  },
  {
    name: 'a server whose own name can not be looked up',
    body: () => ({ url: 'www.test', dnsServer: 'no-such-name.invalid' }),
    status: 'DOWN',
    category: 'DNS_FAILURE',
    error: /^DNS server no-such-name\.invalid: name lookup(: no such name| of .* failed here)/,
  },
  {
    name: 'what this machine does not allow says nothing of the name',
    body: () => ({ url: 'www.test', dnsServer: '127.255.255.255' }),
    status: 'UNKNOWN',
    error: /^this machine does not allow a connection to 127\.255\.255\.255:53 \(EACCES\)$/,
    skip: process.platform === 'linux' ? false : 'only Linux refuses this address like that',
  },
  {
    name: 'a server that may not be asked',
    body: () => ({ url: 'www.test', dnsServer: '169.254.169.254' }),
    status: 'DOWN',
    category: 'CONFIGURATION_ERROR',
    error: /^DNS server 169\.254\.169\.254: 169\.254\.169\.254 is a cloud metadata address and is never probed$/,
  },
]

/** Answers 40 ms late. */
async function slowDnsServer(stage: Stage): Promise<string> {
  const socket = createSocket('udp4', (message, { port, address }) => {
    const answer = [ZONE(decode(message), 'udp')].flat()[0]
    setTimeout(() => socket.send(answer ?? '', port, address), 40)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  stage.after(() => socket.close())
  return `127.0.0.1:${socket.address().port}`
}

verdicts(
  'DNS',
  async (stage) => {
    const start = async (name: string, answering: Answering, options = {}) => {
      servers[name] = (await dnsServer(stage, answering, options)).name
    }
    closed = `127.0.0.1:${await closedUdpPort()}`
    await start('zone', ZONE)
    await start('large', (query, transport) => (transport === 'udp' ? truncated(query) : ZONE(query, transport)))
    await start('wrong over TCP', (query, transport) =>
      transport === 'udp' ? truncated(query) : reply({ ...query, id: (query.id ?? 0) ^ 1 }),
    )
    await start('truncated', truncated, { tcp: false })
    await start('silent', () => [])
    await start('wrong', (query) => reply({ ...query, id: (query.id ?? 0) ^ 1 }))
    await start('servfail', (query) => reply(query, { rcode: RCODE.servfail }))
    await start('refused', (query) => reply(query, { rcode: RCODE.refused }))
    await start('notimp', (query) => reply(query, { rcode: RCODE.notimp }))
    await start('malformed', (query) =>
      reply(query, { answers: [{ name: 'www.test', type: 'A', data: '192.0.2.1' }] }).subarray(0, -3),
    )
    await start('alias', (query) =>
      reply(query, { answers: [{ name: 'away.test', type: 'CNAME', ttl: 9, data: 'gone.test' }] }),
    )
    servers['slow'] = await slowDnsServer(stage)
  },
  [...UP, ...DOWN],
)
