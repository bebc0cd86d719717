import type { Json } from '#domain'

/** What is known of a schema before it is compiled. */
export interface SchemaShape {
  draft: '2020-12' | 'draft-07'
  /** Without what only matters where a schema is fetched from. */
  schema: { [name: string]: Json }
  /** Values in it: a measure of the work that a body costs. */
  size: number
  /** Its work is not bounded by its size and the body's: it refers to itself, or compares items with each other. */
  isUnbounded: boolean
}

const SIZE_MAX = 65_536
const VALUES_MAX = 5_000
const DEPTH_MAX = 40
const DRAFTS: { [url: string]: SchemaShape['draft'] } = {
  'https://json-schema.org/draft/2020-12/schema': '2020-12',
  'http://json-schema.org/draft-07/schema': 'draft-07',
  'https://json-schema.org/draft-07/schema': 'draft-07',
}
const REFERENCES = new Set(['$ref', '$dynamicRef', '$recursiveRef'])

/** Looks a schema over. Returns a sentence if it can't be used. */
export function shapeOf(given: { [name: string]: Json }): SchemaShape | string {
  const { $schema = 'https://json-schema.org/draft/2020-12/schema', $id: _, ...schema } = given
  const draft = typeof $schema === 'string' ? DRAFTS[$schema.replace(/#$/, '')] : undefined
  if (draft === undefined)
    return `expected $schema to be https://json-schema.org/draft/2020-12/schema or http://json-schema.org/draft-07/schema#, got ${JSON.stringify($schema)?.slice(0, 100)}`
  const shape: SchemaShape = { draft, schema, size: 0, isUnbounded: false }
  const problem = examine(schema, 0, shape)
  if (problem !== null) return problem
  if (JSON.stringify(schema).length > SIZE_MAX) return `expected at most ${SIZE_MAX} characters of JSON`
  return shape
}

function examine(value: Json, depth: number, shape: SchemaShape): string | null {
  shape.size++
  if (depth > DEPTH_MAX) return `expected at most ${DEPTH_MAX} levels, got more`
  if (shape.size > VALUES_MAX) return `expected at most ${VALUES_MAX} values, got more`
  if (typeof value !== 'object' || value === null) return null
  for (const [name, inner] of Object.entries(value)) {
    const problem = keywordProblem(name, inner, shape) ?? examine(inner, depth + 1, shape)
    if (problem !== null) return problem
  }
  return null
}

function keywordProblem(name: string, value: Json, shape: SchemaShape): string | null {
  if (REFERENCES.has(name) && typeof value === 'string') {
    shape.isUnbounded = true
    if (!value.startsWith('#'))
      return `expected a $ref within the schema, such as #/$defs/item, got ${JSON.stringify(value.slice(0, 100))}: nothing is fetched`
  }
  if (name === 'uniqueItems' && value === true) shape.isUnbounded = true
  if (name === '$id' && typeof value === 'string') return 'expected no $id within the schema: refer by #/$defs/…'
  if (name === '$async') return '$async is not JSON Schema'
  if (name === '__proto__') return '__proto__ is not a name that can be checked'
  return null
}
