import type { RequestListener } from 'node:http'

const HEALTH = '{"data":{"status":"ok","five":5,"id":1234567890123456789,"loads":[0.1,0.8]}}'
const BASIC = `Basic ${Buffer.from('me:hush-hush').toString('base64')}`

/** An API with a page for whoever knows the secret by any of the usual ways. */
export const API_PAGES: RequestListener = ({ url = '', headers }, response) => {
  const json = (status: number) => response.writeHead(status, { 'content-type': 'application/json' })
  if (url === '/health') return json(200).end(HEALTH)
  if (url === '/slow') return setTimeout(() => json(200).end(HEALTH), 40)
  if (url === '/html') return response.end('<html>Sorry</html>')
  if (url === '/503') return json(503).end('{}')
  if (!url.startsWith('/private')) return json(404).end('{}')
  const { authorization } = headers
  const isKnown =
    authorization === 'Bearer hush-hush' ||
    authorization === BASIC ||
    headers['x-key'] === 'hush-hush' ||
    url === '/private?key=hush-hush'
  return isKnown ? json(200).end('{}') : response.writeHead(401).end(`who is ${authorization}`)
}

/** Gives a token to the client that knows the secret. */
export function tokenServer(secret: string): RequestListener {
  return ({ headers }, response) => {
    if (headers.authorization === `Basic ${Buffer.from(`me:${secret}`).toString('base64')}`) {
      return response.end(JSON.stringify({ access_token: secret, expires_in: 3_600 }))
    }
    return response.writeHead(401).end('{"error":"invalid_client"}')
  }
}
