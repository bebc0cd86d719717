import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Problem } from '../errors.ts'
import { expectation } from './expectation.ts'
import { nearest } from './nearest.ts'

const SHOWN_MAX = 60

/** Everything that is wrong with a value, each at its own path, in words. Empty when it fits the schema. */
export function problemsOf(schema: TSchema, value: unknown, path = ''): Problem[] {
  if (Value.Check(schema, value)) return []
  const object = isRecord(value) ? objectSchema(schema) : null
  const found = isRecord(value) && object !== null ? inObject(object, value, path) : inList(schema, value, path)
  return found.length > 0 ? found : [{ path, message: mismatch(schema, value) }]
}

/** The sentence for a field that nobody knows, with the name that was probably meant. */
export function unknownField(path: string, name: string, known: Iterable<string>): Problem {
  const meant = nearest(name, known)
  return { path, message: meant === null ? 'is not a known field' : `is not a known field; did you mean "${meant}"?` }
}

function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function inObject(schema: TSchema, value: { [name: string]: unknown }, path: string): Problem[] {
  const properties = propertiesOf(schema) ?? {}
  const required: unknown = Reflect.get(schema, 'required')
  const found: Problem[] = []
  for (const name of Array.isArray(required) ? required : []) {
    if (value[name] === undefined) found.push({ path: joinPath(path, name), message: 'is required' })
  }
  for (const [name, item] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (property !== undefined) {
      if (item !== undefined) found.push(...problemsOf(property, item, joinPath(path, name)))
    } else if (Reflect.get(schema, 'additionalProperties') === false) {
      found.push(unknownField(joinPath(path, name), name, Object.keys(properties)))
    }
  }
  return found
}

/** The schema of an object with known fields; of a union, its one option that is such an object. */
function objectSchema(schema: TSchema): TSchema | null {
  if (propertiesOf(schema) !== null) return schema
  const options: unknown = Reflect.get(schema, 'anyOf')
  const objects = Array.isArray(options)
    ? options.filter((option) => isRecord(option) && propertiesOf(option) !== null)
    : []
  return objects.length === 1 ? objects[0] : null
}

function inList(schema: TSchema, value: unknown, path: string): Problem[] {
  if (!Array.isArray(value)) return []
  const item = listItem(schema)
  return item === null ? [] : value.flatMap((entry, at) => problemsOf(item, entry, `${path}[${at}]`))
}

/** The schema of a list's items; of a union, that of its one option that is a list. */
function listItem(schema: TSchema): TSchema | null {
  const options: unknown = Reflect.get(schema, 'anyOf')
  const lists = Array.isArray(options) ? options.filter((option) => option?.type === 'array') : [schema]
  const items: unknown = lists.length === 1 && lists[0] !== undefined ? Reflect.get(lists[0], 'items') : null
  return isRecord(items) ? items : null
}

function mismatch(schema: TSchema, value: unknown): string {
  return `expected ${expectation(schema)}, got ${shown(value, Reflect.get(schema, 'secret') === true)}`
}

function shown(value: unknown, isSecret: boolean): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isRecord(value)) return 'an object'
  if (typeof value === 'string' && isSecret) return `a text of ${value.length} characters`
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > SHOWN_MAX ? `${[...text.slice(0, SHOWN_MAX)].join('').toWellFormed()}…` : text
}

function propertiesOf(schema: TSchema): { [name: string]: TSchema } | null {
  const properties: unknown = Reflect.get(schema, 'properties')
  return isRecord(properties) ? (properties as { [name: string]: TSchema }) : null
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
