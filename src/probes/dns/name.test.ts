import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plainName, readAskedName } from './name.ts'
import { readServer } from './server.ts'
import { expectedSpelling } from './spelling.ts'

test('a name is read from whatever people paste', () => {
  for (const text of [
    'www.test',
    ' www.test ',
    'www.test.',
    'dns:www.test',
    'dns://www.test/',
    'https://u:p@www.test:8/x?y#z',
  ]) {
    const name = readAskedName(text, 'A')
    assert.ok(typeof name === 'object', text)
    assert.equal(name.wire, 'www.test')
  }
})

test('underscores, wildcards and the root are names', () => {
  for (const text of ['sel._domainkey.x.test', '*.x.test', '_443._tcp.x.test', '.']) {
    assert.deepEqual(readAskedName(text, 'TXT'), { shown: text, wire: text })
  }
})

test('international names go out as A-labels', () => {
  assert.deepEqual(readAskedName('münchen.test', 'A'), { shown: 'münchen.test', wire: 'xn--mnchen-3ya.test' })
  assert.deepEqual(readAskedName('_x.例え.test', 'A'), { shown: '_x.例え.test', wire: '_x.xn--r8jz45g.test' })
})

test('an address is asked for by its reverse name, for PTR only', () => {
  const wire = (text: string) => {
    const name = readAskedName(text, 'PTR')
    return typeof name === 'string' ? name : name.wire
  }
  assert.equal(wire('192.0.2.1'), '1.2.0.192.in-addr.arpa')
  const v6 = '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'
  for (const text of ['2001:db8::1', '[2001:db8::1]', 'dns://[2001:db8::1]:53/']) assert.equal(wire(text), v6)
  assert.match(String(readAskedName('[::1]', 'A')), /only PTR records are asked for by address/)
})

test('what can not be a name is refused', () => {
  for (const text of ['', '..', 'a..b', 'a b', `${'a'.repeat(64)}.test`, `${'abc.'.repeat(64)}test`, 'a\u0000b', 'ü b'])
    assert.equal(typeof readAskedName(text, 'A'), 'string', JSON.stringify(text))
})

test('all spellings of a name are one', () => {
  fc.assert(
    fc.property(fc.domain(), (name) => {
      assert.equal(plainName(`${name.toUpperCase()}.`), name.toLowerCase())
    }),
  )
  assert.equal(plainName('MÜNCHEN.test.'), 'xn--mnchen-3ya.test')
})

test('a server is an address or a name, with a port or without', () => {
  for (const [text, host, port] of [
    ['192.0.2.1', '192.0.2.1', 53],
    ['192.0.2.1:5353', '192.0.2.1', 5353],
    ['2001:db8::53', '2001:db8::53', 53],
    ['[2001:db8::53]', '2001:db8::53', 53],
    ['[2001:db8::53]:54', '2001:db8::53', 54],
    ['ns1.test', 'ns1.test', 53],
    ['ns1.test:54', 'ns1.test', 54],
    ['localhost', 'localhost', 53],
  ] as const) {
    assert.deepEqual(readServer(text), { host, port }, text)
  }
  for (const text of [
    '',
    ':53',
    '1.2.3',
    '192.0.2.1:0',
    '192.0.2.1:65536',
    '[ns1.test]:53',
    'a b',
    'x:y',
    '::1:99999',
  ]) {
    assert.equal(typeof readServer(text), 'string', text)
  }
})

test('all spellings of an IPv6 address are one', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const long = expectedSpelling('AAAA', address.toUpperCase())
      assert.ok('spelling' in long)
      assert.deepEqual(expectedSpelling('AAAA', long.spelling), long)
    }),
  )
})
