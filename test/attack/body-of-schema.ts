import * as fc from 'fast-check'
import { hostileValue } from './values.ts'

type Schema = { [keyword: string]: unknown }
type Branch = unknown[] | { [name: string]: unknown }

/** Bodies that a schema of the document allows, more or less: close enough for the rest of the route to see them. */
export function bodyOfSchema(
  schema: Schema,
  components: { [title: string]: Schema },
  depth = 0,
): fc.Arbitrary<unknown> {
  const { $ref, type, examples } = schema
  if (typeof $ref === 'string') return bodyOfSchema(components[$ref.split('/').at(-1) ?? ''] ?? {}, components, depth)
  if (Array.isArray(examples) && examples.length > 0 && depth > 0) return fc.constantFrom(...examples)
  if ('const' in schema) return fc.constant(schema['const'])
  if ('default' in schema && depth > 0) return fc.constant(schema['default'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum'])
  const choices = schema['oneOf'] ?? schema['anyOf']
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice) => bodyOfSchema(choice, components, depth)))
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return objectOf(schema, components, depth)
    case 'array': {
      const items = isObject(schema['items']) ? schema['items'] : {}
      return depth > 5 ? fc.constant([]) : fc.array(bodyOfSchema(items, components, depth + 1), { maxLength: 2 })
    }
    case 'integer':
    case 'number':
      return fc.constantFrom(numberIn(schema['minimum'], 1), numberIn(schema['maximum'], 60), 60)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.constantFrom('Some text', 'example.com', 'https://example.com/')
  }
}

function objectOf(schema: Schema, components: { [title: string]: Schema }, depth: number): fc.Arbitrary<unknown> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const entries = Object.entries(properties).filter(([name]) => depth < 5 || required.includes(name))
  const fields = entries.map(([name, property]) => {
    const value = bodyOfSchema(isObject(property) ? property : {}, components, depth + 1)
    const given = value.map((item) => [[name, item]])
    return required.includes(name)
      ? given
      : fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: given })
  })
  return fc.tuple(...fields).map((given) => Object.fromEntries(given.flat()))
}

/** The same body with some of its values replaced, taken away, nested or added to. */
export function damaged(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const damage = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'nest'),
    value: hostileValue,
    name: fc.constantFrom('nmae', 'accountId', 'id', '__proto__', 'status', 'url', ''),
  })
  return fc.tuple(body, fc.array(damage, { maxLength: 3 })).map(([whole, damages]) => {
    const copy = { body: structuredClone(whole) }
    for (const { at, how, value, name } of damages) {
      const places = placesIn(copy)
      const place = places[at % places.length]
      if (place === undefined) continue
      const [holder, key] = place
      const inner = Reflect.get(holder, key)
      if (how === 'replace') put(holder, key, structuredClone(value))
      else if (how === 'remove' && holder !== copy) Reflect.deleteProperty(holder, key)
      else if (how === 'nest') put(holder, key, { value: inner })
      else if (isObject(inner)) put(inner, name, structuredClone(value))
    }
    return copy.body
  })
}

/** Every place that holds a value, outermost first. */
function placesIn(holder: Branch): [Branch, string][] {
  return Object.keys(holder).flatMap((key): [Branch, string][] => {
    const inner = Reflect.get(holder, key)
    return [[holder, key], ...(isObject(inner) || Array.isArray(inner) ? placesIn(inner) : [])]
  })
}

/** As JSON would: also a name such as `__proto__` is just a name. */
function put(holder: Branch, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function numberIn(limit: unknown, otherwise: number): number {
  return typeof limit === 'number' ? limit : otherwise
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
