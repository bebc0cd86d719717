import type { Field, FieldKind } from './field.ts'
import { type ApiDocument, resolve, type Schema, variantsOf } from './json-schema.ts'

/** Longer texts than this get room for more than a line. */
const LONG = 4_100

/** The fields that an object takes, in the order of its schema. */
export function fieldsOf(document: ApiDocument, schema: Schema): Field[] {
  const { properties = {}, required = [] } = resolve(document, schema)
  return Object.entries(properties)
    .filter(([, property]) => property.deprecated !== true)
    .map(([name, property]) => fieldOf(document, name, property, required.includes(name)))
}

function fieldOf(document: ApiDocument, name: string, schema: Schema, isRequired: boolean): Field {
  const whole = resolve(document, schema)
  const variants = variantsOf(document, schema)
  const kind = kindOf(document, variants)
  const inner = kind === 'rows' ? variants[0]?.items : kind === 'object' ? variants[0] : undefined
  const [example] = whole.examples ?? []
  return {
    name,
    kind,
    isRequired,
    description: whole.description ?? variants[0]?.description ?? '',
    byDefault: whole.default,
    example: example === undefined ? null : typeof example === 'string' ? example : JSON.stringify(example),
    options: kind === 'choice' ? variants.flatMap((each) => each.enum ?? [each.const]) : [],
    fields: inner === undefined ? [] : fieldsOf(document, inner),
    takesNumbers: variants.some(({ type }) => type === 'integer' || type === 'number'),
    isSecret: whole.format === 'password' || variants.some(({ format }) => format === 'password'),
  }
}

function kindOf(document: ApiDocument, variants: Schema[]): FieldKind {
  const [first] = variants
  if (first === undefined) return 'json'
  if (variants.every((each) => each.enum !== undefined || each.const !== undefined)) return 'choice'
  const types = variants.map(({ type }) => type)
  const has = (type: string) => types.includes(type)
  if (variants.length === 1) return kindOfOne(document, first)
  if (has('boolean') && has('string')) return 'any'
  if (has('array') && has('string')) return 'lines'
  if (has('string')) return has('object') ? 'long' : 'text'
  return 'json'
}

function kindOfOne(document: ApiDocument, schema: Schema): FieldKind {
  switch (schema.type) {
    case 'string':
      return (schema.maxLength ?? 0) > LONG ? 'long' : 'text'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'array': {
      const item = schema.items === undefined ? {} : resolve(document, schema.items)
      return item.properties === undefined ? (item.type === 'string' ? 'lines' : 'json') : 'rows'
    }
    default:
      return schema.properties === undefined ? 'json' : 'object'
  }
}
