import { Type } from 'typebox'
import type { Routes } from '../routes.ts'
import type { OpenApiDocument } from './document.ts'

/** `GET /openapi.json`: what this API takes and answers. Made once, when it is first asked for. */
export function documentRoutes(make: () => OpenApiDocument): Routes {
  let text: string | null = null
  return (app) => {
    app.get(
      '/openapi.json',
      {
        config: { open: true },
        schema: {
          tags: ['About'],
          operationId: 'getOpenApi',
          summary: 'Get this document',
          description: 'OpenAPI 3.1, made from the schemas that validate.',
          response: { 200: Type.Unsafe<string>({ type: 'object', title: 'OpenApi' }) },
        },
      },
      async (_request, reply) => {
        text ??= JSON.stringify(make())
        return reply.type('application/json; charset=utf-8').send(text)
      },
    )
  }
}
