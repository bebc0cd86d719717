import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CookieJar } from './cookie-jar.ts'

const NOW_MS = Date.parse('2026-01-01T00:00:00Z')

/** What is sent to `to` after `from` answered with these cookies. */
function sent(from: string, setCookies: string[], to: string): string {
  const jar = new CookieJar()
  jar.store(new URL(from), setCookies, NOW_MS)
  return jar.header(new URL(to))
}

const CASES: [what: string, from: string, setCookies: string[], to: string, header: string][] = [
  ['goes back to its host', 'http://a.test/', ['x=1; HttpOnly'], 'http://a.test/b', 'x=1'],
  ['keeps an equals sign in its value', 'http://a.test/', ['x=a=b=='], 'http://a.test/', 'x=a=b=='],
  ['does not go to another host', 'http://a.test/', ['x=1'], 'http://b.test/', ''],
  ['does not go to a subdomain unless it says so', 'http://a.test/', ['x=1'], 'http://www.a.test/', ''],
  ['goes to subdomains of its Domain', 'http://www.a.test/', ['x=1; Domain=.a.test'], 'http://b.a.test/', 'x=1'],
  ['is not set for a foreign Domain', 'http://a.test/', ['x=1; Domain=b.test'], 'http://b.test/', ''],
  ['is not set for a top-level Domain', 'http://a.test/', ['x=1; Domain=test'], 'http://b.test/', ''],
  ['does not go to another port', 'http://a.test:81/', ['x=1'], 'http://a.test:82/', ''],
  ['survives the step from http to https', 'http://a.test/', ['x=1'], 'https://a.test/', 'x=1'],
  ['marked Secure stays off plain http', 'https://a.test/', ['x=1; Secure'], 'http://a.test/', ''],
  ['goes to its Path and below', 'http://a.test/', ['x=1; Path=/in'], 'http://a.test/in/side', 'x=1'],
  ['does not go beside its Path', 'http://a.test/', ['x=1; Path=/in'], 'http://a.test/inside', ''],
  ['has the folder of its page as Path', 'http://a.test/in/page', ['x=1'], 'http://a.test/out', ''],
  ['replaces one of the same name', 'http://a.test/', ['x=1', 'x=2'], 'http://a.test/', 'x=2'],
  ['is deleted by Max-Age=0', 'http://a.test/', ['x=1', 'x=; Max-Age=0'], 'http://a.test/', ''],
  [
    'is deleted by a past Expires',
    'http://a.test/',
    ['x=1', 'x=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
    'http://a.test/',
    '',
  ],
  [
    'with Max-Age ignores Expires',
    'http://a.test/',
    ['x=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
    'http://a.test/',
    'x=1',
  ],
  ['with an odd date stays', 'http://a.test/', ['x=1; Expires=someday'], 'http://a.test/', 'x=1'],
  ['of a longer path comes first', 'http://a.test/', ['x=1', 'y=2; Path=/in'], 'http://a.test/in', 'y=2; x=1'],
  ['without a name is left out', 'http://a.test/', ['=1', 'novalue', ''], 'http://a.test/', ''],
  ['with control characters is left out', 'http://a.test/', ['x=a\x01b'], 'http://a.test/', ''],
  ['too long is left out', 'http://a.test/', [`x=${'1'.repeat(5_000)}`], 'http://a.test/', ''],
]

for (const [what, from, setCookies, to, header] of CASES) {
  test(`a cookie ${what}`, () => assert.equal(sent(from, setCookies, to), header))
}

test('a jar takes fifty cookies at most', () => {
  const many = Array.from({ length: 100 }, (_, i) => `c${i}=1`)
  assert.equal(sent('http://a.test/', many, 'http://a.test/').split('; ').length, 50)
})
