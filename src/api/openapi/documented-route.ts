import type { FastifyContextConfig, FastifySchema, RouteOptions } from 'fastify'

/** A route as documents look at it. */
export interface DocumentedRoute {
  /** In capitals. */
  method: string
  /** As the router knows it, such as `/api/v1/monitors/:monitorId`. */
  url: string
  schema: FastifySchema
  config: FastifyContextConfig
  /** Changes or removes something with a version, and may be told which one is meant. */
  isVersioned?: boolean
}

/** Gathers every route that is registered; for `onRoute`. HEAD goes without saying where there is a GET. */
export function routeCollector(prefix: string): { add(route: RouteOptions): void; routes: DocumentedRoute[] } {
  const routes: DocumentedRoute[] = []
  return {
    routes,
    add({ method, url, schema = {}, config = {} }) {
      if (!url.startsWith(`${prefix}/`)) return
      const methods = Array.isArray(method) ? method : [method]
      for (const name of methods) {
        if (name === 'HEAD' && (methods.includes('GET') || routes.some((route) => isGetOf(route, url)))) continue
        routes.push({ method: name, url, schema, config })
      }
    },
  }
}

function isGetOf(route: DocumentedRoute, url: string): boolean {
  return route.url === url && route.method === 'GET'
}
