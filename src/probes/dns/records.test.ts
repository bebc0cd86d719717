import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { type TestContext, test } from 'node:test'
import type { Answer } from 'dns-packet'
import type { Json } from '#domain'
import { dnsProbe } from '../dns.ts'
import { runCheck } from '../kit/run-check.ts'
import { dnsServer, reply, zone } from './kit/dns-server.ts'

const LONG = 'v=DKIM1; p='.padEnd(300, 'Ab1')

const RECORDS: Answer[] = [
  { name: 'www.test', type: 'A', ttl: 60, data: '192.0.2.1' },
  { name: 'www.test', type: 'A', ttl: 60, data: '192.0.2.2' },
  { name: 'www.test', type: 'A', ttl: 60, data: '192.0.2.3' },
  { name: 'www.test', type: 'AAAA', ttl: 60, data: '2001:db8:0:0:0:0:0:1' },
  { name: 'alias.test', type: 'CNAME', ttl: 60, data: 'Target.Example.COM' },
  { name: 'test', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mx1.test' } },
  { name: 'test', type: 'MX', ttl: 60, data: { preference: 20, exchange: 'MX2.test' } },
  { name: 'test', type: 'TXT', ttl: 60, data: [LONG.slice(0, 255), LONG.slice(255)] },
  { name: 'test', type: 'NS', ttl: 60, data: 'ns1.test' },
  { name: 'test', type: 'SOA', ttl: 60, data: { mname: 'ns1.test', rname: 'root.test', serial: 2026112501 } },
  { name: 'test', type: 'CAA', ttl: 60, data: { flags: 0, tag: 'issue', value: 'ca.example' } },
  { name: '_sip._tcp.test', type: 'SRV', ttl: 60, data: { priority: 1, weight: 2, port: 5060, target: 'sip.test' } },
  { name: '1.2.0.192.in-addr.arpa', type: 'PTR', ttl: 60, data: 'www.test' },
  { name: 'blocked.test', type: 'A', ttl: 60, data: '0.0.0.0' },
  { name: 'xn--mnchen-3ya.test', type: 'A', ttl: 60, data: '192.0.2.9' },
  { name: 'sel._domainkey.x.test', type: 'TXT', ttl: 60, data: 'k=rsa' },
  { name: 'quiet.test', type: 'TXT', ttl: 60, data: Buffer.from([0x61, 0, 0xff]) },
]

async function check(t: TestContext, url: string, config: { [key: string]: Json }) {
  const server = await dnsServer(t, zone(RECORDS))
  const result = await runCheck(dnsProbe, url, { ...config, dnsServer: server.name })
  return { result, error: result.error, details: result.details as { [key: string]: Json }, server }
}

type Case = readonly [url: string, record: string, expected: Json, match?: string]

const GOOD: Case[] = [
  ['www.test', 'A', '192.0.2.3'],
  ['www.test', 'A', ['192.0.2.3', '192.0.2.1']],
  ['www.test', 'A', ['192.0.2.3', '192.0.2.1', '192.0.2.2'], 'exact'],
  ['www.test', 'A', ['192.0.2.99', '192.0.2.1'], 'any'],
  ['www.test', 'A', '192.0.2.', 'contains'],
  ['www.test', 'A', '!0.0.0.0'],
  ['www.test', 'A', ['192.0.2.1', '!192.0.2.4']],
  ['www.test', 'AAAA', '2001:DB8::1'],
  ['www.test', 'AAAA', '2001:0db8:0000::0001', 'exact'],
  ['alias.test', 'CNAME', 'target.example.com'],
  ['alias.test', 'CNAME', 'TARGET.example.com.'],
  ['test', 'MX', 'mx1.test'],
  ['test', 'MX', '10 MX1.test.'],
  ['test', 'MX', ['20 mx2.test', 'mx1.test'], 'exact'],
  ['test', 'TXT', LONG],
  ['test', 'TXT', `"${LONG.slice(0, 255)}" "${LONG.slice(255)}"`],
  ['test', 'TXT', 'v=DKIM1', 'contains'],
  ['test', 'NS', 'NS1.TEST.'],
  ['test', 'SOA', 'ns1.test'],
  ['test', 'SOA', '2026112501'],
  ['test', 'SOA', 'ns1.test. root.test. 2026112501 0 0 0 0'],
  ['test', 'CAA', '0 issue "ca.example"'],
  ['test', 'CAA', 'issue ca.example'],
  ['test', 'CAA', 'CA.example'],
  ['_sip._tcp.test', 'SRV', 'sip.test:5060'],
  ['_sip._tcp.test', 'SRV', 'sip.test.:5060'],
  ['_sip._tcp.test', 'SRV', '1 2 5060 SIP.test.'],
  ['192.0.2.1', 'PTR', 'www.test'],
  ['1.2.0.192.in-addr.arpa.', 'PTR', 'www.test.'],
  ['münchen.test', 'A', '192.0.2.9'],
  ['sel._domainkey.x.test', 'TXT', 'k=rsa'],
  ['dns://www.test', 'A', '192.0.2.1'],
  ['https://WWW.test:8443/path', 'A', '192.0.2.1'],
]

for (const [url, dnsRecord, expectedValue, dnsMatch] of GOOD) {
  test(`${dnsRecord} of ${url} is up: ${JSON.stringify(expectedValue).slice(0, 60)} ${dnsMatch ?? ''}`, async (t) => {
    const { error } = await check(t, url, { dnsRecord, expectedValue, ...(dnsMatch !== undefined && { dnsMatch }) })
    assert.equal(error, null)
  })
}

const ALL_A = '192.0.2.1, 192.0.2.2, 192.0.2.3'

const BAD: readonly (readonly [...Case, string])[] = [
  ['www.test', 'A', '192.0.2.4', 'all', `expected A record 192.0.2.4, got ${ALL_A}`],
  ['www.test', 'A', ['192.0.2.1', '192.0.2.4'], 'all', `expected A record 192.0.2.4, got ${ALL_A}`],
  ['www.test', 'A', '192.0.2.1', 'exact', `expected exactly the A records 192.0.2.1, got ${ALL_A}`],
  ['www.test', 'A', ['1.1.1.1', '2.2.2.2'], 'any', `expected one of the A records 1.1.1.1, 2.2.2.2, got ${ALL_A}`],
  ['www.test', 'A', '198.51', 'contains', `expected A record with 198.51, got ${ALL_A}`],
  ['blocked.test', 'A', '!0.0.0.0', 'all', 'expected no A record 0.0.0.0, got 0.0.0.0'],
  ['alias.test', 'CNAME', 'target.example', 'all', 'expected CNAME record target.example, got Target.Example.COM'],
  ['test', 'MX', '10 mx2.test', 'all', 'expected MX record 10 mx2.test, got 10 mx1.test, 20 MX2.test'],
  ['sel._domainkey.x.test', 'TXT', 'K=rsa', 'all', 'expected TXT record K=rsa, got k=rsa'],
  ['sel._domainkey.x.test', 'TXT', 'K=', 'contains', 'expected TXT record with K=, got k=rsa'],
  ['_sip._tcp.test', 'SRV', 'sip.test:5061', 'all', 'expected SRV record sip.test:5061, got 1 2 5060 sip.test'],
  ['test', 'CAA', 'issuewild ca.example', 'all', 'expected CAA record issuewild ca.example, got 0 issue "ca.example"'],
]

for (const [url, dnsRecord, expectedValue, dnsMatch, wanted] of BAD) {
  test(`${dnsRecord} of ${url} is down, and says: ${wanted}`, async (t) => {
    const { error, result, server } = await check(t, url, { dnsRecord, expectedValue, dnsMatch: dnsMatch ?? 'all' })
    assert.equal(error, `${wanted} (asked ${server.name})`)
    assert.equal(result.category, 'DNS_FAILURE')
  })
}

test('a value that stands in any place of a rotating answer is found each time', async (t) => {
  const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3']
  const server = await dnsServer(t, (query) => {
    addresses.push(addresses.shift() ?? '')
    return reply(query, { answers: addresses.map((data) => ({ name: 'www.test', type: 'A', ttl: 1, data })) })
  })
  const config = { dnsServer: server.name, expectedValue: '192.0.2.3' }
  for (let i = 0; i < 30; i++) assert.equal((await runCheck(dnsProbe, 'www.test', config)).error, null)
  const exact = { dnsServer: server.name, expectedIp: ['192.0.2.3', '192.0.2.2', '192.0.2.1'], dnsMatch: 'exact' }
  for (let i = 0; i < 3; i++) assert.equal((await runCheck(dnsProbe, 'www.test', exact)).error, null)
})

test('only records of the asked type and name count, and the chain that led to them is shown', async (t) => {
  const server = await dnsServer(t, (query) =>
    reply(query, {
      answers: [
        { name: 'cdn.test', type: 'A', ttl: 7, data: '192.0.2.1' },
        { name: 'WWW.test', type: 'CNAME', ttl: 300, data: 'Edge.test' },
        { name: 'edge.test', type: 'CNAME', ttl: 30, data: 'cdn.test' },
        { name: 'else.test', type: 'A', ttl: 7, data: '198.51.100.66' },
      ],
    }),
  )
  const config = { dnsServer: server.name, expectedValue: '192.0.2.1', dnsMatch: 'exact' }
  const { error, details } = await runCheck(dnsProbe, 'www.test', config)
  assert.equal(error, null)
  assert.deepEqual(details, {
    name: 'www.test',
    record: 'A',
    server: server.name,
    transport: 'udp',
    rcode: 'NOERROR',
    records: [{ value: '192.0.2.1', ttl: 7 }],
    authoritative: false,
    chain: ['edge.test', 'cdn.test'],
  })
})

test('aliases that go in a circle end in a missing record', async (t) => {
  const server = await dnsServer(t, (query) =>
    reply(query, {
      answers: [
        { name: 'a.test', type: 'CNAME', ttl: 1, data: 'b.test' },
        { name: 'b.test', type: 'CNAME', ttl: 1, data: 'a.test' },
      ],
    }),
  )
  const { error } = await runCheck(dnsProbe, 'a.test', { dnsServer: server.name })
  assert.match(error ?? '', /^record missing: /)
})

test('without an expectation any record will do, and it is shown with its time to live', async (t) => {
  const { result, details } = await check(t, 'blocked.test', {})
  assert.equal(result.status, 'UP')
  assert.deepEqual(details['records'], [{ value: '0.0.0.0', ttl: 60 }])
  assert.ok(result.responseTimeMs !== null && result.responseTimeMs === result.phases.dns)
})

test('an international name goes out in ASCII and is shown as typed', async (t) => {
  const { details, server } = await check(t, 'münchen.test', {})
  assert.equal(details['name'], 'münchen.test')
  assert.equal(details['asked'], 'xn--mnchen-3ya.test')
  assert.equal(server.queries[0]?.query.questions?.[0]?.name, 'xn--mnchen-3ya.test')
})

test('bytes that are no text do no harm where results are stored', async (t) => {
  const { details, error } = await check(t, 'quiet.test', { dnsRecord: 'TXT', expectedValue: 'b' })
  assert.deepEqual(details['records'], [{ value: 'a\ufffd\ufffd', ttl: 60 }])
  assert.match(error ?? '', /^expected TXT record b, got a\ufffd\ufffd \(asked /)
})
