import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import type { Json } from '#domain'
import { dnsProbe, makeDnsProbe } from '../dns.ts'
import { runCheck } from '../kit/run-check.ts'
import { type Answering, dnsServer, RCODE, reply, truncated } from './kit/dns-server.ts'
import { serverAddress } from './server.ts'

const A = { name: 'www.test', type: 'A', ttl: 60, data: '192.0.2.1' } as const
const good: Answering = (query) => reply(query, { answers: [A] })

async function check(t: TestContext, answering: Answering, config: { [key: string]: Json } = {}, timeoutMs = 2_000) {
  const server = await dnsServer(t, answering)
  const result = await runCheck(dnsProbe, 'www.test', { ...config, dnsServer: server.name }, { timeoutMs })
  return { result, details: result.details as { [key: string]: Json }, server }
}

/** A probe whose machine has these resolvers. */
function probeOf(ports: number[]) {
  return makeDnsProbe({
    lookup: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    systemServers: () => ports.map((port) => serverAddress('127.0.0.1', port)),
    randomId: () => Math.floor(Math.random() * 0x10000),
  })
}

function udpSockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'UDPWrap').length
}

test('one lost question is asked again, and the check is up', async (t) => {
  let asked = 0
  const { result, details, server } = await check(t, (query) => (asked++ === 0 ? [] : good(query, 'udp')), {}, 400)
  assert.equal(result.error, null)
  assert.equal(details['sent'], 2)
  assert.equal(server.queries.length, 2)
})

test('a late answer to the first question is as good as one to the second', async (t) => {
  const late: Buffer[] = []
  const { result } = await check(
    t,
    (query) => {
      late.push(reply(query, { answers: [A] }))
      return late.length === 1 ? [] : late.slice(0, 1)
    },
    {},
    400,
  )
  assert.equal(result.error, null)
})

test('a truncated answer is fetched over TCP', async (t) => {
  const many = Array.from({ length: 400 }, (_, i) => ({ ...A, data: `192.0.${i >> 8}.${i & 255}` }))
  const { result, details, server } = await check(t, (query, transport) =>
    transport === 'udp' ? truncated(query) : reply(query, { answers: many }),
  )
  assert.equal(result.error, null)
  assert.equal(details['transport'], 'tcp')
  assert.deepEqual(
    server.queries.map(({ transport }) => transport),
    ['udp', 'tcp'],
  )
  assert.equal((details['records'] as Json[]).length, 50)
})

test('an answer over TCP to another question is none', async (t) => {
  const { result, server } = await check(t, (query, transport) =>
    transport === 'udp' ? truncated(query) : reply({ ...query, id: (query.id ?? 0) ^ 5 }, { answers: [A] }),
  )
  assert.equal(
    result.error,
    `the answer of ${server.name} is truncated, and asking again over TCP failed: ${server.name} answered another question`,
  )
})

test('a forged answer before the true one changes nothing', async (t) => {
  const { result } = await check(
    t,
    (query) => [
      reply({ ...query, id: (query.id ?? 0) ^ 0x55 }, { answers: [{ ...A, data: '198.51.100.6' }] }),
      reply({ ...query, questions: [{ name: 'ww2.test', type: 'A' }] }, { answers: [A] }),
      reply({ ...query, questions: [{ name: 'www.test', type: 'AAAA' }] }),
      reply(query, { answers: [A] }),
    ],
    { expectedValue: '192.0.2.1' },
  )
  assert.equal(result.error, null)
})

test('the letters of the question may come back in another case', async (t) => {
  const { result } = await check(t, (query) =>
    reply({ ...query, questions: [{ name: 'WWW.Test', type: 'A' }] }, { answers: [A] }),
  )
  assert.equal(result.error, null)
})

for (const [what, answering] of [
  ['with the question', (query) => reply(query, { rcode: RCODE.formerr })],
  ['without the question', (query) => reply({ ...query, questions: [] }, { rcode: RCODE.formerr })],
] as const satisfies [string, Answering][]) {
  test(`a server that does not know EDNS and says so ${what} is asked without it`, async (t) => {
    const { result, server } = await check(t, (query) =>
      (query.additionals ?? []).length > 0 ? answering(query) : reply(query, { answers: [A] }),
    )
    assert.equal(result.error, null)
    const [first] = server.queries
    const [edns] = first?.query.additionals ?? []
    assert.ok(edns?.type === 'OPT' && 'udpPayloadSize' in edns && edns.udpPayloadSize === 1_232)
  })
}

test('each check asks from another port and with another id', async (t) => {
  const server = await dnsServer(t, good)
  for (let i = 0; i < 8; i++) await runCheck(dnsProbe, 'www.test', { dnsServer: server.name })
  assert.ok(new Set(server.queries.map(({ port }) => port)).size > 4)
  assert.ok(new Set(server.queries.map(({ query }) => query.id)).size > 4)
})

test('of several resolvers the next is asked when one is silent, failing or gone', async (t) => {
  const silent = await dnsServer(t, () => [])
  const failing = await dnsServer(t, (query) => reply(query, { rcode: RCODE.servfail }))
  const healthy = await dnsServer(t, good)
  const gone = 9
  for (const first of [silent.port, failing.port, gone]) {
    const result = await runCheck(probeOf([first, healthy.port]), 'www.test', {}, { timeoutMs: 400 })
    assert.equal(result.error, null)
    const { server } = result.details as { [key: string]: Json }
    assert.equal(server, healthy.name)
  }
})

test('when every resolver fails, each is named with its own fault', async (t) => {
  const failing = await dnsServer(t, (query) => reply(query, { rcode: RCODE.servfail }))
  const refusing = await dnsServer(t, (query) => reply(query, { rcode: RCODE.refused }))
  const { error, localFault } = await runCheck(probeOf([failing.port, refusing.port]), 'www.test')
  assert.match(error ?? '', new RegExp(`^${failing.name} could not .*; ${refusing.name} refuses to answer`))
  assert.equal(localFault, false, 'somebody answered')
})

test('a server that is given by name is looked up first, and asked at its address', async (t) => {
  const server = await dnsServer(t, good)
  const { error, details } = await runCheck(probeOf([]), 'www.test', { dnsServer: `ns1.test:${server.port}` })
  assert.equal(error, null)
  assert.equal((details as { [key: string]: Json })['server'], server.name)
})

test("a user's server must be allowed by the policy; the machine's own resolver is its operator's choice", async (t) => {
  const server = await dnsServer(t, good)
  const targets = { refusal: (address: string) => `${address} is not to be reached` }
  const named = await runCheck(probeOf([]), 'www.test', { dnsServer: server.name }, { targets })
  assert.equal(named.category, 'CONFIGURATION_ERROR')
  assert.match(named.error ?? '', /^DNS server 127\.0\.0\.1: 127\.0\.0\.1 is not to be reached/)
  assert.equal(server.queries.length, 0)
  const own = await runCheck(probeOf([server.port]), 'www.test', {}, { targets })
  assert.equal(own.status, 'UP')
})

test('a machine without a resolver measures nothing, and says so', async () => {
  const result = await runCheck(probeOf([]), 'www.test')
  assert.equal(result.status, 'UNKNOWN')
  assert.equal(result.error, 'this machine has no resolver to ask')
})

test('no socket outlives a check, however it ends', async (t) => {
  const server = await dnsServer(t, good)
  const silent = await dnsServer(t, () => [])
  for (let i = 0; i < 4; i++) await turn()
  const before = udpSockets()
  const ending = new AbortController()
  const checks = [
    runCheck(dnsProbe, 'www.test', { dnsServer: server.name }),
    runCheck(dnsProbe, 'www.test', { dnsServer: silent.name }, { timeoutMs: 60 }),
    runCheck(dnsProbe, 'www.test', { dnsServer: silent.name }, { signal: ending.signal, timeoutMs: 5_000 }),
    runCheck(dnsProbe, 'www.test', { dnsServer: '127.0.0.1:9' }),
  ]
  ending.abort()
  const results = await Promise.all(checks)
  assert.deepEqual(
    results.map(({ status }) => status),
    ['UP', 'DOWN', 'UNKNOWN', 'DOWN'],
  )
  for (let i = 0; i < 20 && udpSockets() > before; i++) await turn()
  assert.equal(udpSockets(), before)
})

test('whatever a server sends, the check ends with a reason in words', async (t) => {
  let garbage: Uint8Array = Buffer.alloc(0)
  const server = await dnsServer(t, (query) => {
    const header = reply(query, { answers: [A] })
    // From the answer count on, anything goes: counts that lie, names that point at themselves, lengths beyond the end.
    return Buffer.concat([header.subarray(0, 6), garbage.subarray(0, 6), header.subarray(12, 26), garbage])
  })
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 6, maxLength: 120 }), async (bytes) => {
      garbage = bytes
      const result = await runCheck(dnsProbe, 'www.test', { dnsServer: server.name }, { timeoutMs: 300 })
      assert.ok(result.status === 'UP' || /^[^A-Z].* .* .*/.test(result.error ?? ''), String(result.error))
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
    }),
    { numRuns: 200 },
  )
})
