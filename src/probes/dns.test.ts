import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { test } from 'node:test'
import { decode } from 'dns-packet'
import { Value } from 'typebox/value'
import type { Json } from '#domain'
import { closed, truncated } from './dns/kit/dns-server.ts'
import { dnsProbe } from './dns.ts'
import { probeOwes } from './kit/probe-owes.ts'

// Over UDP every question is answered by "ask over TCP", so that the kit's servers are met there.
probeOwes('DNS', async (host, port, t) => {
  const udp = createSocket('udp4')
  udp.on('message', (message, from) => udp.send(truncated(decode(message)), from.port, from.address))
  udp.bind(port, host)
  await once(udp, 'listening')
  t.after(() => closed(udp))
  return { probe: dnsProbe, url: 'www.test', config: { dnsServer: `${host}:${port}` } }
})

function problems(url: string | null, config: { [key: string]: Json }): string[] {
  return dnsProbe.validate({ url }, config).map(({ path, message }) => `${path}: ${message}`)
}

test('what can not work is refused with the field, the reason and an example, every fault at once', () => {
  assert.deepEqual(problems(null, {}), ['url: expected a name such as example.com'])
  assert.deepEqual(problems('two words.test', { dnsServer: '1.2.3', expectedValue: 'www.test' }), [
    'url: expected a name such as example.com, got "two words.test"',
    'dnsServer: expected a DNS server such as 1.1.1.1, 192.0.2.53:5353 or [2001:db8::53]:53, got "1.2.3"',
    'expectedValue: expected an IPv4 address such as 192.0.2.1, got "www.test"',
  ])
  assert.deepEqual(problems('www.test', { dnsRecord: 'AAAA', expectedIp: ['::1', '192.0.2.1'] }), [
    'expectedIp: expected an IPv6 address such as 2001:db8::1, got "192.0.2.1"',
  ])
  assert.deepEqual(problems('www.test', { expectedIp: '192.0.2.1', expectedValue: '192.0.2.1' }), [
    'expectedIp: is another name for expectedValue: give only one of them',
  ])
  assert.deepEqual(problems('www.test', { expectedValue: '!' }), ['expectedValue: expected a value, got an empty text'])
  assert.deepEqual(problems('192.0.2.1', {}), [
    'url: expected a name such as example.com, got the address 192.0.2.1: only PTR records are asked for by address',
  ])
  assert.deepEqual(problems('2001:db8::1', { dnsRecord: 'PTR', expectedValue: 'host.test' }), [])
})

test('the schema takes the fields of the contract and refuses what is out of range', () => {
  const good = [
    {},
    { dnsRecord: 'CAA', expectedValue: ['a', 'b'], dnsMatch: 'any', dnsServer: '[::1]:5353' },
    { expectedIp: '192.0.2.1' },
  ]
  const bad = [
    { dnsRecord: 'ANY' },
    { expectedValue: [] },
    { expectedValue: 5 },
    { dnsMatch: 'some' },
    { dnsServer: '' },
  ]
  for (const config of good) assert.ok(Value.Check(dnsProbe.config, config), JSON.stringify(config))
  for (const config of bad) assert.ok(!Value.Check(dnsProbe.config, config), JSON.stringify(config))
})
