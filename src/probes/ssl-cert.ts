import { Type } from 'typebox'
import type { HttpDeps } from './http/ask.ts'
import { lookupAll } from './net/resolve.ts'
import type { Probe } from './probe.ts'
import { checkCertificate } from './tls/check-certificate.ts'
import { TlsFields, tlsProblems } from './tls/fields.ts'
import { readTarget } from './tls/target.ts'
import { trustedContext } from './tls/trust.ts'

const SslCertConfig = Type.Object({
  port: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 65_535,
      description: 'Port of the TLS server. It may stand in the address as well; 443 where neither says.',
      examples: [8443],
    }),
  ),
  ...TlsFields,
  ipVersion: Type.Optional(
    Type.Union([Type.Literal(4), Type.Literal(6), Type.Literal('any')], {
      default: 'any',
      description: 'Connect over this version of IP only.',
    }),
  ),
})

const MACHINE: HttpDeps = { lookup: lookupAll, trust: trustedContext }

/** Makes the monitor type. `deps` stand in for the machine's resolver and trust in tests. */
export function makeSslCertProbe(deps: HttpDeps = MACHINE) {
  return {
    type: 'SSL_CERT',
    summary: 'A TLS server has a certificate that is valid, trusted and for its name, and not about to end.',
    config: SslCertConfig,
    validate: ({ url }, config) => {
      const target = readTarget(url, config.port)
      return [...('message' in target ? [target] : []), ...tlsProblems(config)]
    },
    run: ({ url }, config, context) => checkCertificate(url, config, context, deps),
  } satisfies Probe<typeof SslCertConfig>
}

export const sslCertProbe = makeSslCertProbe()
