import type { IncomingMessage } from 'node:http'
import type { NewId } from '#domain'

const PORTION = 4_096

/** Random bytes taken from a portion at a time: for ids that nobody gains anything by guessing, and that each request needs. */
export function inPortions(randomBytes: (size: number) => Uint8Array): (size: number) => Uint8Array {
  let portion: Uint8Array = new Uint8Array()
  let at = 0
  return (size) => {
    if (at + size > portion.length) {
      portion = randomBytes(Math.max(size, PORTION))
      at = 0
    }
    at += size
    return portion.subarray(at - size, at)
  }
}

const SANE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/** The caller's own request id where it is sane, else a new one. */
export function requestId(request: IncomingMessage, newId: NewId): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && SANE.test(given) ? given : newId('req')
}
