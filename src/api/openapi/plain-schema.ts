import { isDeepStrictEqual } from 'node:util'

/** A JSON Schema as the document holds it. */
export type JsonSchema = { [keyword: string]: unknown }

/** The schemas with a `title`, which the document holds once and refers to. */
export class Components {
  readonly schemas = new Map<string, JsonSchema>()
  /** What stands in the place of a schema that was seen before: most are used by several routes. */
  readonly references = new Map<object, JsonSchema>()
}

/** Words of ours that mean nothing to others. */
const OWN_KEYWORDS: ReadonlySet<string> = new Set(['expected', 'takes', 'secret', 'shownAs', 'bodyExamples', 'title'])
const SCHEMA_LISTS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems'])
const SCHEMA_MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', '$defs'])
const SCHEMAS: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not', 'contains', 'propertyNames'])
const ANY_NAME = '^.*$'

/**
 * A schema of ours as plain JSON Schema 2020-12. One with a `title` goes among the components, and a reference takes
 * its place. A body whose fields depend on each other is validated by hand; what it takes then stands in `shownAs`.
 * Throws when two different schemas have the same title.
 */
export function plainSchema(schema: object, components: Components): JsonSchema {
  const shownAs: unknown = Reflect.get(schema, 'shownAs')
  if (isObject(shownAs)) return plainSchema(shownAs, components)
  const title: unknown = Reflect.get(schema, 'title')
  if (typeof title !== 'string') return inPlace(schema, components)
  const reference = components.references.get(schema) ?? referenceTo(title, schema, components)
  components.references.set(schema, reference)
  return reference
}

function referenceTo(title: string, schema: object, components: Components): JsonSchema {
  // The name is told again within: readers show it where they unfold a choice.
  const { description, ...own }: JsonSchema = { title, ...inPlace(schema, components) }
  const known = components.schemas.get(title)
  const whole = description === undefined ? own : { description, ...own }
  const ref = { $ref: `#/components/schemas/${title}` }
  if (known === undefined) {
    components.schemas.set(title, whole)
    return ref
  }
  const { description: knownDescription, ...knownRest } = known
  if (!isDeepStrictEqual(knownRest, own)) throw new Error(`two different schemas have the title ${title}`)
  return description === undefined || description === knownDescription ? ref : { ...ref, description }
}

function inPlace(schema: object, components: Components): JsonSchema {
  const plain: JsonSchema = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (OWN_KEYWORDS.has(keyword)) continue
    if (SCHEMA_LISTS.has(keyword) && Array.isArray(value)) {
      plain[keyword] = value.map((item: object) => plainSchema(item, components))
    } else if (SCHEMA_MAPS.has(keyword) && isObject(value)) {
      const entries = Object.entries(value).map(([name, item]) => [name, plainSchema(Object(item), components)])
      plain[keyword] = Object.fromEntries(entries)
    } else if (SCHEMAS.has(keyword) && isObject(value)) {
      plain[keyword] = plainSchema(value, components)
    } else {
      plain[keyword] = value
    }
  }
  if (Reflect.get(schema, 'secret') === true && plain['type'] === 'string') plain['format'] = 'password'
  return withMapping(withPlainNames(withNull(withEnum(plain))), components)
}

/** A choice of literals is an `enum`, and an `enum` of texts says so: forms and generators know what to do with it. */
function withEnum(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema
  if (isList(anyOf) && anyOf.every((item) => 'const' in item && item['description'] === undefined))
    return withEnum({ enum: anyOf.map((item) => item['const']), ...rest })
  const values = schema['enum']
  const areTexts = Array.isArray(values) && values.every((value) => typeof value === 'string')
  return areTexts && schema['type'] === undefined ? { type: 'string', ...schema } : schema
}

/** `X or null` of a plain type is one schema with two types. */
function withNull(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema
  if (!isList(anyOf) || anyOf.length !== 2) return schema
  const other = anyOf.find((item) => item['type'] !== 'null')
  const isPlain = typeof other?.['type'] === 'string' && other['enum'] === undefined && other['const'] === undefined
  if (other === undefined || !isPlain || !anyOf.some((item) => item['type'] === 'null')) return schema
  return { ...other, ...rest, type: [other['type'], 'null'] }
}

/** An object that takes any name says so in the way that readers know. */
function withPlainNames(schema: JsonSchema): JsonSchema {
  const { patternProperties, ...rest } = schema
  if (!isObject(patternProperties)) return schema
  const names = Object.keys(patternProperties)
  if (names.length !== 1 || names[0] !== ANY_NAME) return schema
  return { ...rest, additionalProperties: patternProperties[ANY_NAME] }
}

/** Which schema stands for which value of the field that tells them apart, from the schemas themselves. */
function withMapping(schema: JsonSchema, components: Components): JsonSchema {
  const { discriminator } = schema
  if (!isObject(discriminator)) return schema
  const propertyName = String(discriminator['propertyName'])
  const mapping: { [value: string]: string } = {}
  const choices = schema['oneOf'] ?? schema['anyOf']
  for (const { $ref } of isList(choices) ? choices : []) {
    if (typeof $ref !== 'string') continue
    for (const value of valuesOf(components.schemas.get($ref.slice('#/components/schemas/'.length)), propertyName))
      mapping[value] = $ref
  }
  return { ...schema, discriminator: { propertyName, mapping } }
}

function valuesOf(schema: JsonSchema | undefined, propertyName: string): string[] {
  const properties = schema?.['properties']
  const property = isObject(properties) ? properties[propertyName] : undefined
  if (!isObject(property)) return []
  const values = Array.isArray(property['enum']) ? property['enum'] : [property['const']]
  return values.filter((value) => typeof value === 'string')
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown): value is JsonSchema[] {
  return Array.isArray(value) && value.every(isObject)
}
