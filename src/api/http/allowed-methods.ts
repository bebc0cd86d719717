import type { RouteOptions } from 'fastify'

/** Remembers every route, so that a known path with another method is a 405 with `Allow` and not a 404. */
export interface AllowedMethods {
  add(route: Pick<RouteOptions, 'url' | 'method'>): void
  /** Methods of a path without its query; empty for an unknown path. */
  of(path: string): string[]
}

export function allowedMethods(): AllowedMethods {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  return {
    add({ url, method }) {
      const known = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
      for (const name of Array.isArray(method) ? method : [method]) known.methods.add(name)
      routes.set(url, known)
    },
    of(path) {
      const methods = new Set<string>()
      for (const route of routes.values()) {
        if (route.pattern.test(path)) for (const method of route.methods) methods.add(method)
      }
      return [...methods].sort()
    },
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (!part.startsWith(':')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const own = /^:[A-Za-z]+\((.+)\)$/.exec(part)?.[1]
    return own === undefined ? '[^/]+' : `(?:${own.replace(/^\^|\$$/g, '')})`
  })
  return new RegExp(`^${parts.join('/')}$`)
}
