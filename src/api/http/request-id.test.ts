import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestId } from './request-id.ts'

test('an id that the caller gives is taken over where it can stand in a header and a log line, else there is a new one', () => {
  const of = (given: string | string[] | undefined) =>
    requestId({ headers: { 'x-request-id': given } }, (prefix) => `${prefix}_new`)
  assert.equal(of('deploy-42:a.b'), 'deploy-42:a.b')
  assert.equal(of('a'.repeat(128)), 'a'.repeat(128))
  for (const given of [undefined, '', 'a'.repeat(129), '-a', 'a b', 'a\r\nb', '<b>', ['a', 'b']])
    assert.equal(of(given), 'req_new')
})
