import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field } from './field.ts'
import { fieldsOf } from './fields-of.ts'
import type { ApiDocument, Schema } from './json-schema.ts'

function documentWith(schemas: { [name: string]: Schema }): ApiDocument {
  return { components: { schemas } }
}

/** The kind of a field by the schema of its value. */
function fieldOf(schema: Schema, schemas: { [name: string]: Schema } = {}): Field {
  const [field] = fieldsOf(documentWith(schemas), { properties: { it: schema } })
  assert.ok(field !== undefined)
  return field
}

test('plain values, with null beside them or not', () => {
  assert.equal(fieldOf({ type: 'string' }).kind, 'text')
  assert.equal(fieldOf({ type: ['string', 'null'], maxLength: 100_000 }).kind, 'long')
  assert.equal(fieldOf({ type: ['integer', 'null'] }).kind, 'number')
  assert.equal(fieldOf({ type: ['boolean', 'null'] }).kind, 'boolean')
  assert.equal(fieldOf({ type: ['array', 'null'], items: { type: 'string' } }).kind, 'lines')
  assert.equal(fieldOf({ type: ['object', 'null'] }).kind, 'json')
  assert.equal(fieldOf({ type: 'string', format: 'password' }).isSecret, true)
})

test('a choice of values keeps what they are', () => {
  const field = fieldOf({ anyOf: [{ enum: [4, 6, 'any'] }, { type: 'null' }], default: 'any' })
  assert.deepEqual([field.kind, field.options, field.byDefault], ['choice', [4, 6, 'any'], 'any'])
  assert.deepEqual(fieldOf({ anyOf: [{ const: 'a' }, { const: 'b' }] }).options, ['a', 'b'])
})

test('several ways to say a value become the one that people can type', () => {
  const code = fieldOf({ anyOf: [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, { type: 'null' }] })
  assert.deepEqual([code.kind, code.takesNumbers], ['text', true])
  assert.equal(fieldOf({ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }).kind, 'lines')
  assert.equal(fieldOf({ anyOf: [{ type: 'string' }, { type: 'object' }] }).kind, 'long')
  assert.equal(fieldOf({ anyOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'number' }] }).kind, 'any')
})

test('objects and lists of them have the fields that the document gives them', () => {
  const schemas: { [name: string]: Schema } = {
    Rule: {
      type: 'object',
      required: ['source'],
      properties: { source: { enum: ['a', 'b'] }, path: { type: 'string' } },
    },
  }
  const rows = fieldOf({ type: 'array', items: { $ref: '#/components/schemas/Rule' } }, schemas)
  assert.deepEqual(
    [rows.kind, rows.fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])],
    [
      'rows',
      [
        ['source', 'choice', true],
        ['path', 'text', false],
      ],
    ],
  )
  const one = fieldOf({ anyOf: [{ $ref: '#/components/schemas/Rule' }, { type: 'null' }] }, schemas)
  assert.deepEqual([one.kind, one.fields.length], ['object', 2])
})

test('what is another name for something else is not asked for', () => {
  const properties = { a: { type: 'string' }, b: { type: 'string', deprecated: true } }
  assert.deepEqual(
    fieldsOf(documentWith({}), { properties }).map(({ name }) => name),
    ['a'],
  )
})
