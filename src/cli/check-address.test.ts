import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckTarget, readCheckAddress } from './check-address.ts'

const READ: readonly (readonly [address: string, target: CheckTarget])[] = [
  ['https://example.com/a?b=c', { type: 'WEBSITE', url: 'https://example.com/a?b=c', config: {} }],
  ['example.com', { type: 'WEBSITE', url: 'https://example.com', config: {} }],
  ['localhost:3000/x', { type: 'WEBSITE', url: 'https://localhost:3000/x', config: {} }],
  ['fe80::1', { type: 'WEBSITE', url: 'https://[fe80::1]', config: {} }],
  ['[::1]:8443', { type: 'WEBSITE', url: 'https://[::1]:8443', config: {} }],
  [
    'dns:example.com?type=mx&server=127.0.0.1:5353&expect=10%20mx1&expect=mx2&match=exact',
    {
      type: 'DNS',
      url: 'example.com',
      config: { dnsRecord: 'MX', dnsServer: '127.0.0.1:5353', expectedValue: ['10 mx1', 'mx2'], dnsMatch: 'exact' },
    },
  ],
  ['DNS://example.com', { type: 'DNS', url: 'example.com', config: {} }],
  ['dns:x.test?expect=10', { type: 'DNS', url: 'x.test', config: { expectedValue: '10' } }],
  ['ping:host?packets=5&loss=20', { type: 'PING', url: 'host', config: { packets: 5, maxPacketLoss: 20 } }],
  ['icmp://192.0.2.1', { type: 'PING', url: '192.0.2.1', config: {} }],
  ['ping:::1', { type: 'PING', url: '::1', config: {} }],
  ['tls:host:8443?days=30,7', { type: 'SSL_CERT', url: 'host:8443', config: { sslCertExpiryDays: [30, 7] } }],
  ['ssl:host?days=14', { type: 'SSL_CERT', url: 'host', config: { sslCertExpiryDays: 14 } }],
  [
    'tcp:host:6379?send=PING\\r\\n&expect=+PONG',
    { type: 'PORT', url: 'tcp://host:6379', config: { sendData: 'PING\\r\\n', expectData: '+PONG' } },
  ],
  ['udp://[::1]:53', { type: 'PORT', url: 'udp://[::1]:53', config: {} }],
  [
    'tcp:host:25?expect=220&ipVersion=4',
    { type: 'PORT', url: 'tcp://host:25', config: { expectData: '220', ipVersion: 4 } },
  ],
  [
    'graphql:https://host/graphql?key=1&query={a(b:"c=d"){e}}&variables={"b":1}',
    {
      type: 'GRAPHQL',
      url: 'https://host/graphql?key=1',
      config: { graphqlQuery: '{a(b:"c=d"){e}}', graphqlVariables: '{"b":1}' },
    },
  ],
  ['dns:x.test?expect=100%zz', { type: 'DNS', url: 'x.test', config: { expectedValue: '100%zz' } }],
  ['dns:x.test?__proto__=1', { type: 'DNS', url: 'x.test', config: JSON.parse('{"__proto__": 1}') }],
]

for (const [address, target] of READ) {
  test(`${address} is ${target.type} of ${target.url}`, () => {
    assert.deepEqual(readCheckAddress(address), target)
  })
}

test('an unknown scheme is refused with examples', () => {
  for (const address of ['ftp://example.com/', 'mailto:a@b.test', 'constructor:x', 'javascript:alert(1)']) {
    assert.match(String(readCheckAddress(address)), /^url: \w+: can't be checked; expected .* dns:example\.com/)
  }
})
