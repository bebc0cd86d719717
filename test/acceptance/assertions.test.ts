import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { type Client, clientOf, field } from './client.ts'
import { Installation } from './server.ts'

const ANSWERS: { [path: string]: string } = {
  '/health': '{"data":{"status":"ok","id":1234567890123456789}}',
  '/graphql': '{"data":null,"errors":[{"message":"database is gone"}]}',
}

describe('assertions, schemas and GRAPHQL through the API', () => {
  let installation: Installation
  let client: Client
  let target: Server
  let origin: string

  before(async () => {
    installation = await Installation.make()
    target = createServer((request, response) => response.end(ANSWERS[request.url ?? ''] ?? '<html>')).listen(0)
    await once(target, 'listening')
    origin = `http://127.0.0.1:${(target.address() as AddressInfo).port}`
    const { url } = await installation.serve()
    const key = await installation.run('keys', 'create', '--name', 'ci', '--permissions', 'read,write,delete')
    client = clientOf(url, key.trim())
  })

  after(async () => {
    target.close()
    target.closeAllConnections()
    await installation.remove()
  })

  const health = (comparison: string, expected: unknown, path = '$.data.status') => ({
    type: 'API',
    url: `${origin}/health`,
    assertions: [{ source: 'json', path, comparison, target: expected }],
  })

  test('a configuration is tried without being saved, and says what was expected and what came', async () => {
    const tried: [body: { [name: string]: unknown }, error: string | null][] = [
      [health('equals', 'ok'), null],
      [health('equals', 'bad'), '$.data.status: expected "bad", got "ok"'],
      [health('equals', '1234567890123456789', '$.data.id'), null],
      [health('lt', 120, '$.gone'), `path $.gone not found (body starts ${JSON.stringify(ANSWERS['/health'])})`],
      [
        { type: 'API', url: `${origin}/health`, responseSchema: { properties: { data: { required: ['uptime'] } } } },
        "the body does not fit responseSchema: $.data must have required property 'uptime'",
      ],
      [
        { type: 'GRAPHQL', url: `${origin}/graphql`, graphqlQuery: '{ health }' },
        'expected no GraphQL errors, got "database is gone"',
      ],
    ]
    for (const [body, error] of tried) {
      const { status, body: answer } = await client.post('/monitors/test', body)
      assert.equal(status, 200, JSON.stringify(answer))
      assert.equal(field(answer, 'results.0.error'), error)
      assert.equal(field(answer, 'results.0.status'), error === null ? 'UP' : 'DOWN')
    }
  })

  test('a saved monitor keeps its assertions and gives the same verdict', async () => {
    const wanted = health('equals', 'bad')
    const created = await client.post('/monitors', { name: 'Health', interval: 60, ...wanted })
    assert.equal(created.status, 201, JSON.stringify(created.body))
    assert.deepEqual(field(created.body, 'assertions'), wanted.assertions)
    const checked = await client.post(`/monitors/${field(created.body, 'id')}/check`)
    assert.equal(field(checked.body, 'results.0.error'), '$.data.status: expected "bad", got "ok"')
    assert.equal(field(checked.body, 'results.0.details.assertions.0.passed'), false)
  })

  test('what can not work is refused, each field with its reason and an example', async () => {
    const refused: [body: { [name: string]: unknown }, paths: string[]][] = [
      [health('is', 'ok'), ['assertions[0].comparison']],
      [health('equals', 'ok', 'data.status'), ['assertions[0].path']],
      [health('matches', '(?=a)'), ['assertions[0].target']],
      [health('gt', 'many'), ['assertions[0].target']],
      [{ type: 'GRAPHQL', url: origin }, ['graphqlQuery']],
      [{ type: 'API', url: origin, responseSchema: { $ref: 'http://a.test/b' } }, ['responseSchema']],
    ]
    for (const [body, paths] of refused) {
      const { status, body: answer } = await client.post('/monitors', { name: 'Bad', ...body })
      assert.equal(status, 400, JSON.stringify(answer))
      const details = field(answer, 'details') as { path: string; message: string }[]
      assert.deepEqual(
        details.map(({ path }) => path),
        paths,
      )
    }
  })
})
