import { Failure } from '../net/failure.ts'
import type { DnsPlan } from './plan.ts'
import type { ServerAddress } from './server.ts'

/**
 * What a response code says about the server that gave it; null where it says something about the name instead
 * (NOERROR, NXDOMAIN). None of these means that a record is missing.
 */
export function serverFault(rcode: string, { name }: ServerAddress, { name: asked, record }: DnsPlan): Failure | null {
  switch (rcode) {
    case 'NOERROR':
    case 'NXDOMAIN':
      return null
    case 'SERVFAIL':
      return fault(
        `${name} could not find out about ${asked.shown} (SERVFAIL): it, or a server that it asks, has failed`,
      )
    case 'REFUSED':
      return fault(`${name} refuses to answer for ${asked.shown} (REFUSED)`)
  }
  return fault(`${name} could not answer the question for ${record} of ${asked.shown} (${rcode})`)
}

function fault(sentence: string): Failure {
  return new Failure({ sentence, category: 'DNS_FAILURE' })
}
