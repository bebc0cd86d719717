import { request } from 'node:http'

/** The yardstick: a new connection, the body consumed, nothing judged. */
export function bareRequest(port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.on('end', resolve)
      response.resume()
    })
      .on('error', reject)
      .end()
  })
}
