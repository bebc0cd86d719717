import * as fc from 'fast-check'
import { bodyOfSchema, damaged } from './body-of-schema.ts'
import { hostileText, rawBody } from './values.ts'

/** As much of an OpenAPI document as requests are made from. */
export interface Document {
  paths: { [path: string]: { [method: string]: { [member: string]: unknown } } }
  components: { schemas: { [title: string]: { [keyword: string]: unknown } } }
}

/** Whose key goes along. */
export type Sender = 'owner' | 'reader' | 'stranger' | 'nobody' | 'guesser'

export interface HostileRequest {
  method: string
  /** Below `/api/v1`, as it is sent. */
  path: string
  sender: Sender
  headers: { [name: string]: string }
  body: Buffer | null
}

const ID_STARTS: { [parameter: string]: string } = {
  monitorId: 'mon_',
  incidentId: 'inc_',
  statusPageId: 'sp_',
  channelId: 'nc_',
  deliveryId: 'del_',
  keyId: 'key_',
  memberId: 'mem_',
  invitationId: 'inv_',
  windowId: 'mw_',
  sessionId: 'ses_',
}

interface Parameter {
  name: string
  in: string
  schema: { [keyword: string]: unknown }
}

/** Requests to every route of the document: mostly almost right, so that they get past the first gate. */
export function hostileRequest(document: Document, ids: () => readonly string[]): fc.Arbitrary<HostileRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      ofOperation(document, path, method.toUpperCase(), operation, ids),
    ),
  )
  return fc.oneof(...operations)
}

function ofOperation(
  document: Document,
  path: string,
  method: string,
  operation: { [member: string]: unknown },
  ids: () => readonly string[],
): fc.Arbitrary<HostileRequest> {
  const parameters = parametersOf(document, operation)
  const isQuery = (parameter: Parameter) => parameter.in === 'query'
  const anId = fc.nat().map((n) => pick(ids(), n))
  const inPath = fc.oneof(
    { weight: 2, arbitrary: anId },
    { weight: 1, arbitrary: hostileText.map(asSegment) },
    { weight: 1, arbitrary: fc.constantFrom('%zz', '%00', '..%2f..', 'MON_ABC', 'mon_aaaaaaaaaaaaaaaa') },
  )
  const query = fc.array(
    fc.tuple(
      fc.constantFrom('limitt', 'access_token', ...parameters.filter(isQuery).map(({ name }) => name)),
      fc.oneof(
        { weight: 2, arbitrary: hostileText },
        {
          weight: 2,
          arbitrary: fc.constantFrom('1', '100', '0', '-1', '1e3', 'all', 'down', 'UP', '2026-01-01', '30d'),
        },
        { weight: 1, arbitrary: anId },
      ),
    ),
    { maxLength: 3 },
  )
  const headers = fc.record(
    {
      'if-match': fc.constantFrom('*', '"1"', '"', 'W/"x"', '"1.abc", "2"'),
      'if-none-match': fc.constantFrom('*', '"1"', ','),
      'idempotency-key': fc.constantFrom('a', 'b', 'x'.repeat(300), 'ü'),
      'x-request-id': fc.constantFrom('mine', '<b>', 'x'.repeat(2_000)),
      'content-encoding': fc.constantFrom('gzip', 'identity', 'x'),
      prefer: fc.constant('respond-async'),
      origin: fc.constantFrom('null', 'https://evil.example'),
    },
    { requiredKeys: ['prefer'] },
  )
  const schema = bodySchema(operation)
  const json = schema === null ? null : damaged(bodyOfSchema(schema, document.components.schemas))
  const body: fc.Arbitrary<{ type: string; bytes: Buffer | null }> = fc.oneof(
    { weight: json === null ? 0 : 8, arbitrary: (json ?? fc.constant(null)).map((value) => asJson(value)) },
    { weight: json === null ? 6 : 0, arbitrary: fc.constant({ type: '', bytes: null }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(rawBody, fc.constantFrom('application/json', 'text/plain', ';;', 'application/json; charset=utf-16'))
        .map(([bytes, type]) => ({ type, bytes })),
    },
  )
  return fc
    .record({
      method: fc.oneof(
        { weight: 19, arbitrary: fc.constant(method) },
        { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD') },
      ),
      segments: fc.tuple(
        ...parametersOf(document, operation)
          .filter((parameter) => parameter.in === 'path')
          .map(({ name }) =>
            fc.oneof(
              { weight: 5, arbitrary: fc.nat().map((n) => pick(idsFor(name, ids()), n)) },
              { weight: 2, arbitrary: inPath },
            ),
          ),
      ),
      query: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: query }),
      sender: fc.oneof(
        { weight: 12, arbitrary: fc.constant<Sender>('owner') },
        { weight: 4, arbitrary: fc.constantFrom<Sender>('reader', 'stranger', 'stranger', 'nobody', 'guesser') },
      ),
      headers: fc.oneof(
        { weight: 3, arbitrary: fc.constant({ prefer: 'respond-async' }) },
        { weight: 1, arbitrary: headers },
      ),
      body,
    })
    .map(({ method, segments, query, sender, headers, body: { type, bytes } }) => ({
      method,
      path: `${filled(path, segments)}${query.length === 0 ? '' : `?${asQuery(query)}`}`,
      sender,
      headers: { ...onlyDefined(headers), ...(bytes === null ? {} : { 'content-type': type }) },
      body: method === 'GET' || method === 'HEAD' ? null : bytes,
    }))
}

/** Ids of the kind that a parameter of this name takes, as far as its name says so. */
function idsFor(parameter: string, ids: readonly string[]): readonly string[] {
  const start = ID_STARTS[parameter]
  return start === undefined ? ids : ids.filter((id) => id.startsWith(start))
}

function pick(ids: readonly string[], n: number): string {
  return ids[n % Math.max(1, ids.length)] ?? 'mon_0'
}

function filled(path: string, segments: readonly string[]): string {
  let next = 0
  return path.replace(/\{[^}]+\}/g, () => segments[next++] ?? 'x')
}

function parametersOf(document: Document, operation: { [member: string]: unknown }): Parameter[] {
  const listed = Array.isArray(operation['parameters']) ? operation['parameters'] : []
  return listed.flatMap((parameter): Parameter[] => {
    const { $ref } = parameter
    const whole = typeof $ref === 'string' ? at(document, $ref) : parameter
    return typeof whole.name === 'string' ? [whole] : []
  })
}

function bodySchema(operation: { [member: string]: unknown }): { [keyword: string]: unknown } | null {
  return Object(Object(Object(operation['requestBody']).content)['application/json']).schema ?? null
}

function at(document: object, pointer: string) {
  let found: unknown = document
  for (const step of pointer.split('/').slice(1)) found = Object(found)[step]
  return Object(found)
}

function asJson(value: unknown): { type: string; bytes: Buffer } {
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(value) ?? 'null') }
}

/** A lone surrogate has no form in an address. */
function asSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed().slice(0, 400)) || '%20'
}

function asQuery(query: readonly [string, string][]): string {
  return query.map(([name, value]) => `${name}=${asSegment(value)}`).join('&')
}

/** What a header may hold at all. */
function onlyDefined(headers: { [name: string]: string | undefined }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
