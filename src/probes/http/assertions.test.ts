import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Json } from '#domain'
import { apiProbe } from '../api.ts'
import { selfSigned } from '../kit/certificate-authority.ts'
import { httpServer } from '../kit/http-server.ts'
import { runCheck } from '../kit/run-check.ts'

/** A server that answers every request the same, and a check of it with assertions: null when it is UP. */
async function answering(t: TestContext, body: string, status = 200, headers: { [name: string]: string } = {}) {
  const server = await httpServer(t, (_request, response) => response.writeHead(status, headers).end(body))
  const check = (config: { [key: string]: Json }) => runCheck(apiProbe, `${server.url}/`, config)
  return {
    check,
    async error(...assertions: { [key: string]: Json }[]): Promise<string | null> {
      const { status: found, error } = await check({ assertions })
      assert.equal(found, error === null ? 'UP' : 'DOWN')
      return error
    },
  }
}

const json = (path: string, comparison: string, target?: Json) => ({
  source: 'json',
  path,
  comparison,
  ...(target !== undefined && { target }),
})

test('a value is compared with its type, and the sentence says what was expected and what came', async (t) => {
  const { error } = await answering(t, '{"data":{"status":"ok","n":5,"list":[1,2]}}')
  assert.equal(await error(json('$.data.status', 'equals', 'ok')), null)
  assert.equal(await error(json('$.data.status', 'equals', 'bad')), '$.data.status: expected "bad", got "ok"')
  assert.equal(await error(json('$.data.n', 'equals', '5')), '$.data.n: expected "5" (string), got 5 (number)')
  assert.equal(await error(json('$.data.n', 'equals', 5)), null)
  assert.equal(await error(json('$.data.n', 'gt', 5)), '$.data.n: expected more than 5, got 5')
  assert.equal(await error(json('$.data.status', 'lt', 5)), '$.data.status: expected less than 5, got "ok" (string)')
  assert.equal(await error(json('$.data.list', 'equals', [1, 2])), null)
  assert.equal(await error(json('$.data.list', 'contains', 3)), '$.data.list: expected it to contain 3, got [1,2]')
})

test('on a missing path only not_exists and is_empty are true, and a comparison is never made with nothing', async (t) => {
  const { error } = await answering(t, '{"a":1}')
  const missing = 'path $.gone not found (body starts "{\\"a\\":1}")'
  for (const comparison of ['not_exists', 'is_empty']) assert.equal(await error(json('$.gone', comparison)), null)
  for (const comparison of ['exists', 'is_not_empty']) assert.equal(await error(json('$.gone', comparison)), missing)
  for (const comparison of ['equals', 'not_equals', 'contains', 'not_contains'])
    assert.equal(await error(json('$.gone', comparison, 'x')), missing)
  for (const comparison of ['lt', 'gt']) assert.equal(await error(json('$.gone', comparison, 120)), missing)
  assert.equal(await error(json('$.gone', 'matches', '.*')), missing)
})

test('null, 0, false and "" are values like any other', async (t) => {
  const { error } = await answering(t, '{"null":null,"zero":0,"no":false,"text":""}')
  const values: [path: string, value: Json][] = [
    ['$.null', null],
    ['$.zero', 0],
    ['$.no', false],
    ['$.text', ''],
  ]
  for (const [path, value] of values) {
    assert.equal(await error(json(path, 'equals', value), json(path, 'exists')), null, path)
    for (const [, other] of values) {
      if (other !== value) assert.notEqual(await error(json(path, 'equals', other)), null, `${path} ${other}`)
    }
  }
  assert.equal(await error(json('$.null', 'lt', 120)), '$.null: expected less than 120, got null')
  assert.equal(await error(json('$.null', 'is_empty'), json('$.text', 'is_empty')), null)
  assert.equal(await error(json('$.zero', 'is_empty')), '$.zero: expected it to be empty, got 0')
})

test('whole numbers beyond those of JavaScript are compared digit by digit', async (t) => {
  const { error } = await answering(t, '{"id":1234567890123456789,"next":9007199254740993}')
  assert.equal(await error(json('$.id', 'equals', '1234567890123456789')), null)
  assert.match((await error(json('$.id', 'equals', '1234567890123456788'))) ?? '', /got 1234567890123456789/)
  assert.match(
    (await error(json('$.next', 'equals', 9007199254740992))) ?? '',
    /9007199254740992, got 9007199254740993/,
  )
  assert.equal(await error(json('$.id', 'gt', '1234567890123456788')), null)
  assert.equal(await error(json('$[?@.id]', 'not_exists'), json('$[?@ == 9007199254740993]', 'exists')), null)
})

test('what is no JSON fails whatever is asked of it', async (t) => {
  const bodies: [body: string, status: number, error: RegExp][] = [
    ['<html>Sorry</html>', 200, /^path \$\.a not found \(body starts "<html>Sorry<\/html>", which is not JSON\)$/],
    ['', 204, /^path \$\.a not found \(body starts with nothing: it is empty\)$/],
    ['{"a":1', 200, /^path \$\.a not found \(body starts "\{\\"a\\":1", which is not JSON\)$/],
  ]
  for (const [body, status, expected] of bodies) {
    const { error } = await answering(t, body, status)
    for (const comparison of ['exists', 'not_exists', 'is_empty'])
      assert.match((await error(json('$.a', comparison))) ?? '', expected)
  }
})

test('a path that finds several values asks it of each, and names the one that is wrong', async (t) => {
  const { error } = await answering(t, '{"items":[{"s":"ok"},{"s":"bad"},{"s":"ok"}]}')
  assert.equal(await error(json('$.items[*].s', 'equals', 'ok')), '$.items[1].s: expected "ok", got "bad"')
  assert.equal(await error(json('$.items[?@.s == "ok"].s', 'equals', 'ok')), null)
  assert.equal(await error(json('$.items[?@.s == "gone"]', 'not_exists')), null)
})

test('status, header, body and response time are looked at too', async (t) => {
  const { error } = await answering(t, 'Hello 42', 200, { 'X-Version': '1.20', 'X-Empty': '' })
  const pass: { [key: string]: Json }[] = [
    { source: 'status', comparison: 'equals', target: '200' },
    { source: 'header', path: 'x-version', comparison: 'equals', target: '1.20' },
    { source: 'header', path: 'X-Version', comparison: 'gt', target: 1.1 },
    { source: 'header', path: 'x-empty', comparison: 'is_empty' },
    { source: 'header', path: 'x-gone', comparison: 'not_exists' },
    { source: 'body', comparison: 'contains', target: 'Hello' },
    { source: 'body', comparison: 'matches', target: '^Hello \\d+$' },
    { source: 'responseTime', comparison: 'lt', target: 5_000 },
  ]
  assert.equal(await error(...pass), null)
  const fail: [assertion: { [key: string]: Json }, error: RegExp][] = [
    [{ source: 'header', path: 'x-gone', comparison: 'exists' }, /^header x-gone not found$/],
    [
      { source: 'header', path: 'x-version', comparison: 'equals', target: '2' },
      /^header x-version: expected "2", got "1.20"$/,
    ],
    [
      { source: 'body', comparison: 'matches', target: '^\\d+$' },
      /^body: expected a match of \^\\d\+\$, got "Hello 42"$/,
    ],
    [
      { source: 'responseTime', comparison: 'lt', target: 0.01 },
      /^response time in ms: expected less than 0.01, got [\d.]+$/,
    ],
  ]
  for (const [assertion, expected] of fail) assert.match((await error(assertion)) ?? '', expected)
})

test('the days that a certificate is valid for are counted, even where it is not verified', async (t) => {
  const validTo = new Date(Date.now() + 10.5 * 86_400_000)
  const tls = selfSigned({ name: 'site.test', hosts: ['127.0.0.1'], validTo })
  const server = await httpServer(t, (_request, response) => response.end(), { tls })
  const check = (comparison: string, target: number) => {
    const assertions = [{ source: 'certificateDays', comparison, target }]
    return runCheck(apiProbe, `${server.url}/`, { verifySsl: false, assertions })
  }
  assert.equal((await check('equals', 10)).error, null)
  const late = await check('gt', 14)
  assert.equal(late.error, 'days that the certificate is valid for: expected more than 14, got 10')
  assert.equal(late.category, 'SSL_CERTIFICATE')
})

test('every assertion is shown with how it went, so that a test run tells all of it', async (t) => {
  const { check } = await answering(t, `{"a":"${'x'.repeat(1_000)}"}`)
  const assertions = [json('$.a', 'exists'), json('$.b', 'exists'), json('$.a', 'equals', 'y')]
  const { details, error } = await check({ assertions })
  const { assertions: shown } = details as { assertions: { assertion: string; passed: boolean; got: string | null }[] }
  assert.deepEqual(
    shown.map(({ assertion, passed }) => [assertion, passed]),
    [
      ['$.a exists', true],
      ['$.b exists', false],
      ['$.a equals "y"', false],
    ],
  )
  assert.deepEqual(
    shown.map(({ got }) => got?.length),
    [100, undefined, 200],
  )
  assert.match(error ?? '', /^path \$\.b not found .* \(and 1 more failed\)$/)
})

test('an assertion on the status stands for the usual rule, but not for one that was given', async (t) => {
  const { check } = await answering(t, '{"error":"none"}', 404)
  const assertions = [{ source: 'status', comparison: 'equals', target: 404 }, json('$.error', 'equals', 'none')]
  assert.equal((await check({ assertions })).error, null)
  const given = await check({ assertions, expectedStatusCode: '200-299,500' })
  assert.equal(given.error, 'expected status 200-299,500, got 404')
  assert.equal((await check({ assertions: assertions.slice(1) })).error, 'expected status 200-299, got 404')
  const wrong = await check({ assertions: [{ source: 'status', comparison: 'lt', target: 400 }] })
  assert.equal(wrong.error, 'status: expected less than 400, got 404')
})

test('a body that is longer than what is read of it is said to be so', async (t) => {
  const { check } = await answering(t, `{"a":"${'x'.repeat(1_000)}"}`)
  const cut = (assertion: { [key: string]: Json }) => check({ maxBodyBytes: 100, assertions: [assertion] })
  assert.match((await cut(json('$.a', 'exists'))).error ?? '', /longer than maxBodyBytes, 100, and so not whole/)
  const whole = { source: 'body', comparison: 'equals', target: `{"a":"${'x'.repeat(94)}` }
  assert.match((await cut(whole)).error ?? '', /got more than maxBodyBytes/)
  assert.equal((await cut({ source: 'body', comparison: 'contains', target: 'xx' })).error, null)
  const schema = await check({ maxBodyBytes: 100, responseSchema: { type: 'object' } })
  assert.match(schema.error ?? '', /^expected JSON that fits responseSchema .*longer than maxBodyBytes/)
})

test('a response schema is held against the body, and the first three violations are named', async (t) => {
  const { check } = await answering(t, '{"id":5,"tags":"x","extra":1}', 200, { 'Content-Type': 'application/json' })
  const responseSchema = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'string' }, tags: { type: 'array' } },
    additionalProperties: false,
  }
  const { error, category, status } = await check({ responseSchema })
  assert.equal(status, 'DOWN')
  assert.equal(category, 'APPLICATION_ERROR')
  assert.match(
    error ?? '',
    /^the body does not fit responseSchema: \$ must have required property 'name'; .* \(and 1 more\)$/,
  )
  assert.equal((await check({ responseSchema: { required: ['id'] } })).error, null)
  const { check: html } = await answering(t, '<html>')
  assert.match(
    (await html({ responseSchema })).error ?? '',
    /^expected JSON that fits .*"<html>", which is not JSON\)$/,
  )
})

test('a hostile body costs little, and is told apart from a good one', async (t) => {
  const bodies = [
    '['.repeat(100_000) + ']'.repeat(100_000),
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    `[${'1234567890123456789,'.repeat(40_000)}0]`,
    `[${'0,'.repeat(500_000)}0]`,
    `"${'a'.repeat(1_000_000)}"`,
  ]
  for (const body of bodies) {
    const server = await httpServer(t, (_request, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(body)),
    )
    const assertions = [json('$..*..*', 'equals', 1), json('$', 'matches', '(a+)+$'), json('$..b', 'not_exists')]
    const startMs = performance.now()
    const result = await runCheck(apiProbe, `${server.url}/`, { assertions }, { timeoutMs: 5_000 })
    assert.ok(performance.now() - startMs < 2_000)
    assert.ok(result.status === 'DOWN' && (result.error ?? '').length < 1_000, result.error ?? '')
    assert.ok(JSON.stringify(result.details).length < 2_000)
  }
})
