import type { FastifyRequest } from 'fastify'
import { invalid } from '../errors.ts'
import { unknownField } from '../validation/problems.ts'

/** A field that a route does not even look at is as unknown as any other. For `preValidation`; throws `ApiError`. */
export function refuseUnreadBody(request: FastifyRequest): void {
  const { schema, config } = request.routeOptions
  if (config.open === true || schema?.body !== undefined || schema?.shownBody !== undefined) return
  const { body } = request
  if (body === undefined || body === null) return
  if (typeof body !== 'object' || Array.isArray(body)) throw invalid([{ path: '', message: 'nothing is sent here' }])
  const problems = Object.keys(body).map((name) => unknownField(name, name, []))
  if (problems.length > 0) throw invalid(problems)
}
