import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Json } from '#domain'
import { graphqlProbe } from './graphql.ts'
import { httpServer } from './kit/http-server.ts'
import { probeOwes } from './kit/probe-owes.ts'
import { runCheck } from './kit/run-check.ts'
import type { AnyProbe } from './probe.ts'

const probe: AnyProbe = graphqlProbe
const QUERY = { graphqlQuery: '{ health }' }

probeOwes('GRAPHQL', (host, port) => ({ probe, url: `http://${host}:${port}/graphql`, config: QUERY }))

/** Checks a server that answers every request the same. */
async function answered(t: TestContext, body: string, config: { [key: string]: Json } = {}, status = 200) {
  const server = await httpServer(t, (_request, response) =>
    response.writeHead(status, { 'Content-Type': body.startsWith('<') ? 'text/html' : 'application/json' }).end(body),
  )
  const result = await runCheck(probe, `${server.url}/graphql`, { ...QUERY, ...config })
  assert.equal(result.status, result.error === null ? 'UP' : 'DOWN')
  return result.error
}

test('the operation is sent as a JSON body by POST', async (t) => {
  let body = ''
  const server = await httpServer(t, async (request, response) => {
    body = ''
    for await (const chunk of request) body += chunk
    response.end('{"data":{}}')
  })
  const check = (config: { [key: string]: Json }) => runCheck(probe, `${server.url}/graphql`, config)
  const graphqlQuery = 'query A($id: ID!) { user(id: $id) { name } } query B { x }'
  for (const graphqlVariables of [{ id: '5' }, '{"id":"5"}']) {
    const config = { graphqlQuery, graphqlVariables, graphqlOperationName: 'A' }
    assert.equal((await check(config)).error, null)
    assert.deepEqual(JSON.parse(body), { query: graphqlQuery, variables: { id: '5' }, operationName: 'A' })
  }
  assert.equal((await check(QUERY)).error, null)
  assert.deepEqual(JSON.parse(body), { query: '{ health }' })
  assert.equal(server.requests[0]?.method, 'POST')
  assert.equal(server.requests[0]?.headers['content-type'], 'application/json')
})

test('by GET the operation is sent in the query of the URL', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end('{"data":{}}'))
  const config = { ...QUERY, graphqlVariables: { a: [1] }, httpMethod: 'GET' }
  assert.equal((await runCheck(probe, `${server.url}/graphql?v=2`, config)).error, null)
  const asked = new URL(server.requests[0]?.url ?? '', server.url)
  assert.equal(server.requests[0]?.method, 'GET')
  assert.deepEqual(
    [...asked.searchParams],
    [
      ['v', '2'],
      ['query', '{ health }'],
      ['variables', '{"a":[1]}'],
    ],
  )
})

test('errors in a good status are DOWN with the first message', async (t) => {
  const errors = '"errors":[{"message":"no such \\"user\\""},{"message":"second"}]'
  const expected = 'expected no GraphQL errors, got "no such \\"user\\"" (and 1 more)'
  assert.equal(await answered(t, `{${errors}}`), expected)
  assert.equal(await answered(t, `{"data":null,${errors}}`), expected)
  assert.equal(await answered(t, `{"data":{"a":1},${errors}}`), expected)
  for (const strange of ['"broken"', '[5]', '{"message":"lone"}', '[null]'])
    assert.match((await answered(t, `{"data":{},"errors":${strange}}`)) ?? '', /^expected no GraphQL errors, got \S/)
})

test('an empty list of errors is none', async (t) => {
  assert.equal(await answered(t, '{"data":{"a":1},"errors":[]}'), null)
  assert.equal(await answered(t, '{"data":{"a":1},"errors":null}'), null)
})

test('partial data with errors is up only where that is allowed, and never without data', async (t) => {
  const partial = '{"data":{"a":1},"errors":[{"message":"half"}]}'
  assert.equal(await answered(t, partial), 'expected no GraphQL errors, got "half"')
  assert.equal(await answered(t, partial, { graphqlAllowPartial: true }), null)
  const none = '{"data":null,"errors":[{"message":"all"}]}'
  assert.equal(await answered(t, none, { graphqlAllowPartial: true }), 'expected no GraphQL errors, got "all"')
})

test('data that is null or missing is DOWN', async (t) => {
  assert.equal(await answered(t, '{"data":null}'), 'expected GraphQL data, got data: null')
  assert.equal(await answered(t, '{"ok":true}'), 'expected GraphQL data, got none (body starts "{\\"ok\\":true}")')
})

test('an answer that is no GraphQL is DOWN in words', async (t) => {
  assert.equal(
    await answered(t, '<html>Welcome</html>'),
    'expected a GraphQL answer in JSON, got a body of type text/html (body starts "<html>Welcome</html>", which is not JSON)',
  )
  for (const body of ['', '[]', '"x"', 'null'])
    assert.match((await answered(t, body)) ?? '', /^expected a GraphQL answer in JSON, got a body/)
})

test('a bad status says what GraphQL says', async (t) => {
  const body = '{"errors":[{"message":"Cannot query field \\"helth\\""}]}'
  const expected = 'expected status 200-299, got 400: "Cannot query field \\"helth\\""'
  assert.equal(await answered(t, body, {}, 400), expected)
  assert.equal(await answered(t, '<html>', {}, 502), 'expected status 200-299, got 502')
})

test('an assertion on errors or data takes the place of the usual rule', async (t) => {
  const body = '{"data":null,"errors":[{"message":"sign in first"}]}'
  const errors = (target: string) => ({
    assertions: [{ source: 'json', path: '$.errors[0].message', comparison: 'equals', target }],
  })
  assert.equal(await answered(t, body, errors('sign in first')), null)
  assert.equal(await answered(t, body, errors('x')), '$.errors[0].message: expected "x", got "sign in first"')
  const data = { assertions: [{ source: 'json', path: '$.data', comparison: 'equals', target: null }] }
  assert.equal(await answered(t, '{"data":null}', data), null)
  assert.equal(await answered(t, body, data), 'expected no GraphQL errors, got "sign in first"')
  const member = { assertions: [{ source: 'json', path: '$.data.errors', comparison: 'not_exists' }] }
  assert.equal(await answered(t, body, member), 'expected no GraphQL errors, got "sign in first"')
})

test('what can not work is refused by field', () => {
  const paths = (config: { [key: string]: Json }, url = 'https://a.test/graphql') =>
    probe.validate?.({ url }, { ...QUERY, ...config }).map(({ path }) => path)
  assert.deepEqual(paths({}), [])
  for (const graphqlVariables of ['{', '[1]', '5', 'null'])
    assert.deepEqual(paths({ graphqlVariables }), ['graphqlVariables'])
  assert.deepEqual(paths({ responseSchema: { type: 'x' } }, 'nowhere'), ['url', 'responseSchema'])
})
