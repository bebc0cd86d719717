import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'

/** A site that has a page for each thing that can be seen of one. */
export const PAGES: RequestListener = (request, response) => {
  const redirect = (status: number, location: string) => response.writeHead(status, { location }).end()
  switch (request.url) {
    case '/':
      return response.end('Hello from here')
    case '/slow':
      return setTimeout(() => response.end(), 40)
    case '/gzip':
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('Hello from here'))
    case '/no-gzip':
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end('Hello from here')
    case '/odd':
      return response.writeHead(200, { 'content-encoding': 'odd' }).end('Hello from here')
    case '/500':
      return response
        .writeHead(500, { 'content-type': 'text/plain', 'set-cookie': 'session=hush' })
        .end(`out of order, ${'x'.repeat(8_000)}`)
    case '/cookie':
      if (request.headers.cookie !== undefined) return response.end()
      return response.writeHead(302, { location: '/cookie', 'set-cookie': 'seen=1' }).end()
    case '/no-head':
      return response.writeHead(request.method === 'HEAD' ? 405 : 200).end()
    case '/moved':
      return redirect(301, '/')
    case '/loop':
      return redirect(302, '/loop')
    case '/nowhere':
      return response.writeHead(302).end()
    case '/to-404':
      return redirect(302, '/404')
    case '/to-ftp':
      return redirect(302, 'ftp://127.0.0.1/')
    case '/to-metadata':
      return redirect(302, 'http://169.254.169.254/')
    case '/elsewhere':
      return redirect(307, `http://localhost:${request.socket.localPort}/`)
  }
  const status = Number(request.url?.slice(1))
  return response.writeHead(status >= 200 ? status : 404).end()
}
