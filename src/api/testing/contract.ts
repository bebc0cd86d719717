import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { OpenApiDocument } from '../openapi/document.ts'
import type { JsonSchema } from '../openapi/plain-schema.ts'

/** An answer of the API and what was asked. */
export interface Exchange {
  method: string
  /** With or without the prefix and a query. */
  path: string
  status: number
  headers: Headers
  text: string
}

/** What is wrong with an answer by the document: one line each, none for a right one. */
export type Contract = (exchange: Exchange) => string[]

/** Refusals that come before a route is found or its schema is looked at. */
const ANYWHERE: ReadonlySet<number> = new Set([400, 404, 405, 408, 413, 415, 431])
/** Headers that are always there where the document has them. */
const DEMANDED = ['X-Request-Id', 'Location', 'ETag', 'Retry-After', 'WWW-Authenticate', 'Allow']
const TO_THE_SECOND_OR_FINER = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/
const ERROR = '#/components/schemas/Error'

interface Operation {
  path: string
  pattern: RegExp
  methods: { [method: string]: JsonSchema }
}

/**
 * Holds answers against the document. Fields that it does not name are faults here, though clients must expect them.
 */
export function contractOf(document: OpenApiDocument, prefix = '/api/v1'): Contract {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true })
  ajv.addFormat('date-time', TO_THE_SECOND_OR_FINER)
  ajv.addSchema({ $id: 'api', ...closed(document) })
  const operations = operationsOf(document)
  const checks = new Map<string, ValidateFunction>()

  function misfits(pointer: string, text: string): string[] {
    const check = checks.get(pointer) ?? ajv.compile({ $ref: `api${pointer}` })
    checks.set(pointer, check)
    const body = parse(text)
    if (body === undefined) return [`the body is no JSON: ${text.slice(0, 80)}`]
    if (check(body)) return []
    // Of a choice by type, only the branches that were meant say something.
    const errors = (check.errors ?? []).filter(({ keyword }) => !['oneOf', 'anyOf', 'const', 'enum'].includes(keyword))
    const shown = errors.length > 0 ? errors : (check.errors ?? [])
    return shown.slice(0, 5).map(({ instancePath, message, params }) => {
      const what: unknown = params['additionalProperty']
      return `${instancePath || 'the body'} ${message}${typeof what === 'string' ? `: ${what}` : ''}`
    })
  }

  return ({ method, path, status, headers, text }) => {
    if (method === 'OPTIONS') return []
    const plain = path.split('?')[0]?.replace(prefix, '').replace(/\/$/, '') ?? ''
    const here = operations.filter(({ pattern }) => pattern.test(plain))
    const isHead = method === 'HEAD' && here.every(({ methods }) => methods['head'] === undefined)
    const name = isHead ? 'get' : method.toLowerCase()
    // Of `/monitors/test` and `/monitors/{monitorId}`, the one that has this method.
    const found = here.find(({ methods }) => methods[name] !== undefined) ?? here[0]
    const operation = found?.methods[name]
    const isEmpty = method === 'HEAD' || status === 304 || status === 204
    const answer = operation === undefined ? undefined : Object(operation['responses'])[status]

    if (found === undefined || operation === undefined || answer === undefined) {
      if (!ANYWHERE.has(status)) return [`${status} is not in the document`]
      return isEmpty ? [] : misfits(ERROR, text)
    }
    const refersTo: unknown = answer.$ref
    const whole = typeof refersTo === 'string' ? at(document, refersTo) : answer
    const lacking = DEMANDED.filter((header) => Object.hasOwn(Object(whole['headers']), header) && !headers.has(header))
    const problems = lacking.map((header) => `there is no ${header} header`)
    if (isEmpty) return problems
    const place =
      typeof refersTo === 'string' ? refersTo : `#/paths/${pointerStep(found.path)}/${name}/responses/${status}`
    const hasBody = Object.hasOwn(whole, 'content')
    if (!hasBody) return text === '' ? problems : [...problems, 'there is a body where the document has none']
    return [...problems, ...misfits(`${place}/content/application~1json/schema`, text)]
  }
}

/** The paths of a document with their methods, those with fewer parameters first. */
export function operationsOf({ paths }: Pick<OpenApiDocument, 'paths'>): Operation[] {
  const parametersIn = (path: string) => path.split('{').length
  return Object.entries(paths)
    .map(([path, methods]) => ({ path, methods, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
    .sort((a, b) => parametersIn(a.path) - parametersIn(b.path))
}

/** The same document, in which an object has the fields that are named and no others. */
function closed(value: unknown): object {
  const copy = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(copy)
    if (typeof item !== 'object' || item === null) return item
    const inner = Object.fromEntries(Object.entries(item).map(([name, part]) => [name, copy(part)]))
    const isOpen = inner['type'] === 'object' && typeof inner['properties'] === 'object'
    return isOpen && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner
  }
  return Object(copy(value))
}

function at(document: object, pointer: string): JsonSchema {
  let found: unknown = document
  for (const step of pointer.split('/').slice(1)) found = Object(found)[step]
  return Object(found)
}

function pointerStep(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
