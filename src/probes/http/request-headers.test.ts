import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRequestHeaders } from './request-headers.ts'

test('headers are read from an object or from a JSON string of one', () => {
  const expected = [
    ['Accept', 'text/html'],
    ['X-Number', '5'],
  ]
  assert.deepEqual(readRequestHeaders('{"Accept": "text/html", "X-Number": 5}'), expected)
  assert.deepEqual(readRequestHeaders({ Accept: 'text/html', 'X-Number': '5' }), expected)
  assert.deepEqual(readRequestHeaders(undefined), [])
})

const REFUSED: [headers: string | { [name: string]: string }, reason: RegExp][] = [
  ['Accept: text/html', /^expected a JSON object/],
  ['["Accept"]', /^expected a JSON object/],
  ['null', /^expected a JSON object/],
  ['{"Accept": {"a": 1}}', /"Accept": expected a text/],
  [{ 'X-A': 'a\r\nX-Injected: b' }, /^X-A: line breaks/],
  [{ 'X-A': 'a\nb' }, /^X-A: line breaks/],
  [{ 'X-A': 'a\0' }, /^X-A: line breaks and NUL/],
  [{ 'X-A': 'a\x01' }, /^X-A: only printable/],
  [{ 'X-A': ' a' }, /^X-A: only printable/],
  [{ 'X-A': '\u20ac' }, /^X-A: only printable Latin-1/],
  [{ 'X A': 'a' }, /^"X A" is not a header name/],
  [{ 'X-A:': 'a' }, /is not a header name/],
  [{ '': 'a' }, /is not a header name/],
  [{ 'X-A\r\n': 'a' }, /is not a header name/],
  [{ Connection: 'keep-alive' }, /^Connection can't be set/],
  [{ 'transfer-encoding': 'chunked' }, /^transfer-encoding can't be set/],
  [{ 'Content-Length': '5' }, /^Content-Length can't be set/],
  [{ Upgrade: 'websocket' }, /^Upgrade can't be set/],
  [{ Host: 'a.test/path' }, /^Host: expected a host name/],
  [{ Host: '[::g]' }, /^Host: expected a host name/],
  [{ 'X-A': '1', 'x-a': '2' }, /is given twice$/],
]

for (const [headers, reason] of REFUSED) {
  test(`headers ${JSON.stringify(headers)} are refused with a reason`, () => {
    const problem = readRequestHeaders(headers)
    assert.ok(typeof problem === 'string')
    assert.match(problem, reason)
  })
}

test('what RFC 9110 allows is accepted', () => {
  for (const headers of [
    { 'X-A': '' },
    { 'X-A': 'J\xfcrgen \t x' },
    { "!#$%&'*+-.^_`|~": 'a' },
    { Host: '[::1]:80' },
  ]) {
    assert.ok(Array.isArray(readRequestHeaders(headers)))
  }
})
