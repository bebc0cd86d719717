import type { FastifySchemaCompiler } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { apiError, invalid } from '../errors.ts'
import { problemsOf } from './problems.ts'

/**
 * Checks bodies, queries and paths with TypeBox's compiled checks: one quick pass for what is right, and words for
 * every bad field of what is not. Numbers in a query are read from their text.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  // At first use: most servers never see most routes.
  let compiled: ReturnType<typeof Compile<TSchema>> | undefined
  const isQuery = httpPart === 'querystring'
  const isOptional = Type.IsOptional(schema)
  return (given: unknown) => {
    // A body that may be left out is read as an empty one.
    if ((given === undefined || given === null) && isOptional) return { value: {} }
    if (given === undefined || given === null) {
      return { error: apiError('BAD_REQUEST', 'Send a JSON object as the body, with Content-Type: application/json.') }
    }
    const value = isQuery ? withNumbers(schema, given) : given
    compiled ??= Compile(schema)
    return compiled.Check(value) ? { value } : { error: invalid(problemsOf(schema, value)) }
  }
}

function withNumbers(schema: TSchema, query: unknown): unknown {
  const properties: unknown = Reflect.get(schema, 'properties')
  if (typeof query !== 'object' || query === null || typeof properties !== 'object' || properties === null) return query
  const read: { [name: string]: unknown } = {}
  for (const [name, value] of Object.entries(query)) {
    const property: unknown = Object.hasOwn(properties, name) ? Reflect.get(properties, name) : undefined
    const isWhole = typeof property === 'object' && property !== null && Reflect.get(property, 'type') === 'integer'
    read[name] = isWhole && typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  }
  return read
}
