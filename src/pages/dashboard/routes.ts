import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isKnown, sendFile, sentFile, takes } from '../sent-file.ts'
import { type BuiltFile, builtFiles } from './built-files.ts'

const BUILT = join(import.meta.dirname, '../../../dist/web')

/** Addresses that the app shows pages at; it says itself where one of them leads nowhere. */
const PAGES = [
  '/',
  '/login',
  '/setup',
  '/monitors',
  '/monitors/*',
  '/incidents',
  '/incidents/*',
  '/settings',
  '/settings/*',
]

/** The app runs its own files only, and talks to its own server only. */
const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  // A set-up link holds a token in its address.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'private, no-cache',
}
const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>StatusApp</title></head>
<body>
<h1>The dashboard is not built</h1>
<p>StatusApp is running and watches, and the API answers. The set-up could not build the pages of the dashboard, and said
why when it ran. Start StatusApp again to try once more.</p>
<p><a href="/docs/api">API reference</a> · <a href="/help/knowledge-base">Help</a></p>
</body>
</html>
`

/** The dashboard: one page for all of its addresses, and the files that it is made of. */
export function dashboardRoutes(app: Pick<FastifyInstance, 'get'>, { folder = BUILT }: { folder?: string } = {}): void {
  let found: Promise<ReadonlyMap<string, BuiltFile>> | null = null
  const files = () => {
    found ??= builtFiles(folder)
    return found
  }
  const open = { config: { open: true }, schema: { hide: true } }

  for (const path of PAGES) {
    app.get(path, open, async (request, reply): Promise<FastifyReply> => {
      reply.headers(PAGE_HEADERS)
      const page = (await files()).get('index.html')
      if (page !== undefined) return await sendBuilt(request, reply, page)
      // Built meanwhile, perhaps: it is looked for again.
      found = null
      return sendFile(request, reply.code(503), await sentFile(NOT_BUILT, 'text/html; charset=utf-8'))
    })
  }

  app.get<{ Params: { name: string } }>('/assets/:name', open, async (request, reply): Promise<FastifyReply> => {
    const file = (await files()).get(`assets/${request.params.name}`)
    reply.header('x-content-type-options', 'nosniff')
    if (file === undefined) {
      const words = await sentFile('There is no such file.\n', 'text/plain; charset=utf-8')
      return sendFile(request, reply.code(404).header('cache-control', 'no-store'), words)
    }
    // Its name changes with its content.
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return await sendBuilt(request, reply, file)
  })
}

/** Sends a file in the smallest form that the browser takes, or 304 to whoever has it. */
async function sendBuilt(request: FastifyRequest, reply: FastifyReply, file: BuiltFile): Promise<FastifyReply> {
  if (isKnown(request, reply, file.tag)) return reply.code(304).send()
  const encoding = file.encodings.find((each) => takes(request, each)) ?? null
  const bytes = await file.read(encoding)
  if (encoding !== null) reply.header('content-encoding', encoding)
  return reply.type(file.type).send(bytes)
}
