import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '#domain'
import { apiProbe } from '../api.ts'
import type { AnyProbe } from '../probe.ts'
import type { Assertion } from './assertion.ts'
import { planAssertion } from './assertion-plan.ts'

const REFUSED: [given: Assertion, field: string, reason: RegExp][] = [
  [{ source: 'json', comparison: 'exists' }, 'path', /required for json, such as \$\.data\.status/],
  [{ source: 'json', path: 'data.x', comparison: 'exists' }, 'path', /expected a JSONPath .* such as \$\.data\.status/],
  [{ source: 'json', path: '$.a[', comparison: 'exists' }, 'path', /expected a JSONPath/],
  [{ source: 'header', comparison: 'exists' }, 'path', /required for header, such as content-type/],
  [{ source: 'header', path: 'a b', comparison: 'exists' }, 'path', /expected a header's name/],
  [{ source: 'status', path: '$.a', comparison: 'equals', target: 200 }, 'path', /status takes no path/],
  [{ source: 'json', path: '$.a', comparison: 'equals' }, 'target', /required for equals, such as "ok"/],
  [{ source: 'json', path: '$.a', comparison: 'gt', target: 'many' }, 'target', /gt compares numbers; .* got "many"/],
  [{ source: 'json', path: '$.a', comparison: 'lt', target: true }, 'target', /lt compares numbers/],
  [{ source: 'json', path: '$.a', comparison: 'matches', target: 5 }, 'target', /regular expression such as \^ok\$/],
  [{ source: 'body', comparison: 'matches', target: '(?=a)' }, 'target', /look-ahead/],
  [{ source: 'body', comparison: 'equals', target: { a: 1 } }, 'target', /body is text/],
  [{ source: 'status', comparison: 'equals', target: 'OK' }, 'target', /status compares numbers/],
  [{ source: 'responseTime', comparison: 'contains', target: 5 }, 'target', /is a number, which contains nothing/],
  [{ source: 'body', comparison: 'exists', target: 'x' }, 'target', /exists takes no target/],
]

for (const [given, field, reason] of REFUSED) {
  test(`${JSON.stringify(given)} is refused at ${field}`, () => {
    const problems = planAssertion(given)
    assert.ok(Array.isArray(problems))
    assert.deepEqual(
      problems.map((problem) => problem.field),
      [field],
    )
    assert.match(problems[0]?.message ?? '', reason)
  })
}

test('every problem of a configuration is named at its place', () => {
  const probe: AnyProbe = apiProbe
  const config: { [key: string]: Json } = {
    assertions: [
      { source: 'json', path: 'x', comparison: 'equals' },
      { source: 'status', comparison: 'equals', target: 200 },
      { source: 'certificateDays', comparison: 'gt', target: 14 },
    ],
    responseSchema: { type: 'strin' },
  }
  const paths = (url: string, change: { [key: string]: Json } = {}) =>
    probe.validate?.({ url }, { ...config, ...change }).map(({ path }) => path)
  const broken = ['assertions[0].path', 'assertions[0].target']
  assert.deepEqual(paths('http://a.test/'), [...broken, 'assertions[2].source', 'responseSchema'])
  assert.deepEqual(paths('https://a.test/'), [...broken, 'responseSchema'])
  const head = { httpMethod: 'HEAD', responseSchema: {}, assertions: [{ source: 'body', comparison: 'exists' }] }
  assert.deepEqual(paths('https://a.test/', head), ['assertions[0].source', 'responseSchema'])
})

test('texts stand for numbers where only numbers are compared, and numbers for texts where only texts are', () => {
  const target = (given: Assertion) => {
    const plan = planAssertion(given)
    return Array.isArray(plan) ? plan : plan.comparison.target
  }
  assert.equal(target({ source: 'status', comparison: 'equals', target: '200' }), 200)
  assert.equal(target({ source: 'json', path: '$', comparison: 'gt', target: ' 1.5 ' }), 1.5)
  assert.equal(target({ source: 'header', path: 'content-length', comparison: 'equals', target: 5 }), '5')
  assert.equal(target({ source: 'json', path: '$', comparison: 'equals', target: '5' }), '5')
})
