import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { test } from 'node:test'
import fc from 'fast-check'
import { httpServer } from './kit/http-server.ts'
import { guardedLookup, TargetRefusedError, targetPolicy } from './target-policy.ts'

const open = targetPolicy({ allowPrivate: true })
const strict = targetPolicy({ allowPrivate: false })

const ALWAYS = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.1.1',
  '100.100.100.200',
  'fd00:ec2::254',
  'fe80::1',
  'febf::1',
  '0.0.0.0',
  '0.1.2.3',
  '::',
  '224.0.0.1',
  '239.255.255.250',
  'ff02::1',
  '255.255.255.255',
]
const PRIVATE = [
  '127.0.0.1',
  '127.255.0.1',
  '::1',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.127.255.255',
  'fc00::1',
  'fd12:3456::1',
  '198.18.0.1',
  '192.0.2.1',
  '240.0.0.1',
  '2001:db8::1',
]
const PUBLIC = ['1.1.1.1', '172.32.0.1', '100.63.255.255', '192.169.0.1', '8.8.8.8', '2606:4700::1111', '2a00:1450::1']

test('metadata, link-local, multicast, broadcast and unspecified addresses are refused whatever the settings', () => {
  for (const address of ALWAYS)
    for (const policy of [open, strict]) assert.match(policy.refusal(address) ?? '', / is never probed$/)
})

test('loopback, private, shared and reserved addresses are refused unless private targets are allowed', () => {
  for (const address of PRIVATE) {
    assert.equal(open.refusal(address), null)
    assert.match(strict.refusal(address) ?? '', /does not allow private targets$/)
  }
})

test('public addresses are allowed', () => {
  for (const address of PUBLIC) for (const policy of [open, strict]) assert.equal(policy.refusal(address), null)
})

test('the sentence names the address and the rule', () => {
  assert.equal(open.refusal('169.254.169.254'), '169.254.169.254 is a cloud metadata address and is never probed')
  assert.equal(
    strict.refusal('::ffff:10.0.0.1'),
    '::ffff:10.0.0.1 is a private address, and this server does not allow private targets',
  )
})

test('what is no address is refused, however others may read it', () => {
  for (const text of ['', 'localhost', '1.2.3', '127.1', '0x7f.0.0.1', '017700000001', '::1%', 'example.com']) {
    assert.equal(open.refusal(text), `${text} is not an IP address`)
  }
})

const hex = (high: number, low: number) => ((high << 8) | low).toString(16)

/** Every way to write an IPv4 address inside an IPv6 one. */
const DISGUISES: { [name: string]: (a: number, b: number, c: number, d: number) => string } = {
  mapped: (a, b, c, d) => `::ffff:${a}.${b}.${c}.${d}`,
  'mapped in hex': (a, b, c, d) => `::ffff:${hex(a, b)}:${hex(c, d)}`,
  NAT64: (a, b, c, d) => `64:ff9b::${hex(a, b)}:${hex(c, d)}`,
  'local NAT64': (a, b, c, d) => `64:ff9b:1::${hex(a, b)}:${hex(c, d)}`,
  translated: (a, b, c, d) => `::ffff:0:${hex(a, b)}:${hex(c, d)}`,
  '6to4': (a, b, c, d) => `2002:${hex(a, b)}:${hex(c, d)}::1`,
  'Teredo client': (a, b, c, d) => `2001:0:101:101:0:0:${hex(a ^ 255, b ^ 255)}:${hex(c ^ 255, d ^ 255)}`,
  'Teredo server': (a, b, c, d) => `2001:0:${hex(a, b)}:${hex(c, d)}:0:0:fefe:fefe`,
  ISATAP: (a, b, c, d) => `2606:4700::5efe:${hex(a, b)}:${hex(c, d)}`,
}

for (const [name, disguise] of Object.entries(DISGUISES)) {
  test(`an IPv4 address disguised as IPv6 (${name}) is judged as what it is`, () => {
    const octet = fc.integer({ min: 0, max: 255 })
    const interesting = fc.constantFrom(...[...ALWAYS, ...PRIVATE].filter((address) => address.includes('.')))
    const any = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'))
    fc.assert(
      fc.property(fc.oneof(interesting, any), (plain) => {
        const [a = 0, b = 0, c = 0, d = 0] = plain.split('.').map(Number)
        const hidden = disguise(a, b, c, d)
        for (const policy of [open, strict]) {
          if (policy.refusal(plain) !== null) assert.notEqual(policy.refusal(hidden), null, hidden)
        }
      }),
    )
  })
}

test('a guarded lookup serves a connection to an allowed address and fails for a refused one', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end())
  const ask = (policy: typeof open) =>
    request({ host: 'localhost', port: server.port, agent: false, family: 4, lookup: guardedLookup(policy) }).end()
  const [response] = await once(ask(open), 'response')
  assert.equal(response.statusCode, 200)
  response.resume()
  await assert.rejects(once(ask(strict), 'response'), (error) => {
    assert.ok(error instanceof TargetRefusedError)
    assert.match(error.message, /^localhost: 127\.0\.0\.1 is a loopback address/)
    return true
  })
  assert.equal(server.requests.length, 1)
})
