import type { JsonSchema } from './plain-schema.ts'

const text = (description: string, example: string) => ({ description, schema: { type: 'string' }, example })
const whole = (description: string, example: number) => ({ description, schema: { type: 'integer' }, example })

/** Headers of answers. */
export const HEADERS: { readonly [name: string]: JsonSchema } = {
  'X-Request-Id': text('Names this request in our logs. One that you send is kept.', 'req_4f7k2p9x1c8w5z3a'),
  'X-RateLimit-Limit': whole('Requests that the plan allows in an hour.', 1000),
  'X-RateLimit-Remaining': whole('Requests that are left in this hour.', 856),
  'X-RateLimit-Reset': whole('When the next hour starts, in Unix seconds.', 1737201600),
  'Retry-After': whole('Seconds to wait.', 120),
  ETag: text(
    'Names this state. Send it in `If-None-Match` to read it only when it changed, in `If-Match` to change it only when nobody else did.',
    '"3.VbwNVjKb1rQ0"',
  ),
  Location: text('Where the new resource is.', '/api/v1/monitors/mon_4f7k2p9x1c8w5z3a'),
  'Idempotency-Replayed': text(
    '`true` when this is the answer of an earlier request with the same `Idempotency-Key`.',
    'true',
  ),
  'WWW-Authenticate': text('How to authenticate.', 'Bearer realm="StatusApp API"'),
  Allow: text('Methods that are possible here.', 'DELETE, GET, HEAD, PUT, OPTIONS'),
}

/** Without an example: a page that tries requests out would send it. */
const header = (name: string, description: string, schema: JsonSchema = {}) => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string', ...schema },
})

/** Headers of requests. */
export const HEADER_PARAMETERS: { readonly [name: string]: JsonSchema } = {
  IdempotencyKey: header(
    'Idempotency-Key',
    'Makes a repeat safe: the same key within 24 hours gets the first answer again. 1 to 255 visible ASCII characters, such as a UUID.',
    { minLength: 1, maxLength: 255 },
  ),
  IfMatch: header('If-Match', 'Do it only if the resource is still in the state of this `ETag`.'),
  IfNoneMatch: header('If-None-Match', 'Answer 304 if the answer is still the one of this `ETag`.'),
}

/** References to headers of answers, by their names. */
export function headerRefs(names: readonly string[]): { [name: string]: JsonSchema } {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
