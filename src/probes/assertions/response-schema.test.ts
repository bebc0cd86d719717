import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '#domain'
import { ResponseSchema, SchemaError } from './response-schema.ts'

function problem(schema: { [name: string]: Json }, body: Json) {
  return new ResponseSchema(schema).problemOf(body, JSON.stringify(body).length)
}

test('the draft is that of $schema, 2020-12 without one', () => {
  const draft7 = 'http://json-schema.org/draft-07/schema#'
  assert.equal(problem({ prefixItems: [{ type: 'string' }] }, ['a', 5]), null)
  assert.match(problem({ prefixItems: [{ type: 'string' }] }, [5])?.sentence ?? '', /: \$\[0\] must be string, got 5$/)
  assert.match(problem({ $schema: draft7, items: [{ type: 'string' }] }, [5])?.sentence ?? '', /must be string/)
  assert.equal(problem({ $schema: draft7, $id: 'https://example.test/a', type: 'array' }, []), null)
})

test('references within the schema are followed', () => {
  const schema = { $defs: { id: { type: 'string' } }, properties: { a: { $ref: '#/$defs/id' } } }
  assert.equal(problem(schema, { a: 'x' }), null)
  assert.match(problem(schema, { a: 1 })?.sentence ?? '', /\$\.a must be string, got 1/)
})

test('members that every object inherits count as missing', () => {
  assert.match(problem({ required: ['toString'] }, {})?.sentence ?? '', /must have required property 'toString'/)
})

const REFUSED: [name: string, schema: { [name: string]: Json }, reason: RegExp][] = [
  ['a reference to the network', { $ref: 'https://example.test/a.json' }, /within the schema.*nothing is fetched/],
  ['a reference to a file', { items: { $ref: 'a.json#/b' } }, /within the schema/],
  ['a reference to nothing', { $ref: '#/$defs/gone' }, /can't resolve/],
  ['a draft that is not known', { $schema: 'http://json-schema.org/draft-04/schema#' }, /expected \$schema to be/],
  ['a wrong type', { type: 'strin' }, /\$\.type must be equal to one of/],
  ['a wrong keyword value', { properties: { a: { minLength: -1 } } }, /\$\.properties\.a\.minLength must be >= 0/],
  ['a pattern that looks ahead', { pattern: '(?=a)' }, /look-ahead/],
  ['what is not JSON Schema', { $async: true }, /\$async/],
  ['an address inside', { properties: { a: { $id: 'https://example.test/b' } } }, /no \$id within/],
  ['too many levels', nested(60), /at most 40 levels/],
  ['too many values', { enum: Array.from({ length: 6_000 }, (_, at) => at) }, /at most 5000 values/],
  ['too long a text', { const: 'x'.repeat(70_000) }, /at most 65536 characters/],
]

function nested(depth: number): { [name: string]: Json } {
  return depth === 0 ? {} : { items: nested(depth - 1) }
}

for (const [name, schema, reason] of REFUSED) {
  test(`${name} is refused in words`, () => {
    assert.throws(
      () => new ResponseSchema(schema),
      (error) => error instanceof SchemaError && reason.test(error.message),
    )
  })
}

test('names in a schema never become code', () => {
  const name = 'a"]);globalThis.broken=1;//`$' + '{globalThis.broken=1}'
  const schema = { properties: { [name]: { const: name } }, required: [name, `'+(globalThis.broken=1)+'`] }
  assert.notEqual(problem(schema, { [name]: 1 }), null)
  assert.equal(Reflect.get(globalThis, 'broken'), undefined)
})

test('a schema whose work explodes is ended, and that is not held against the body', () => {
  const $defs: { [name: string]: Json } = { d40: { type: 'string' } }
  for (let at = 0; at < 40; at++) {
    const next = { $ref: `#/$defs/d${at + 1}` }
    $defs[`d${at}`] = { anyOf: [next, next] }
  }
  const startMs = performance.now()
  const items = Array.from({ length: 50_000 }, (_, at) => ({ at }))
  for (const found of [problem({ $defs, $ref: '#/$defs/d0' }, 1), problem({ uniqueItems: true }, items)])
    assert.deepEqual(found, { sentence: 'responseSchema takes too long on a body of this size', isOurs: true })
  assert.ok(performance.now() - startMs < 2_000)
})

test('a hostile body ends in a verdict', () => {
  const long = `${'a'.repeat(1_000_000)}b`
  assert.match(problem({ items: { pattern: '(a+)+$' } }, [long])?.sentence ?? '', /must match pattern/)
  const deep: Json = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  const tree = new ResponseSchema({ items: { $ref: '#' } })
  assert.equal(tree.problemOf(deep, 200_000)?.sentence, 'the body nests too deeply for responseSchema')
  const wide = Array.from({ length: 300_000 }, () => 0)
  assert.ok((problem({ items: { type: 'string' } }, wide)?.sentence ?? '').length < 1_000)
})
