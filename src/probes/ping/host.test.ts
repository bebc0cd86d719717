import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostIn } from './host.ts'

test('a host is found in whatever form it is given', () => {
  const cases: [given: string, host: string][] = [
    ['example.com', 'example.com'],
    ['Example.COM', 'example.com'],
    ['192.0.2.1', '192.0.2.1'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['ping://example.com', 'example.com'],
    ['icmp://[2001:db8::1]/', '2001:db8::1'],
    ['ping://::1', '::1'],
    ['https://user:secret@example.com:8443/path?q#f', 'example.com'],
    ['example.com:8080', 'example.com'],
    ['münchen.test', 'xn--mnchen-3ya.test'],
    ['ping://例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['a_b.test', 'a_b.test'],
  ]
  for (const [given, host] of cases) assert.equal(hostIn(given), host, given)
})

test('what names no host is refused', () => {
  for (const given of ['', 'ping://', 'http://', 'a b', '256.1.1.1', '[::1', 'javascript:alert(1)', 'a..b:x', '%']) {
    assert.equal(hostIn(given), null, given)
  }
})
