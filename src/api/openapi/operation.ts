import type { FastifySchema } from 'fastify'
import { Type } from 'typebox'
import { permissionOf } from '../auth/access.ts'
import type { DocumentedRoute } from './documented-route.ts'
import { errorAnswersOf } from './error-answers.ts'
import { headerRefs } from './headers.ts'
import { type Components, type JsonSchema, plainSchema } from './plain-schema.ts'

const RATE_HEADERS = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
const REASONS: { readonly [status: string]: string } = {
  200: 'As asked for.',
  201: 'Created.',
  202: 'Taken; it is done in the background.',
  204: 'Done; there is nothing to say.',
  503: 'Not well.',
}

/** A route as an operation of the document. */
export function operationOf(route: DocumentedRoute, components: Components): JsonSchema {
  const { schema, config } = route
  return {
    ...(schema.tags === undefined ? {} : { tags: schema.tags }),
    ...(schema.summary === undefined ? {} : { summary: schema.summary }),
    description: descriptionOf(route),
    ...(schema.operationId === undefined ? {} : { operationId: schema.operationId }),
    ...(config.open === true ? { security: [] } : {}),
    parameters: parametersOf(route, components),
    ...bodyOf(schema, components),
    responses: responsesOf(route, components),
  }
}

/** The address as documents write it: `/monitors/{monitorId}`. */
export function pathOf(url: string): string {
  return url.replace(/:([A-Za-z]+)(\([^/]*\))?/g, '{$1}')
}

function descriptionOf({ method, schema, config }: DocumentedRoute): string {
  const access =
    config.open === true
      ? 'Needs no key.'
      : config.kind === 'self'
        ? 'For members who have logged in, not for keys.'
        : `Needs the permission \`${permissionOf({ method, permission: config.permission })}\`.`
  return schema.description === undefined ? access : `${schema.description}\n\n${access}`
}

function parametersOf(
  { method, url, schema, config, isVersioned }: DocumentedRoute,
  components: Components,
): JsonSchema[] {
  const shared = (name: string) => ({ $ref: `#/components/parameters/${name}` })
  return [
    ...pathParameters(url, schema.params, components),
    ...fieldsOf(schema.querystring ?? schema.shownQuery).map(({ name, field, isRequired }) =>
      parameter(name, 'query', field, isRequired, components),
    ),
    ...(config.creates === true ? [shared('IdempotencyKey')] : []),
    ...(isVersioned === true ? [shared('IfMatch')] : []),
    ...(method === 'GET' && schema.shownQuery === undefined ? [shared('IfNoneMatch')] : []),
  ]
}

function pathParameters(url: string, params: unknown, components: Components): JsonSchema[] {
  const known = new Map(fieldsOf(params).map(({ name, field }) => [name, field]))
  return [...url.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) =>
    parameter(name, 'path', known.get(name) ?? { type: 'string' }, true, components),
  )
}

function parameter(name: string, place: string, field: object, isRequired: boolean, components: Components) {
  const { description, examples, ...schema } = plainSchema(field, components)
  // Told in words: a page that tries requests out would send an example.
  const [example]: unknown[] = Array.isArray(examples) ? examples : []
  const words = [description, ...(example === undefined ? [] : [`Such as \`${String(example)}\`.`])]
  const told = words.filter((word) => word !== undefined).join(' ')
  return {
    name,
    in: place,
    ...(isRequired ? { required: true } : {}),
    ...(told === '' ? {} : { description: told }),
    schema,
  }
}

function fieldsOf(schema: unknown): { name: string; field: object; isRequired: boolean }[] {
  if (typeof schema !== 'object' || schema === null) return []
  const properties: unknown = Reflect.get(schema, 'properties')
  const required: unknown = Reflect.get(schema, 'required')
  return Object.entries(Object(properties)).map(([name, field]) => ({
    name,
    field: Object(field),
    isRequired: Array.isArray(required) && required.includes(name),
  }))
}

function bodyOf({ body, shownBody }: FastifySchema, components: Components): { requestBody?: JsonSchema } {
  const given: unknown = body ?? shownBody
  if (typeof given !== 'object' || given === null) return {}
  // Named examples of a whole body stand beside its schema, where tools offer them to choose from.
  const examples: unknown = Reflect.get(given, 'bodyExamples')
  const content = {
    schema: plainSchema(given, components),
    ...(typeof examples === 'object' && examples !== null ? { examples } : {}),
  }
  return {
    requestBody: {
      ...(body === undefined || mayBeLeftOut(body) ? {} : { required: true }),
      content: { 'application/json': content },
    },
  }
}

function mayBeLeftOut(body: unknown): boolean {
  return Type.IsOptional(Object(body))
}

function responsesOf(route: DocumentedRoute, components: Components): JsonSchema {
  const { method, schema, config } = route
  const responses: JsonSchema = {}
  for (const [status, answer] of Object.entries(Object(schema.response ?? {}))) {
    const isGood = status.startsWith('2')
    const isTagged = isGood && (method === 'GET' || method === 'PUT')
    const names = [
      'X-Request-Id',
      ...(config.open === true ? [] : RATE_HEADERS),
      ...(isTagged ? ['ETag'] : []),
      ...(status === '201' ? ['Location'] : []),
      ...(isGood && config.creates === true ? ['Idempotency-Replayed'] : []),
    ]
    const isEmpty = Reflect.get(Object(answer), 'type') === 'null'
    responses[status] = {
      description: REASONS[status] ?? 'As asked for.',
      headers: headerRefs(names),
      ...(isEmpty ? {} : { content: { 'application/json': { schema: plainSchema(Object(answer), components) } } }),
    }
  }
  if (method === 'GET')
    responses['304'] = {
      description: 'Not changed since the `ETag` of `If-None-Match`.',
      headers: headerRefs(['ETag']),
    }
  return { ...responses, ...errorAnswersOf(route) }
}
