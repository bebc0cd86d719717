import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { openApiDocument } from '../openapi/document.ts'
import { contractOf, type Exchange } from './contract.ts'

const Thing = Type.Object({ id: Type.String(), at: Type.String({ format: 'date-time' }) }, { title: 'Thing' })
const document = openApiDocument(
  [
    {
      method: 'GET',
      url: '/api/v1/things/:thingId',
      schema: { params: Type.Object({ thingId: Type.String() }), response: { 200: Thing } },
      config: {},
    },
    { method: 'POST', url: '/api/v1/things/test', schema: { response: { 200: Type.Null() } }, config: { open: true } },
  ],
  { version: '1', prefix: '/api/v1' },
)
const contract = contractOf(document)
const right = { id: 'a', at: '2025-01-21T10:30:00Z' }
const refusal = { error: 'No.', code: 'NOT_FOUND', statusCode: 404 }

function problems(change: Partial<Exchange> & { body?: unknown }): string[] {
  const { body = right, ...rest } = change
  const headers = new Headers({ 'x-request-id': 'req_1', etag: '"1"' })
  return contract({
    method: 'GET',
    path: '/api/v1/things/a?x=1',
    status: 200,
    headers,
    text: JSON.stringify(body),
    ...rest,
  })
}

test('an answer of the documented shape has no problems, whether the prefix is named or not', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({ path: '/things/b' }), [])
  assert.deepEqual(problems({ status: 404, body: refusal }), [])
  assert.deepEqual(problems({ status: 304, text: '' }), [])
})

test('a field too many, one too few, one of another type and a time with another form are each named', () => {
  assert.deepEqual(problems({ body: { ...right, more: 1 } }), ['the body must NOT have additional properties: more'])
  assert.deepEqual(problems({ body: { at: right.at } }), ["the body must have required property 'id'"])
  assert.deepEqual(problems({ body: { ...right, id: 1 } }), ['/id must be string'])
  assert.deepEqual(problems({ body: { ...right, at: '2025-01-21 10:30' } }), ['/at must match format "date-time"'])
})

test('a status, a header or a body that the document does not have is a problem', () => {
  assert.deepEqual(problems({ status: 201 }), ['201 is not in the document'])
  assert.deepEqual(problems({ status: 412, body: refusal }), ['412 is not in the document'])
  assert.deepEqual(problems({ headers: new Headers({ etag: '"1"' }) }), ['there is no X-Request-Id header'])
  assert.deepEqual(problems({ method: 'POST', path: '/things/test' }), ['there is a body where the document has none'])
  assert.deepEqual(problems({ text: '<html>' }), ['the body is no JSON: <html>'])
})

test('a refusal in another form than that of errors is a problem, wherever it comes from', () => {
  assert.deepEqual(
    problems({ method: 'PATCH', status: 405, body: { ...refusal, code: 'METHOD_NOT_ALLOWED', statusCode: 405 } }),
    [],
  )
  assert.notDeepEqual(problems({ method: 'PATCH', status: 405, body: { message: 'No.' } }), [])
  assert.notDeepEqual(problems({ path: '/nothing', status: 404, body: {} }), [])
  assert.notDeepEqual(problems({ status: 404, body: { ...refusal, code: 'STRANGE' } }), [])
})
