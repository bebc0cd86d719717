import type { RouteOptions } from 'fastify'
import { type ApiError, apiError } from '../errors.ts'

/** Remembers every route, so that a known path with another method is a 405 with `Allow` and not a 404. */
export interface AllowedMethods {
  add(route: Pick<RouteOptions, 'url' | 'method'>): void
  /** Methods of a path without its query, with or without a slash at its end; empty for an unknown path. */
  of(path: string): string[]
  /** The 404 of an unknown path, or the 405 of a known one. */
  refusal(method: string, path: string): ApiError
}

/** Knows nothing until routes are added. */
export function allowedMethods(): AllowedMethods {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  const of = (given: string): string[] => {
    const path = given.length > 1 ? given.replace(/\/$/, '') : given
    const methods = new Set<string>()
    for (const route of routes.values()) {
      if (route.pattern.test(path)) for (const method of route.methods) methods.add(method)
    }
    return [...methods].sort()
  }

  return {
    add({ url, method }) {
      const known = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
      for (const name of Array.isArray(method) ? method : [method]) known.methods.add(name)
      routes.set(url, known)
    },
    of,
    refusal(method, path) {
      const allowed = of(path)
      if (allowed.length === 0) return apiError('NOT_FOUND', 'There is nothing at this address.')
      return apiError('METHOD_NOT_ALLOWED', `${method} is not possible here; ${allowed.join(', ')} is.`, {
        headers: { allow: [...allowed, 'OPTIONS'].join(', ') },
      })
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
