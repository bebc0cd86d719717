import { apiError } from '../errors.ts'
import type { App } from '../routes.ts'
import { assets } from './assets.ts'
import { docsPage, PAGE_HEADERS } from './page.ts'

const FOLDER = '/api/v1/docs/assets'
const PAGES = ['/api/v1/docs', '/docs/api']

/** The pages that show the API document and try it out, and their files. They need no key. */
export function docsRoutes(app: App): void {
  const open = { config: { open: true }, schema: { hide: true } }

  for (const path of PAGES) {
    app.get(path, open, async (_request, reply) => {
      const page = docsPage(await assets(), FOLDER)
      return reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page)
    })
  }

  app.get<{ Params: { name: string } }>(`${FOLDER}/:name`, open, async (request, reply) => {
    const known = [...(await assets()).values()].find(({ name }) => name === request.params.name)
    if (known === undefined) throw apiError('NOT_FOUND', 'There is nothing at this address.')
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (takesGzip) reply.header('content-encoding', 'gzip')
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(known.type)
      .send(takesGzip ? known.gzipped : await known.plain())
  })
}
