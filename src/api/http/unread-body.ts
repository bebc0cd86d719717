import type { FastifyRequest, RouteOptions } from 'fastify'
import { invalid } from '../errors.ts'
import { unknownField } from '../validation/problems.ts'

const WITHOUT_BODY: ReadonlySet<unknown> = new Set(['GET', 'HEAD'])

/** Whether a route can be sent a body and looks at none. */
export function readsNoBody({ method, schema, config }: RouteOptions): boolean {
  if (config?.open === true || schema?.body !== undefined || schema?.shownBody !== undefined) return false
  return ![method].flat().every((name) => WITHOUT_BODY.has(name))
}

/** A field that a route does not even look at is as unknown as any other. For `preValidation`; throws `ApiError`. */
export function refuseUnreadBody({ body }: Pick<FastifyRequest, 'body'>): void {
  if (body === undefined || body === null) return
  if (typeof body !== 'object' || Array.isArray(body)) throw invalid([{ path: '', message: 'nothing is sent here' }])
  const problems = Object.keys(body).map((name) => unknownField(name, name, []))
  if (problems.length > 0) throw invalid(problems)
}
