import type { Schema } from './schema-type.ts'

/** An operation of the API document, as the client has it. */
export interface Operation {
  id: string
  method: string
  path: string
  words: string
  pathParameters: string[]
  query: { schema: Schema; isRequired: boolean } | null
  body: { schema: Schema; isRequired: boolean } | null
  answer: Schema | null
  /** The field of the answer that holds the rows, for lists that come in pages. */
  rows: { field: string; item: Schema } | null
}

export interface Document {
  paths: { [path: string]: { [method: string]: Schema } }
  components: { schemas: { [name: string]: Schema } }
}

/** Logging in is for browsers, and a ping by GET says the same as one by POST. */
function isForPrograms(operation: Schema): boolean {
  const tags: unknown = operation['tags']
  const id = String(operation['operationId'])
  return !(Array.isArray(tags) && tags.includes('Sessions')) && !/By(Get|Head)$/.test(id) && id !== 'getOpenApi'
}

/** The operations that programs use, in the order of the document. */
export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => isForPrograms(operation))
      .map(([method, operation]) => operationOf(document, method.toUpperCase(), path, operation)),
  )
}

function operationOf(document: Document, method: string, path: string, operation: Schema): Operation {
  const { operationId, summary, description, parameters, requestBody, responses } = operation
  const given: Schema[] = Array.isArray(parameters) ? parameters : []
  const answer = answerOf(Object(responses))
  const query = given.filter((parameter) => parameter['in'] === 'query')
  const body = jsonOf(requestBody)
  const names = query.map((parameter) => String(parameter['name']))
  return {
    id: String(operationId),
    method,
    path,
    words: `${String(summary)}.\n${String(description)}`,
    pathParameters: [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name),
    query:
      query.length === 0 ? null : { schema: queryOf(query), isRequired: query.some((one) => one['required'] === true) },
    body: body === null ? null : { schema: body, isRequired: Object(requestBody).required === true },
    answer,
    rows: names.includes('offset') && answer !== null ? rowsOf(document, answer) : null,
  }
}

function queryOf(parameters: Schema[]): Schema {
  const properties = parameters.map(({ name, schema, description }) => [name, { ...Object(schema), description }])
  const required = parameters.filter((parameter) => parameter['required'] === true).map(({ name }) => name)
  return { type: 'object', properties: Object.fromEntries(properties), required }
}

function answerOf(responses: { [status: string]: Schema }): Schema | null {
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))
  return good === undefined ? null : jsonOf(good[1])
}

function jsonOf(holder: unknown): Schema | null {
  const schema: unknown = Object(Object(Object(holder).content)['application/json']).schema
  return typeof schema === 'object' && schema !== null ? { ...schema } : null
}

function rowsOf(document: Document, answer: Schema): Operation['rows'] {
  const name = String(answer['$ref']).split('/').at(-1) ?? ''
  const properties: { [field: string]: Schema } = Object(Object(document.components.schemas[name])['properties'])
  if (!Object.hasOwn(properties, 'hasMore')) return null
  const list = Object.entries(properties).find(([, field]) => field['type'] === 'array')
  return list === undefined ? null : { field: list[0], item: Object(list[1]['items']) }
}
