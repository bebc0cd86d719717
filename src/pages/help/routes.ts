import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { digestOf, type SentFile, sendFile, sentFile } from '../sent-file.ts'

const GUIDES = fileURLToPath(new URL('../../../docs/guide', import.meta.url))
const STYLES = new URL('help.css', import.meta.url)
const HTML = 'text/html; charset=utf-8'

/** The pages run nothing and take nothing from elsewhere. */
const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'public, no-cache',
}

/** The help centre as it is sent. */
interface HelpCentre {
  pages: ReadonlyMap<string, SentFile>
  notFound: SentFile
  stylesheet: { address: string; file: SentFile }
}

/** `/help`: the guides of a folder as pages that need no JavaScript and no key. They are made when first asked for. */
export function helpRoutes(app: Pick<FastifyInstance, 'get'>, { folder = GUIDES }: { folder?: string } = {}): void {
  let made: Promise<HelpCentre> | null = null
  function helpCentre(): Promise<HelpCentre> {
    made ??= make(folder).catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
  const open = { config: { open: true }, schema: { hide: true } }

  for (const path of ['/help', '/help/*']) {
    app.get(path, open, async (request, reply): Promise<FastifyReply> => {
      const { pages, notFound, stylesheet } = await helpCentre()
      const path = (request.url.split('?', 1)[0] ?? '').replace(/\/+$/, '')
      if (path === stylesheet.address) {
        reply.header('cache-control', 'public, max-age=31536000, immutable')
        return sendFile(request, reply, stylesheet.file)
      }
      reply.headers(PAGE_HEADERS)
      const page = pages.get(path)
      return page === undefined ? sendFile(request, reply.code(404), notFound) : sendFile(request, reply, page)
    })
  }
}

async function make(folder: string): Promise<HelpCentre> {
  // Not before somebody reads: a server whose help nobody opens does not hold the parser.
  const { readLibrary, addressOfSlug } = await import('./library.ts')
  const { guidePage, indexPage, notFoundPage } = await import('./layout.ts')
  const [guides, styles] = await Promise.all([readLibrary(folder), readFile(STYLES, 'utf8')])
  const stylesheet = `/help/help.${digestOf(styles)}.css`
  const layout = { guides, stylesheet }
  const index = await sentFile(indexPage(layout), HTML)
  const pages = new Map([
    ['/help', index],
    ['/help/knowledge-base', index],
  ])
  for (const guide of guides) pages.set(addressOfSlug(guide.slug), await sentFile(guidePage(guide, layout), HTML))
  return {
    pages,
    notFound: await sentFile(notFoundPage(layout), HTML),
    stylesheet: { address: stylesheet, file: await sentFile(styles, 'text/css; charset=utf-8') },
  }
}
