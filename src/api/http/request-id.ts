import type { IncomingHttpHeaders } from 'node:http'
import type { NewId } from '#domain'

const SANE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/** The caller's own request id where it is sane, else a new one. */
export function requestId({ headers }: { headers: IncomingHttpHeaders }, newId: NewId): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && SANE.test(given) ? given : newId('req')
}
