import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import type { Json } from '#domain'
import { probeContext, runCheck } from './kit/run-check.ts'
import type { Address } from './net/resolve.ts'
import type { PingMeans } from './ping/check.ts'
import { Echoes } from './ping/echoes.ts'
import { type FakeNet, fakeIcmp, noSocket, refuse, reply } from './ping/kit/fake-icmp.ts'
import { unmeasured } from './ping/ping-words.ts'
import { pingProbeWith } from './ping.ts'

type Config = { [key: string]: Json }

function means(net: FakeNet, changes: Partial<PingMeans> = {}) {
  const icmp = fakeIcmp(net)
  const echoes = { 4: new Echoes(4, icmp.open), 6: new Echoes(6, icmp.open) }
  const program = () => assert.fail('asked the program')
  const lookup: PingMeans['lookup'] = () => assert.fail('looked a name up')
  return { icmp, means: { echoes, program, lookup, ...changes } satisfies PingMeans }
}

function ping(net: FakeNet, url: string, config: Config = {}, changes: Partial<PingMeans> = {}) {
  const rig = means(net, changes)
  const probe = pingProbeWith(rig.means, () => true)
  return { ...rig, result: runCheck(probe, url, config, { timeoutMs: 100 }) }
}

function answers(...addresses: string[]): PingMeans['lookup'] {
  const found: Address[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return (_name, done) => done(null, found)
}

test('a host that answers every packet is UP, with its round trips', async () => {
  const { result, icmp } = ping((sent) => reply(sent), '192.0.2.1', { packetSize: 100 })
  const { status, error, responseTimeMs, details, evidence } = await result
  assert.deepEqual({ status, error, evidence }, { status: 'UP', error: null, evidence: null })
  assert.ok(responseTimeMs !== null && responseTimeMs >= 0)
  assert.partialDeepStrictEqual(details, {
    address: '192.0.2.1',
    family: 4,
    method: 'socket',
    sent: 3,
    received: 3,
    loss: 0,
  })
  assert.deepEqual(
    icmp.sent.map(({ data }) => data.length),
    [100, 100, 100],
  )
})

test('one reply is enough unless the monitor asks for more, and the loss is shown', async () => {
  const oneOfThree: FakeNet = (sent, count) => (count === 2 ? reply(sent) : undefined)
  const lenient = await ping(oneOfThree, '192.0.2.1').result
  assert.equal(lenient.status, 'UP')
  assert.partialDeepStrictEqual(lenient.details, { sent: 3, received: 1, loss: 66.67 })
  const strict = await ping(oneOfThree, '192.0.2.1', { maxPacketLoss: 50 }).result
  assert.equal(strict.status, 'DOWN')
  assert.equal(strict.error, 'packet loss: expected at most 50 %, got 66.67 % (1 of 3 packets answered)')
  assert.equal(strict.category, 'NETWORK_TIMEOUT')
  const exact = await ping((sent, count) => (count > 1 ? reply(sent) : undefined), '192.0.2.1', {
    packets: 4,
    maxPacketLoss: 25,
  }).result
  assert.equal(exact.status, 'UP', 'as much as allowed is not more')
})

test('no reply at all is DOWN at the deadline', async () => {
  const { status, error, category, localFault, details, evidence } = await ping(() => undefined, '192.0.2.1').result
  assert.equal(status, 'DOWN')
  assert.equal(error, 'expected a reply from 192.0.2.1, got none to 3 packets within 100 ms')
  assert.deepEqual([category, localFault], ['NETWORK_TIMEOUT', false])
  assert.partialDeepStrictEqual(details, { sent: 3, received: 0, loss: 100, min: null, avg: null, max: null })
  assert.partialDeepStrictEqual(evidence, { packets: [{ packet: 1, ms: null, refusal: null }] })
})

test('who refused the packets is said, without waiting for the deadline', async () => {
  const { means: own } = means((sent) => refuse(sent, 'host unreachable, says 192.0.2.254'))
  const startMs = performance.now()
  const probe = pingProbeWith(own, () => true)
  const result = await runCheck(probe, '198.51.100.1', { packets: 1 }, { timeoutMs: 10_000 })
  assert.ok(performance.now() - startMs < 1_000)
  assert.equal(result.error, "198.51.100.1 can't be reached: host unreachable, says 192.0.2.254")
  assert.deepEqual([result.status, result.category, result.localFault], ['DOWN', 'INFRASTRUCTURE', false])
})

test('a machine without route is at fault itself, one that may not send says UNKNOWN', async () => {
  const noRoute = await ping(() => 'ENETUNREACH', '192.0.2.1').result
  assert.deepEqual([noRoute.status, noRoute.localFault], ['DOWN', true])
  assert.equal(noRoute.error, 'no route from this machine to 192.0.2.1 (ENETUNREACH)')
  for (const code of ['EPERM', 'EADDRNOTAVAIL', 'ENOBUFS', 'EMFILE']) {
    const { status, error, localFault } = await ping(() => code, '192.0.2.1').result
    assert.deepEqual([status, localFault], ['UNKNOWN', true], code)
    assert.match(error ?? '', new RegExp(`\\(${code}\\)`))
  }
})

test('the other family is tried when the first address can not be sent to', async () => {
  const lookup = answers('2001:db8::1', '192.0.2.1')
  const { result, icmp } = ping(
    (sent) => (sent.family === 6 ? 'ENETUNREACH' : reply(sent)),
    'example.com',
    { packets: 1 },
    { lookup },
  )
  const { status, details, phases } = await result
  assert.equal(status, 'UP')
  assert.partialDeepStrictEqual(details, { address: '192.0.2.1', family: 4 })
  assert.notEqual(phases.dns, null)
  assert.deepEqual(
    icmp.sent.map(({ family }) => family),
    [6, 4],
  )
  const silent = await ping(() => undefined, 'example.com', { packets: 1 }, { lookup }).result
  assert.match(silent.error ?? '', /from 2001:db8::1/, 'an address that is silent is the one that counts')
})

test('a machine without IPv6 pings over IPv4', async () => {
  const icmp = fakeIcmp((sent) => reply(sent))
  const echoes = {
    4: new Echoes(4, icmp.open),
    6: new Echoes(6, () => ({ code: 'EAFNOSUPPORT', reason: 'this machine has no IPv6' })),
  }
  const lookup = answers('2001:db8::1', '192.0.2.1')
  assert.equal((await ping(() => undefined, 'example.com', { packets: 1 }, { lookup, echoes }).result).status, 'UP')
  const only6 = await ping(() => undefined, '2001:db8::1', {}, { echoes }).result
  assert.deepEqual([only6.status, only6.localFault], ['UNKNOWN', true])
})

test('an international name is looked up in the form for the wire', async () => {
  const asked: string[] = []
  const lookup: PingMeans['lookup'] = (name, done) => {
    asked.push(name)
    done(null, [{ address: '192.0.2.1', family: 4 }])
  }
  const { status } = await ping((sent) => reply(sent), 'ping://münchen.test', { packets: 1 }, { lookup }).result
  assert.deepEqual([status, asked], ['UP', ['xn--mnchen-3ya.test']])
})

test('an address written as IPv6 that is one of IPv4 is pinged as such', async () => {
  const { result, icmp } = ping((sent) => reply(sent), '::ffff:192.0.2.1', { packets: 1 })
  assert.equal((await result).status, 'UP')
  assert.deepEqual(icmp.sent[0]?.address, '192.0.2.1')
})

test('no packet goes to an address that the policy refuses', async () => {
  const { means: own, icmp } = means((sent) => reply(sent), { lookup: answers('192.0.2.1') })
  const targets = { refusal: (address: string) => `${address} is not to be reached` }
  const probe = pingProbeWith(own, () => true)
  for (const host of ['192.0.2.1', 'example.com', '::ffff:192.0.2.1']) {
    const result = await runCheck(probe, host, {}, { targets })
    assert.deepEqual([result.status, result.category], ['DOWN', 'CONFIGURATION_ERROR'])
    assert.match(result.error ?? '', /is not to be reached/)
  }
  assert.equal(icmp.sent.length, 0)
})

test('where no socket may be opened the ping program is asked, with the address and nothing else', async () => {
  const echoes = { 4: new Echoes(4, noSocket), 6: new Echoes(6, noSocket) }
  const text = { sent: 3, received: 2, min: 1, avg: 2, max: 3 }
  const program: PingMeans['program'] = async ({ address, because }) => {
    assert.equal(address, '192.0.2.1')
    assert.match(because, /EPERM/)
    return { ...text, isAlive: true, contradiction: null }
  }
  const lookup = answers('192.0.2.1')
  const lenient = await ping(() => undefined, '-c.test', {}, { echoes, program, lookup }).result
  assert.deepEqual([lenient.status, lenient.responseTimeMs], ['UP', 2])
  assert.partialDeepStrictEqual(lenient.details, { method: 'program', loss: 33.33, min: 1, avg: 2, max: 3 })
  const strict = await ping(() => undefined, '192.0.2.1', { maxPacketLoss: 0 }, { echoes, program }).result
  assert.equal(strict.status, 'DOWN')
})

test('what the program contradicts itself about is shown and not believed', async () => {
  const echoes = { 4: new Echoes(4, noSocket), 6: new Echoes(6, noSocket) }
  const contradiction = 'the ping program ended with status 1 but its text says 3 of 3 received'
  const text = { sent: 3, received: 3, min: 1, avg: 2, max: 3 }
  const program = async () => ({ ...text, isAlive: false, contradiction })
  const { status, error, details } = await ping(() => undefined, '192.0.2.1', {}, { echoes, program }).result
  assert.equal(status, 'DOWN')
  assert.match(error ?? '', /got none.*\(the ping program ended with status 1/)
  assert.partialDeepStrictEqual(details, { note: contradiction, received: null, loss: null })
})

test('where nothing can ping the result is UNKNOWN, and a new monitor warns of it', async () => {
  const echoes = { 4: new Echoes(4, noSocket), 6: new Echoes(6, noSocket) }
  const program = async () => unmeasured('there is no way')
  const { status, error, category, localFault } = await ping(() => undefined, '192.0.2.1', {}, { echoes, program })
    .result
  assert.deepEqual([status, error, category, localFault], ['UNKNOWN', 'there is no way', null, true])
  const { means: own } = means(() => undefined, { echoes })
  const [warning, ...more] = pingProbeWith(own, () => false).warnings()
  assert.match(warning ?? '', /^Ping can't be measured from here: .*ping_group_range.*CAP_NET_RAW.*iputils-ping\)\.$/)
  assert.deepEqual(more, [])
  assert.deepEqual(pingProbeWith(own, () => true).warnings(), [])
  assert.deepEqual(pingProbeWith(means(() => undefined).means, () => false).warnings(), [])
})

test('a check that is called off says nothing about its target and leaves nothing behind', async () => {
  const { means: own } = means(() => undefined)
  const ending = new AbortController()
  const running = pingProbeWith(own, () => true).run(
    { url: '192.0.2.1' },
    {},
    probeContext({ signal: ending.signal, timeoutMs: 10_000 }),
  )
  setTimeout(() => ending.abort(), 20)
  const { status, error } = await running
  assert.equal(status, 'UNKNOWN')
  assert.match(error ?? '', /called off/)
  assert.equal(own.echoes[4].size, 0)
})

test('a host that answered in part is not waited for until the deadline', async () => {
  const { means: own } = means((sent, count) => (count === 1 ? reply(sent) : undefined))
  const startMs = performance.now()
  const result = await runCheck(
    pingProbeWith(own, () => true),
    '192.0.2.1',
    { packets: 2 },
    { timeoutMs: 30_000 },
  )
  assert.equal(result.status, 'UP')
  assert.ok(performance.now() - startMs < 3_000)
})

test('the fields take what works and nothing else', () => {
  const { config, validate } = pingProbeWith(means(() => undefined).means, () => true)
  const good: Config[] = [{}, { packets: 1 }, { packets: 10, maxPacketLoss: 0, packetSize: 16, ipVersion: 6 }]
  const bad: Config[] = [{ packets: 0 }, { packets: 11 }, { packets: 1.5 }, { maxPacketLoss: 100 }, { packetSize: 15 }]
  for (const each of good) assert.ok(Value.Check(config, each), JSON.stringify(each))
  for (const each of bad) assert.ok(!Value.Check(config, each), JSON.stringify(each))
  assert.deepEqual(validate({ url: '::1' }), [])
  for (const url of [null, '', 'ping://'])
    assert.deepEqual(
      validate({ url }).map(({ path }) => path),
      ['url'],
    )
})
