import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import fc from 'fast-check'
import { ReceivedBytes } from './answer.ts'
import { readBytes, showBytes } from './escapes.ts'
import { readPortTarget } from './target.ts'

test('any bytes can be shown and typed in again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (array) => {
      const bytes = Buffer.from(array)
      const shown = showBytes(bytes, 10_000)
      assert.doesNotMatch(shown, /\p{Cc}/u)
      assert.deepEqual(readBytes(shown), bytes)
    }),
  )
})

test('text stays text, and a long one is cut', () => {
  assert.equal(showBytes(Buffer.from('Grüß Gott\r\n'), 100), 'Grüß Gott\\r\\n')
  assert.equal(showBytes(Buffer.from('abcdef\n'), 3), 'abc…')
  assert.deepEqual(readBytes('\\\\n\\x41é\r\n'), Buffer.from('\\nAé\r\n'))
})

test('an unknown escape is refused', () => {
  for (const text of ['\\q', '\\x4', '\\xzz', 'end\\', '\\\\\\']) assert.equal(typeof readBytes(text), 'string', text)
})

test('the expected bytes are found wherever the pieces end', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.array(fc.nat(60)),
      fc.nat(60),
      fc.nat(8),
      (...all) => {
        const [array, cuts, from, length] = all
        const whole = Buffer.from(array)
        const bytes = Buffer.from(whole.subarray(from % whole.length, (from % whole.length) + 1 + length))
        const received = new ReceivedBytes()
        const ends = [...new Set(cuts.map((cut) => cut % whole.length)), whole.length].sort((a, b) => a - b)
        let found = false
        let begin = 0
        for (const end of ends) {
          if (end > begin) received.add(whole.subarray(begin, end))
          begin = end
          found ||= received.has({ bytes, text: '' })
        }
        assert.ok(found)
        assert.deepEqual(Buffer.from(received.bytes), whole)
      },
    ),
  )
})

test('a target is read from whatever people paste', () => {
  for (const [text, host, port, protocol] of [
    ['example.com', 'example.com', null, null],
    ['example.com.:22', 'example.com', 22, null],
    ['tcp://example.com:22', 'example.com', 22, 'TCP'],
    ['UDP://192.0.2.1:53/', '192.0.2.1', 53, 'UDP'],
    ['https://u:p@example.com:8443/path?x#y', 'example.com', 8443, null],
    ['::1', '::1', null, null],
    ['[2001:db8::1]:5432', '2001:db8::1', 5432, null],
    ['_srv.example.com:1', '_srv.example.com', 1, null],
    ['münchen.test:80', 'xn--mnchen-3ya.test', 80, null],
  ] as const) {
    assert.deepEqual(readPortTarget(text), { host, port, protocol }, text)
  }
  for (const text of [null, '', 'a b:1', '1.2.3:4', '[example.com]:1', 'x:y', 'x:0', 'x:65536', ':22', 'a..b:1'])
    assert.equal(typeof readPortTarget(text), 'string', String(text))
})
