import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pictureProblem, readHostName, slugProblem } from './address.ts'

test('a slug is lower case, 1 to 63 characters, without a hyphen at its ends, and no reserved word', () => {
  for (const slug of ['a', 'status', '7', 'a-b', 'x'.repeat(63), 'a--b']) assert.equal(slugProblem(slug), null, slug)
  for (const slug of ['', 'A', 'a_b', 'a.b', '-a', 'a-', 'x'.repeat(64), 'ä', 'a b', 'a\n', '../x', 'a/b'])
    assert.match(slugProblem(slug) ?? '', /expected 1 to 63/, slug)
  for (const slug of ['api', 'www', 'admin', 'login']) assert.match(slugProblem(slug) ?? '', /reserved/, slug)
})

test('a host name is kept in one form, and what is none is refused', () => {
  const good: [string, string][] = [
    ['status.example.com', 'status.example.com'],
    ['Status.Example.COM.', 'status.example.com'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['a.b', 'a.b'],
    [`${'x'.repeat(63)}.example.com`, `${'x'.repeat(63)}.example.com`],
  ]
  for (const [given, kept] of good) assert.equal(readHostName(given), kept)
  const bad = [
    ...['', 'localhost', 'a.localhost', 'example', 'https://example.com', 'example.com/x', 'example.com:80', 'a..b'],
    ...['-a.example.com', 'a-.example.com', '*.example.com', 'a_b.example.com', '127.0.0.1', '1.2.3', '::1', '0x7f.1'],
    ...['user@example.com', 'exa mple.com', 'example.com?', 'example.com#', 'a%2eb.com', `${'x'.repeat(64)}.com`, '.'],
    `${'abcdefg.'.repeat(32)}com`,
  ]
  for (const given of bad) assert.equal(readHostName(given), null, given)
})

test('a picture is on the web, and gives no password away', () => {
  for (const url of ['https://a.example/logo.svg', 'http://a.example/l?x=1&y=%20#z'])
    assert.equal(pictureProblem(url), null)
  const bad = [
    ...[
      'javascript:alert(1)',
      'data:image/svg+xml,<svg/>',
      '//a.example/x',
      '/logo.png',
      'file:///etc/passwd',
      'ftp://a/b',
    ],
    ...[
      'https://',
      'https://a.example/"onerror=',
      'https://a.example/ x',
      ' https://a.example',
      'https:\\\\a.example',
      '',
    ],
    ...['java\nscript:alert(1)', `https://a.example/${'x'.repeat(2048)}`],
  ]
  for (const url of bad) assert.match(pictureProblem(url) ?? '', /begins with https/, url)
  assert.match(pictureProblem('https://user:pass@a.example/x') ?? '', /name and password/)
})
