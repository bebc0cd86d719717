import * as fc from 'fast-check'

/** Texts that have broken parsers, queries, pages, headers and logs elsewhere. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202ecba',
  '😀'.repeat(300),
  'é'.normalize('NFD'),
  '../../etc/passwd',
  '%00',
  '%zz',
  "' or '1'='1",
  "'; drop table monitor; --",
  '" onload="x',
  '<script>alert(1)</script>',
  '</script><svg/onload=alert(1)>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template engine would fill in.
  '${7*7}{{7*7}}<%= 7*7 %>',
  'a\r\nSet-Cookie: x=1',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '••••',
  '-1',
  '1e309',
  '0x10',
  '9'.repeat(400),
  'x'.repeat(5_000),
  'http://user:pass@127.0.0.1:1/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'http://[::1',
  '2026-02-30T00:00:00Z',
  '+292278994-08-17T07:12:55Z',
  '(a+)+$',
  '$..[?(@.a==1)]',
  '* * * * *',
]

const NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.1,
  1e-300,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1.7976931348623157e308,
  86_400,
  301,
]

/** A value that no field should be hurt by. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], { a: { b: {} } }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 500 }, (_, n) => `item ${n}`)) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
)

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)

/** Bodies that are no JSON, or none that anybody meant. */
export const rawBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom(
      '',
      '{',
      '[]',
      'null',
      '"text"',
      '{"a":1,}',
      '{"name":"a","name":"b"}',
      '{"__proto__":{"isAdmin":true}}',
      '{"constructor":{"prototype":{"isAdmin":true}}}',
      '{"name":"\\ud800"}',
      '{"name":"\\u0000"}',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      `{"name":"${'x'.repeat(1_100_000)}"}`,
      '{"interval":1e999}',
      'name=a&url=b',
    )
    .map((text) => Buffer.from(text)),
  fc.constant(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
)
