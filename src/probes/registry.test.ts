import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import type { Json } from '#domain'
import { PROBES, probeFor } from './registry.ts'

test('every type is registered once, under its own name, and every field says what it is', () => {
  for (const probe of PROBES) {
    assert.equal(probeFor(probe.type), probe)
    assert.match(probe.summary, /\.$/)
    for (const [name, field] of Object.entries(probe.config.properties)) {
      assert.ok('description' in field && typeof field.description === 'string', `${probe.type}.${name}`)
    }
  }
  assert.equal(new Set(PROBES.map(({ type }) => type)).size, PROBES.length)
})

test('CRON is a type that is never probed', () => {
  assert.equal(probeFor('CRON')?.run, undefined)
  assert.notEqual(probeFor('WEBSITE')?.run, undefined)
})

function problems(type: 'WEBSITE' | 'CRON', url: string | null, config: { [key: string]: Json }): string[] {
  return (probeFor(type)?.validate?.({ url }, config) ?? []).map(({ path }) => path)
}

test('what a schema can not say is said by the type, every fault at once', () => {
  assert.deepEqual(problems('WEBSITE', 'https://example.com/', {}), [])
  assert.deepEqual(
    problems('WEBSITE', 'example.com', {
      requestHeaders: '{',
      expectedStatusCode: '299-200',
      httpMethod: 'HEAD',
      keyword: 'x',
    }),
    ['url', 'requestHeaders', 'expectedStatusCode', 'keyword'],
  )
  for (const url of [null, '', 'ftp://a.test/', 'http://', 'javascript:alert(1)', 'http://a.test:0/', 'http://a b/']) {
    assert.deepEqual(problems('WEBSITE', url, {}), ['url'], String(url))
  }
  assert.deepEqual(problems('WEBSITE', 'http://[::1]:8080/', {}), [])
  assert.deepEqual(problems('CRON', null, { timezone: 'Mars/Olympus' }), ['timezone'])
  assert.deepEqual(problems('CRON', null, { timezone: 'Europe/Berlin' }), [])
})

test('the schema takes the fields of the reference and refuses what is out of range', () => {
  const schema = probeFor('WEBSITE')?.config
  assert.ok(schema !== undefined)
  const good: { [key: string]: Json }[] = [
    {},
    { httpMethod: 'POST', expectedStatusCode: 200, requestHeaders: '{"A": "b"}', requestBody: 'x' },
    { expectedStatusCode: '200-299,301', requestHeaders: { A: 'b' }, keyword: ['a', 'b'], ipVersion: 'any' },
  ]
  const bad: { [key: string]: Json }[] = [
    { httpMethod: 'TRACE' },
    { expectedStatusCode: 99 },
    { expectedStatusCode: 'ok' },
    { requestHeaders: { A: 1 } },
    { keyword: '' },
    { keyword: [] },
    { ipVersion: 5 },
    { maxBodyBytes: 10_485_761 },
    { followRedirects: 'yes' },
  ]
  for (const config of good) assert.ok(Value.Check(schema, config), JSON.stringify(config))
  for (const config of bad) assert.ok(!Value.Check(schema, config), JSON.stringify(config))
})
