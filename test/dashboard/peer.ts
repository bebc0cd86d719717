import { once } from 'node:events'
import { createServer } from 'node:http'

/** A small server to watch: `/` is well, `/broken` answers 500, `/slow` takes its time. */
export async function startPeer(): Promise<{ url: string; hooks: string[]; close(): void }> {
  const hooks: string[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      request.resume()
      hooks.push(request.url ?? '')
      response.statusCode = request.url === '/refuses' ? 410 : 204
      response.end()
      return
    }
    if (request.url === '/slow') await new Promise((resolve) => setTimeout(resolve, 180))
    response.statusCode = request.url === '/broken' ? 500 : 200
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ status: 'ok', version: 3 }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    hooks,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
