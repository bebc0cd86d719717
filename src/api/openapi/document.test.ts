import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Type } from 'typebox'
import type { AlertPayload } from '#domain'
import { MONITOR_TYPES } from '#probes'
import { apiRig } from '../testing/api-rig.ts'
import { openApiDocument } from './document.ts'
import type { DocumentedRoute } from './documented-route.ts'
import type { JsonSchema } from './plain-schema.ts'
import type { DocumentedPayload } from './webhook.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'patch']

test('a public validator finds the document to be valid OpenAPI 3.1', async (t) => {
  const validator = new Validator()
  const verdict = await validator.validate(await documentFor(t))
  assert.deepEqual(verdict, { valid: true }, JSON.stringify(verdict).slice(0, 2000))
  assert.equal(validator.version, '3.1')
})

test('every route says its operationId, summary, tag and answer', async (t) => {
  const gaps = operations(await documentFor(t)).flatMap(({ name, operation }) => {
    const { operationId, summary, tags, responses } = operation
    const isAnswered = Object.entries(Object(responses)).some(
      ([status, answer]) => /^[23]/.test(status) && status !== '304' && answer !== null,
    )
    const missing = [
      ...(typeof operationId === 'string' ? [] : ['operationId']),
      ...(typeof summary === 'string' ? [] : ['summary']),
      ...(Array.isArray(tags) && tags.length === 1 ? [] : ['one tag']),
      ...(isAnswered ? [] : ['response']),
    ]
    return missing.length === 0 ? [] : [`${name}: ${missing.join(', ')}`]
  })
  assert.deepEqual(gaps, [], 'a route declares these in its schema; see src/api/monitors/routes.ts')
})

test('no two operations have the same operationId', async (t) => {
  const ids = operations(await documentFor(t)).flatMap(({ operation }) => operation['operationId'] ?? [])
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  )
})

test('each monitor type has a schema of its own for making, changing and answering, told apart by `type`', async (t) => {
  const { schemas } = (await documentFor(t)).components
  for (const title of ['NewMonitor', 'MonitorChanges', 'Monitor']) {
    const { mapping } = Object(schemas[title]?.['discriminator'])
    assert.deepEqual(
      MONITOR_TYPES.filter((type) => !Object.hasOwn(mapping, type)),
      [],
    )
  }
  assert.equal(Object(schemas['NewMonitor']?.['discriminator']).mapping.HTTPS, '#/components/schemas/NewWebsiteMonitor')
})

test('every example of a body fits its own schema', async (t) => {
  const document = await documentFor(t)
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'api', ...document })
  let tried = 0
  for (const { name, operation, pointer } of operations(document)) {
    const content = Object(Object(operation['requestBody']).content)['application/json']
    const examples: [string, { value: unknown }][] = Object.entries(Object(Object(content).examples))
    for (const [title, { value }] of examples) {
      const check = ajv.compile({ $ref: `api#${pointer}/requestBody/content/application~1json/schema` })
      assert.ok(check(value), `${name}, ${title}: ${ajv.errorsText(check.errors)}`)
      tried += 1
    }
  }
  assert.ok(tried >= 8)
})

test('a body with a field of another type does not fit the schema for making a monitor', async (t) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'api', ...(await documentFor(t)) })
  const check = ajv.compile({ $ref: 'api#/components/schemas/NewMonitor' })
  const body = { name: 'My API', url: 'https://api.example.com', type: 'API', interval: 300, expectedStatusCode: 200 }
  assert.equal(check(body), true, ajv.errorsText(check.errors))
  assert.equal(check({ ...body, type: undefined, id: 'mon_1', createdAt: null }), true)
  assert.equal(check({ ...body, dnsRecord: 'A' }), false)
  assert.equal(check({ ...body, interval: 1 }), false)
  assert.equal(check({ ...body, name: undefined }), false)
  assert.equal(check({ name: 'x', type: 'PORT', url: 'a', port: null }), true)
})

test('errors, headers and the key are those that a route can answer and take', async (t) => {
  const { paths } = await documentFor(t)
  const create = paths['/monitors']?.['post'] ?? {}
  assert.deepEqual(Object.keys(Object(create['responses'])), [
    '201',
    '400',
    '401',
    '403',
    '409',
    '413',
    '415',
    '429',
    '500',
  ])
  assert.deepEqual(create['parameters'], [{ $ref: '#/components/parameters/IdempotencyKey' }])
  const health = paths['/health']?.['get'] ?? {}
  assert.deepEqual(Object.keys(Object(health['responses'])), ['200', '304', '500', '503'])
  assert.deepEqual(health['security'], [])
  const update = paths['/monitors/{monitorId}']?.['put'] ?? {}
  assert.ok(Object.hasOwn(Object(update['responses']), '412'))
  assert.ok(JSON.stringify(update['parameters']).includes('IfMatch'))
  assert.match(String(update['description']), /permission `write`/)
  const remove = paths['/monitors/{monitorId}']?.['delete'] ?? {}
  assert.ok(Object.hasOwn(Object(remove['responses']), '412'), 'what has a version may be removed by it')
  const end = paths['/auth/sessions/{sessionId}']?.['delete'] ?? {}
  assert.ok(!Object.hasOwn(Object(end['responses']), '412'), 'a session has none')
})

test('the document is given without a key, with an entity tag that saves sending it again', async (t) => {
  const rig = await apiRig(t)
  const first = await rig.askOpen('GET', '/openapi.json')
  const tag = first.headers.get('etag') ?? ''
  assert.equal(first.status, 200)
  assert.match(tag, /^"/)
  const again = await rig.askOpen('GET', '/openapi.json', undefined, { 'if-none-match': tag })
  assert.equal(again.status, 304)
  assert.equal(again.text, '')
})

test('two different schemas of the same title are refused, the same one twice is held once', () => {
  const Same = Type.Object({ a: Type.String() }, { title: 'Thing' })
  const Other = Type.Object({ a: Type.Integer() }, { title: 'Thing' })
  const route = (url: string, answer: object): DocumentedRoute => ({
    method: 'GET',
    url: `/api/v1${url}`,
    schema: { response: { 200: answer } },
    config: {},
  })
  const about = { version: '1', prefix: '/api/v1' }
  assert.deepEqual(Object.keys(openApiDocument([route('/a', Same), route('/b', Same)], about).components.schemas), [
    'Error',
    'Thing',
    'WebhookPayload',
  ])
  assert.throws(() => openApiDocument([route('/a', Same), route('/b', Other)], about), /two different schemas.*Thing/)
})

/** True where each is the other; the compiler refuses the test where they are not. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never

test('what a webhook is told is documented as it is sent', async (t) => {
  const isSame: Same<DocumentedPayload, AlertPayload> = true
  assert.ok(isSame)
  const { webhooks, components } = await documentFor(t)
  assert.ok(JSON.stringify(webhooks).includes('#/components/schemas/WebhookPayload'))
  assert.ok(Object.hasOwn(components.schemas, 'WebhookPayload'))
})

async function documentFor(t: Parameters<typeof apiRig>[0]) {
  const rig = await apiRig(t)
  const answer = await rig.askOpen('GET', '/openapi.json')
  assert.equal(answer.status, 200, answer.text)
  return JSON.parse(answer.text) as ReturnType<typeof openApiDocument>
}

function operations({ paths }: ReturnType<typeof openApiDocument>) {
  const found: { name: string; operation: JsonSchema; pointer: string }[] = []
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!METHODS.includes(method)) continue
      const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`
      found.push({
        name: `${method.toUpperCase()} ${path}`,
        operation,
        pointer: pointer.replaceAll('{', '%7B').replaceAll('}', '%7D'),
      })
    }
  }
  return found
}
